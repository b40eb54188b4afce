import { proofBytesMax, type proofTypes } from '#shared/contract/proofs.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import { rewriteJpeg } from './jpeg.ts';
import { checkPdf } from './pdf.ts';
import { rewritePng } from './png.ts';
import { rewriteWebp } from './webp.ts';

/** A file that may be kept as a proof: what it is by its own bytes, and its content without metadata. */
export type ProofFile = { readonly contentType: (typeof proofTypes)[number]; readonly content: Buffer };

/** The bytes are no image and no PDF we keep. */
export class ProofUnreadable extends DomainError {
  constructor(reason: string) {
    super('proof_unreadable', `${reason} Send a PNG, JPEG, WebP or PDF file of at most 5 MiB.`);
  }
}

/** How each kind begins, and what looks at the rest. */
const kinds = [
  { contentType: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0, read: rewritePng },
  { contentType: 'image/jpeg', magic: [0xff, 0xd8, 0xff], at: 0, read: rewriteJpeg },
  { contentType: 'image/webp', magic: [0x57, 0x45, 0x42, 0x50], at: 8, read: rewriteWebp },
  { contentType: 'application/pdf', magic: [0x25, 0x50, 0x44, 0x46, 0x2d], at: 0, read: checkPdf },
] as const;

/**
 * Looks at an uploaded file by its own bytes, whatever its sender calls it. An image is written anew from the parts that
 * make the picture: text, places and camera data go, and with them anything hidden behind or between. A PDF is kept as it
 * is, or refused when it would do something when opened.
 *
 * @throws ProofUnreadable
 */
export function readProof(bytes: Buffer): ProofFile {
  if (bytes.length === 0) throw new ProofUnreadable('The file is empty.');
  if (bytes.length > proofBytesMax) throw new ProofUnreadable('The file is too large.');
  const kind = kinds.find(({ magic, at }) => magic.every((byte, index) => bytes[at + index] === byte));
  if (kind === undefined) throw new ProofUnreadable('This is none of the kinds of file a proof can be.');
  const content = kind.read(bytes);
  if (content === null) throw new ProofUnreadable('The file is damaged, or holds more than a picture or a document.');
  return { contentType: kind.contentType, content };
}

const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'application/pdf': 'pdf' } as const;

/**
 * A name a proof can be saved under anywhere: without folders and signs that mean something to a system, and with the
 * extension of what it is.
 */
export function proofFilename(given: string, contentType: ProofFile['contentType']): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const base = last
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"|?*%;]/gu, '')
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, '')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 80);
  return `${base === '' ? 'proof' : base}.${extensions[contentType]}`;
}
