import type { InvoiceDocument } from '#server/modules/documents/index.ts';
import type { CreditNote, CreditNoteLine, Invoice } from '#server/modules/invoices/index.ts';
import { documentLine, partiesOf, readerLocale, taxGroups } from './invoice-document.ts';

/** A credit note as its document shows it: the look of the invoice it corrects, with what was given back and where to. */
export function creditNoteDocumentOf(facts: {
  readonly note: CreditNote;
  readonly lines: readonly CreditNoteLine[];
  readonly invoice: Invoice;
  /** What was used to pay, and gets the money back. */
  readonly paidWith: string;
}): InvoiceDocument {
  const { note, lines, invoice, paidWith } = facts;
  if (invoice.number === null) throw new Error(`Credit note ${note.number} corrects a draft.`);
  return {
    kind: 'credit_note',
    number: note.number,
    correctsNumber: invoice.number,
    state: 'refunded',
    issuedOn: note.issuedOn,
    dueOn: note.issuedOn,
    currency: note.currency,
    locale: note.buyer.locale,
    ...partiesOf(note),
    lines: lines.map((line) => documentLine(line, readerLocale(note))),
    subtotalMinor: note.subtotalMinor,
    taxGroups: taxGroups(lines),
    totalMinor: note.totalMinor,
    amountPaidMinor: note.totalMinor,
    amountDueMinor: 0n,
    payments: [{ paidOn: note.issuedOn, description: paidWith, amountMinor: note.totalMinor }],
    ...(note.reason === null ? {} : { reason: note.reason }),
    footer: note.seller.footer,
  };
}
