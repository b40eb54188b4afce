import { isShowable } from './pixels.ts';

/** The chunks that make the picture, a moving one included. */
const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/** The bits of VP8X that announce EXIF and XMP. */
const metadataBits = 0x08 | 0x04;

/** A WebP with the chunks of its picture alone: without EXIF, XMP, and whatever follows its end. Null when damaged. */
export function rewriteWebp(bytes: Buffer): Buffer | null {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF') return null;
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return null;
  const parts: Buffer[] = [];
  let hasPicture = false;
  for (let at = 12; at < end; ) {
    if (at + 8 > end) return null;
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    // Chunks are padded to an even length.
    const next = at + 8 + length + (length % 2);
    if (next > end) return null;
    if (kept.has(type)) {
      const chunk = Buffer.from(bytes.subarray(at, next));
      if (!isPlausible(type, chunk)) return null;
      if (type === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~metadataBits, 8);
      parts.push(chunk);
    }
    if (type === 'VP8 ' || type === 'VP8L' || type === 'ANMF') hasPicture = true;
    at = next;
  }
  if (!hasPicture) return null;
  const body = Buffer.concat(parts);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

function isPlausible(type: string, chunk: Buffer): boolean {
  if (type === 'VP8X') {
    return chunk.length >= 18 && isShowable(chunk.readUIntLE(12, 3) + 1, chunk.readUIntLE(15, 3) + 1);
  }
  if (type === 'VP8 ') {
    const isKeyFrame = chunk.length >= 18 && chunk.readUIntBE(11, 3) === 0x9d012a;
    return isKeyFrame && isShowable(chunk.readUInt16LE(14) & 0x3fff, chunk.readUInt16LE(16) & 0x3fff);
  }
  if (type === 'VP8L') return chunk.length >= 13 && chunk[8] === 0x2f;
  return true;
}
