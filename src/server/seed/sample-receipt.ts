import { crc32, deflateSync } from 'node:zlib';

/** A picture in shades of grey: white is 255. */
type Picture = { readonly width: number; readonly height: number; readonly pixels: Buffer };

/** Letters and digits of three columns and five rows; each digit is a row, its bits the columns. */
const glyphs: Readonly<Record<string, string>> = {
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: '57755',
  N: '65555',
  O: '25552',
  P: '65644',
  Q: '25563',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: '55775',
  X: '55255',
  Y: '55222',
  Z: '71247',
  0: '75557',
  1: '26227',
  2: '71747',
  3: '71717',
  4: '55711',
  5: '74717',
  6: '74757',
  7: '71111',
  8: '75757',
  9: '75717',
  '-': '00700',
  ':': '02020',
  '.': '00002',
  ',': '00024',
  ' ': '00000',
};

/** A picture like the screenshot of a wallet's confirmation, with these lines on it, as PNG. */
export function sampleReceipt(lines: readonly string[]): Buffer {
  const width = 360;
  const picture: Picture = { width, height: 150 + lines.length * 44, pixels: Buffer.alloc(0) };
  const drawn = { ...picture, pixels: Buffer.alloc(width * picture.height, 255) };
  fill(drawn, 0, 0, width, 72, 60);
  write(drawn, 'SAMPLE RECEIPT', 24, 26, 4, 255);
  for (const [index, line] of lines.entries()) {
    const top = 104 + index * 44;
    write(drawn, line.toUpperCase(), 24, top, 3, 40);
    fill(drawn, 24, top + 28, width - 48, 1, 210);
  }
  return png(drawn);
}

function fill({ width, pixels }: Picture, left: number, top: number, wide: number, high: number, shade: number): void {
  for (let y = top; y < top + high; y += 1) pixels.fill(shade, y * width + left, y * width + left + wide);
}

function write(picture: Picture, text: string, left: number, top: number, scale: number, shade: number): void {
  for (const [index, character] of [...text].entries()) {
    for (const [y, row] of [...(glyphs[character] ?? '')].entries()) {
      for (let x = 0; x < 3; x += 1) {
        const isSet = (Number(row) & (4 >> x)) !== 0;
        const at = left + (index * 4 + x) * scale;
        if (isSet && at + scale <= picture.width) fill(picture, at, top + y * scale, scale, scale, shade);
      }
    }
  }
}

function png({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of grey, not interlaced.
  header.writeUInt8(8, 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(y * width, (y + 1) * width)]),
  );
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
