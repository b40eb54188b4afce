import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { proofBytesMax } from '#shared/contract/proofs.ts';
import { png, pngChunk } from '#test/support/transfers.ts';
import { ProofUnreadable, proofFilename, readProof } from './proof-file.ts';

const secret = 'GPS 48.8583 2.2945';
const page = '<html><script>alert(1)</script></html>';

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A JPEG by its structure: a frame of 16 × 8, one scan, and whatever more is wanted before it and behind it. */
function jpeg(more: readonly Buffer[] = [], behind = Buffer.alloc(0)): Buffer {
  const frame = segment(0xc0, Buffer.from([8, 0, 8, 0, 16, 1, 1, 0x11, 0]));
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  const data = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
  return Buffer.concat([Buffer.of(0xff, 0xd8), ...more, frame, scan, data, Buffer.of(0xff, 0xd9), behind]);
}

/** EXIF with an orientation and something nobody shall know. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from(`II\x2a\0\x08\0\0\0\x02\0\x0e\x01\x02\0\x04\0\0\0abcd\x12\x01\x03\0\x01\0\0\0`, 'latin1');
  const value = Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, value, Buffer.from(secret)]));
}

function riffChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function webp(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat(chunks);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

const lossless = riffChunk('VP8L', Buffer.from([0x2f, 1, 0, 0, 0, 0x88, 0x88, 0x08]));

function pdf(inside = ''): Buffer {
  return Buffer.from(`%PDF-1.7\n1 0 obj << /Type /Catalog ${inside} >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`);
}

function refuses(bytes: Buffer, why: string): void {
  assert.throws(() => readProof(bytes), ProofUnreadable, why);
}

describe('proofs', () => {
  test('are what their bytes say', () => {
    assert.equal(readProof(png()).contentType, 'image/png');
    assert.equal(readProof(jpeg()).contentType, 'image/jpeg');
    assert.equal(readProof(webp(lossless)).contentType, 'image/webp');
    assert.equal(readProof(pdf()).contentType, 'application/pdf');
  });

  test('a plain image is kept byte for byte', () => {
    for (const bytes of [png(), jpeg(), webp(lossless), pdf()]) assert.deepEqual(readProof(bytes).content, bytes);
  });

  test('what says where a picture was taken is dropped, and the picture stays as it was', () => {
    const text = pngChunk('tEXt', Buffer.from(`Comment\0${secret}`));
    const inPng = png(text, pngChunk('eXIf', Buffer.from(secret)), pngChunk('zzZz', Buffer.from(page)));
    assert.deepEqual(readProof(inPng).content, png());
    assert.deepEqual(readProof(jpeg([exif(1), segment(0xfe, Buffer.from(secret))])).content, jpeg());
    const extended = riffChunk('VP8X', Buffer.from([0x0c, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
    const clean = webp(riffChunk('VP8X', Buffer.from([0, 0, 0, 0, 1, 0, 0, 1, 0, 0])), lossless);
    const metadata = [riffChunk('EXIF', Buffer.from(secret)), riffChunk('XMP ', Buffer.from(page))];
    assert.deepEqual(readProof(webp(extended, lossless, ...metadata)).content, clean);
  });

  test('a picture that lies on its side stays turned, and tells nothing else', () => {
    const { content } = readProof(jpeg([exif(6)]));
    assert.ok(content.includes('Exif\0\0MM'));
    assert.ok(!content.includes(secret) && !content.includes('abcd'));
    assert.equal(content.length, jpeg().length + 36);
    assert.equal(content.readUInt16BE(content.indexOf('Exif') + 6 + 8 + 2 + 8), 6);
    assert.deepEqual(readProof(content).content, content, 'read again it is the same');
  });

  test('what hides behind the end of a picture is cut off', () => {
    const zip = Buffer.from('PK\x03\x04 and a whole archive', 'latin1');
    for (const hidden of [zip, Buffer.from(page)]) {
      assert.deepEqual(readProof(Buffer.concat([png(), hidden])).content, png());
      assert.deepEqual(readProof(jpeg([], hidden)).content, jpeg());
      assert.deepEqual(readProof(Buffer.concat([webp(lossless), hidden])).content, webp(lossless));
    }
  });

  test('pages, drawings, programs and archives are refused, whatever they are called', () => {
    const others = {
      nothing: '',
      page,
      drawing: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      xml: '<?xml version="1.0"?><svg/>',
      gif: 'GIF89a\x01\0\x01\0',
      program: '\x7fELF\x02\x01',
      windows: 'MZ\x90\0',
      archive: 'PK\x03\x04',
      text: 'I have paid, believe me.',
    };
    for (const [name, bytes] of Object.entries(others)) refuses(Buffer.from(bytes, 'latin1'), name);
    refuses(Buffer.concat([Buffer.from(page), png()]), 'a page with a picture in it');
    refuses(Buffer.alloc(proofBytesMax + 1), 'too large');
  });

  test('damaged pictures are refused', () => {
    refuses(png().subarray(0, -12), 'without its end');
    refuses(png().subarray(0, 40), 'cut');
    const wrongSum = png();
    wrongSum.writeUInt8(wrongSum.readUInt8(30) ^ 1, 30);
    refuses(wrongSum, 'a wrong check sum');
    refuses(jpeg().subarray(0, -2), 'without its end');
    refuses(Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xd9)]), 'without a picture');
    refuses(webp(), 'without a picture');
    refuses(webp(lossless).subarray(0, 18), 'cut');
    const bomb = Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0, 0]);
    refuses(
      Buffer.concat([png().subarray(0, 8), pngChunk('IHDR', bomb), png().subarray(33)]),
      'larger than anything can show',
    );
  });

  test('documents that do something when opened, or are two files in one, are refused', () => {
    refuses(pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'a script');
    refuses(pdf('/OpenAction << /S /J#61vaScript >>'), 'a script whose name is escaped');
    refuses(pdf('/OpenAction << /S /Launch /F (cmd.exe) >>'), 'a program');
    refuses(pdf('/Names << /EmbeddedFiles 2 0 R >>'), 'other files');
    refuses(Buffer.concat([pdf(), Buffer.from('PK\x03\x04', 'latin1')]), 'an archive behind it');
    refuses(Buffer.concat([Buffer.from('junk\n'), pdf()]), 'something before it');
    refuses(Buffer.from('%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF'), 'a page inside');
    refuses(Buffer.from('%PDF-1.7\n'), 'without an end');
  });

  test('nothing that is sent makes the reader fail in another way, and what it keeps it reads again', () => {
    const starts = [png(), jpeg([exif(6)]), webp(lossless), pdf()];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(200), fc.nat(255))), (start, changes) => {
        const bytes = Buffer.from(start);
        for (const [at, value] of changes) if (at < bytes.length) bytes.writeUInt8(value, at);
        try {
          const { content } = readProof(bytes);
          assert.deepEqual(readProof(content).content, content);
        } catch (thrown) {
          assert.ok(thrown instanceof ProofUnreadable, String(thrown));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are saved under names that mean nothing to a system', () => {
    assert.equal(proofFilename('Überweisung März.PNG', 'image/png'), 'Überweisung März.png');
    assert.equal(proofFilename('../../etc/passwd', 'image/png'), 'passwd.png');
    assert.equal(proofFilename(String.raw`C:\temp\receipt.html`, 'image/jpeg'), 'receipt.jpg');
    assert.equal(proofFilename('.htaccess', 'application/pdf'), 'htaccess.pdf');
    assert.equal(proofFilename('a"; filename="b.exe', 'image/png'), 'a filename=b.png');
    assert.equal(proofFilename('\u202Egnp.exe', 'image/png'), 'gnp.png');
    assert.equal(proofFilename('', 'image/webp'), 'proof.webp');
    assert.equal(proofFilename('x'.repeat(300), 'image/png').length, 84);
  });
});
