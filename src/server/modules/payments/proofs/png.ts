import { crc32 } from 'node:zlib';
import { isShowable } from './pixels.ts';

const signatureLength = 8;

/** The chunks that make the picture: size, colours, transparency, resolution. Everything else says something about it. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs']);

/**
 * A PNG with the chunks of its picture alone, byte for byte: without text, EXIF, times, and whatever follows its end.
 * Null when it is damaged.
 */
export function rewritePng(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [bytes.subarray(0, signatureLength)];
  let hasData = false;
  for (let at = signatureLength; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    const isFirst = at === signatureLength;
    if (isFirst !== (type === 'IHDR')) return null;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null;
    if (isFirst && (length !== 13 || !isShowable(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)))) return null;
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') return hasData && length === 0 ? Buffer.concat(parts) : null;
    at = end;
  }
  return null;
}
