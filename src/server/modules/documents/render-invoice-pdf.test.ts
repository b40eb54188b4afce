import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { InvoiceDocument } from './invoice-document.ts';
import { renderInvoicePdf } from './render-invoice-pdf.ts';
import { sampleDocument, sampleLine } from './sample-document.ts';

/** The objects of a file and its streams as text, one character per byte. */
async function opened(document: InvoiceDocument): Promise<string> {
  const bytes = await renderInvoicePdf(document);
  const raw = bytes.toString('latin1');
  return raw.replace(/stream\n([\s\S]*?)\nendstream/g, (whole, stream: string) => {
    try {
      return `stream\n${inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')}\nendstream`;
    } catch {
      return whole;
    }
  });
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

/** A sample rendered by a thread that has rendered nothing before. */
async function renderedElsewhere(lines: string): Promise<Uint8Array> {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const rendering = import(${JSON.stringify(import.meta.resolve('./render-invoice-pdf.ts'))});
    const sample = import(${JSON.stringify(import.meta.resolve('./sample-document.ts'))});
    Promise.all([rendering, sample]).then(async ([{ renderInvoicePdf }, { sampleDocument, sampleLine }]) => {
      parentPort.postMessage(await renderInvoicePdf(sampleDocument({ lines: ${lines} })));
    });`;
  const worker = new Worker(code, { eval: true });
  const [bytes] = await once(worker, 'message');
  await worker.terminate();
  return bytes;
}

/** One red pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQAY3Y2wAAAAAElFTkSuQmCC',
  'base64',
);

describe('invoice PDF', () => {
  test('the file is PDF/A-3b, tagged, in the document’s language and dated by the document', async () => {
    const pdf = await opened(sampleDocument({ state: 'paid', paidOn: '2026-11-30', locale: 'ur-PK' }));
    assert.match(pdf, /^%PDF-1\.7\n/);
    assert.match(pdf, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    assert.match(pdf, /\/Lang \(en-PK\)/);
    assert.match(pdf, /\/Marked true/);
    assert.match(pdf, /\/DisplayDocTitle true/);
    assert.match(pdf, /\(Invoice INV-2026-11-00042\)/);
    assert.match(pdf, /\(D:20261130000000Z\)/);
    assert.match(pdf, /\/OutputIntents/);
    assert.match(pdf, /%%EOF\n$/);
  });

  test('every font used is embedded, and none is one of the standard ones', async () => {
    const { buyer } = sampleDocument();
    const pdf = await opened(sampleDocument({ buyer: { ...buyer, name: 'شركة الأمل', addressLines: ['上海市'] } }));
    assert.equal(count(pdf, /\/Type \/FontDescriptor/g), count(pdf, /\/FontFile[23] /g));
    for (const font of ['NotoSans-Regular', 'NotoSansArabic-SemiBold', 'NotoSansHans-Regular']) {
      assert.match(pdf, new RegExp(`/FontName /[A-Z]{6}\\+${font}`));
    }
    assert.doesNotMatch(pdf, /Helvetica/);
  });

  test('the same document gives the same bytes, whatever was rendered before it', async () => {
    // These letters share their bodies and differ by their dots.
    const one = sampleDocument({ lines: [sampleLine('رصيد', 1n, 1n), sampleLine('بيت', 1n, 2n)] });
    const other = sampleDocument({ lines: [sampleLine('رضيد', 1n, 1n), sampleLine('تيت', 1n, 2n)] });
    await renderInvoicePdf(other);
    const first = await renderInvoicePdf(one);
    assert.ok(first.equals(await renderedElsewhere(`[sampleLine('رصيد', 1n, 1n), sampleLine('بيت', 1n, 2n)]`)));
    const [left, right] = await Promise.all([renderInvoicePdf(one), renderInvoicePdf(other), renderInvoicePdf(one)]);
    assert.ok(first.equals(left));
    assert.ok(!first.equals(right));
  });

  test('the text layer tells letters apart that share a glyph', async () => {
    const pdf = await opened(sampleDocument({ lines: [sampleLine('ضمن رصيد ثبت تمر', 1n, 1n)] }));
    const meanings = [...pdf.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)].map((match) => match[1]).join('');
    for (const letter of 'ضمنرصيدثبت') {
      const code = (letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
      assert.match(meanings, new RegExp(`<${code}>`), letter);
    }
  });

  test('every page is tagged, and the pay link is an address on the first', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => sampleLine(`Operation ${index}`, 1n, 5n));
    const pdf = await opened(sampleDocument({ lines, payUrl: 'https://billing.example/pay?x=(1)' }));
    assert.equal(count(pdf, /\/Type \/Page\n/g), 3);
    assert.equal(count(pdf, /\/StructParents \d/g), 3);
    assert.equal(count(pdf, /\/S \/TR\n/g), 61 + 2 + 5);
    assert.equal(count(pdf, /\/S \/H1\n/g), 1);
    assert.ok(pdf.includes('/URI (https://billing.example/pay?x=\\(1\\))'));
    assert.ok(pdf.includes('/S /Link'));
  });

  test('a name full of markup leaves the file’s properties well-formed', async () => {
    const { seller } = sampleDocument();
    const pdf = await opened(
      sampleDocument({ number: 'INV <&> 1', seller: { ...seller, name: 'A & B </rdf:li> \u0000' } }),
    );
    assert.ok(pdf.includes('<rdf:li>A &amp; B &lt;/rdf:li&gt; </rdf:li>'));
    const metadata = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(pdf)?.[0] ?? '';
    assert.doesNotMatch(metadata.replace(/&(amp|lt|gt);/g, ''), /&|<(?!\/?[\w?!])/);
  });

  test('a seller’s own logo takes the place of the mark', async () => {
    const pdf = await opened(sampleDocument({ logo: { bytes: png } }));
    assert.match(pdf, /\/Subtype \/Image/);
    assert.doesNotMatch(await opened(sampleDocument()), /\/Subtype \/Image/);
  });

  test('any text in any place renders', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (name, address, description) => {
        const base = sampleDocument();
        const document = sampleDocument({
          number: name,
          buyer: { ...base.buyer, name, addressLines: [address, ''] },
          seller: { ...base.seller, name: description },
          lines: [sampleLine(description, 1n, 1n, { periodText: address })],
          footer: address,
          terms: name,
        });
        const pdf = await renderInvoicePdf(document);
        assert.equal(pdf.subarray(0, 8).toString('latin1'), '%PDF-1.7');
      }),
      { numRuns: 25 },
    );
  });

  test('three hundred lines are one file of several pages', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => sampleLine(`Operation ${index}`, BigInt(index), 7n));
    const pdf = await opened(sampleDocument({ lines }));
    assert.equal(count(pdf, /\/Type \/Page\n/g), 13);
  });
});
