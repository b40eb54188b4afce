/** What makes a document do something when it is opened, or carry other files. */
const active = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b/;

/** What browsers would take for a page of the web, or a shell for a program. */
const foreign = /<(?:!doctype\s+html|html|script|svg|\?php)\b/i;

/**
 * A PDF as it is, when it begins and ends as one and would do nothing when opened; null otherwise. Names can be written
 * with escapes, which are read first.
 */
export function checkPdf(bytes: Buffer): Buffer | null {
  const text = bytes.toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(text)) return null;
  // Nothing but white space may follow the end: an appended archive would make it two files in one.
  if (!/%%EOF\s{0,64}$/.test(text.slice(-128))) return null;
  const named = text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return active.test(named) || foreign.test(text.slice(0, 4_096)) ? null : bytes;
}
