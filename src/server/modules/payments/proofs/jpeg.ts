import { isShowable } from './pixels.ts';

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const app0 = 0xe0;
const app1 = 0xe1;
const app2 = 0xe2;
const app14 = 0xee;

/** Tables and frame headers, by marker: Huffman and arithmetic tables, quantisation, restart interval. */
const tables = new Set([0xc4, 0xcc, 0xdb, 0xdd]);

/** Start of a frame of any kind that is in use. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !tables.has(marker) && marker !== 0xc8;
}

/**
 * A JPEG with the segments of its picture alone, byte for byte: without EXIF, XMP, comments, thumbnails, and whatever
 * follows its end. That it lies on its side is kept, so that it stays readable. Null when it is damaged.
 */
export function rewriteJpeg(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [Buffer.of(0xff, startOfImage)];
  let hasFrame = false;
  let hasScan = false;
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) {
      parts.push(Buffer.of(0xff, endOfImage));
      return hasFrame && hasScan ? Buffer.concat(parts) : null;
    }
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (isFrame(marker)) {
      if (length < 8 || !isShowable(segment.readUInt16BE(7), segment.readUInt16BE(5))) return null;
      hasFrame = true;
    }
    const own = keptSegment(marker, segment);
    if (own !== null) parts.push(own);
    at = end;
    if (marker !== startOfScan) continue;
    hasScan = true;
    const scanEnd = endOfScan(bytes, at);
    if (scanEnd === null) return null;
    parts.push(bytes.subarray(at, scanEnd));
    at = scanEnd;
  }
  return null;
}

function keptSegment(marker: number, segment: Buffer): Buffer | null {
  if (isFrame(marker) || tables.has(marker) || marker === startOfScan) return segment;
  const name = segment.toString('latin1', 4, 16);
  // The JFIF header without its thumbnail: marker, length, name, version, density, and no thumbnail.
  if (marker === app0 && name.startsWith('JFIF\0') && segment.length >= 18) {
    return Buffer.concat([Buffer.of(0xff, app0, 0, 16), segment.subarray(4, 16), Buffer.of(0, 0)]);
  }
  if (marker === app1 && name.startsWith('Exif\0\0')) return orientationOnly(segment.subarray(10));
  if (marker === app2 && name.startsWith('ICC_PROFILE\0')) return segment;
  // How Adobe's programs store colours; without it they would be read wrong.
  if (marker === app14 && name.startsWith('Adobe') && segment.length === 16) return segment;
  return null;
}

/** Where the compressed data ends: at the first marker that is no stuffed byte and no restart. */
function endOfScan(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return null;
}

/** An EXIF segment that says how the picture is to be turned, and nothing else; null when it need not be. */
function orientationOnly(tiff: Buffer): Buffer | null {
  const orientation = orientationOf(tiff);
  if (orientation === null || orientation < 2 || orientation > 8) return null;
  const exif = Buffer.from('Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  // The value is the first half of the entry's last four bytes, before the offset of a next directory.
  exif.writeUInt16BE(orientation, exif.length - 8);
  const head = Buffer.of(0xff, app1, 0, 0);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([head, exif]);
}

function orientationOf(tiff: Buffer): number | null {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return null;
  const is16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  const count = is16(directory);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.length) return null;
    if (is16(entry) === 0x0112) return is16(entry + 8);
  }
  return null;
}
