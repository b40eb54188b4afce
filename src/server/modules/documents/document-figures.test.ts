import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertFiguresAddUp, DocumentDoesNotAddUp } from './document-figures.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { renderInvoicePdf } from './render-invoice-pdf.ts';
import { sampleDocument, sampleLine } from './sample-document.ts';

const sound = sampleDocument({
  lines: [
    sampleLine('Pro', 3n, 29_00n, { taxRateBasisPoints: 2000, taxCategory: 'S' }),
    sampleLine('Book', 1n, 10_00n, { taxRateBasisPoints: 500, taxCategory: 'S' }),
    sampleLine('Discount', 1n, -7_00n, { taxRateBasisPoints: 2000, taxCategory: 'S' }),
  ],
  payments: [{ paidOn: '2026-11-30', description: 'Bank transfer', amountMinor: 50_00n }],
});

/** One figure changed, everything else as it was. */
const unsound: readonly (readonly [what: string, document: InvoiceDocument])[] = [
  ['a line', { ...sound, lines: [...sound.lines, { ...sampleLine('x', 2n, 1n), amountMinor: 3n }] }],
  ['a line missing from the subtotal', { ...sound, lines: sound.lines.slice(1) }],
  ['the subtotal', { ...sound, subtotalMinor: sound.subtotalMinor + 1n }],
  ['the basis of a tax', withTax(sound, { basisMinor: 1n })],
  ['a tax', withTax(sound, { taxMinor: 1n })],
  ['the rate of a tax', withTax(sound, { rateBasisPoints: 1 })],
  ['a tax shown twice', { ...sound, taxGroups: [...sound.taxGroups, ...sound.taxGroups] }],
  ['a tax left out', { ...sound, taxGroups: [] }],
  ['the total', { ...sound, totalMinor: sound.totalMinor - 1n }],
  ['what was paid', { ...sound, amountPaidMinor: 0n }],
  ['a payment left out', { ...sound, payments: [] }],
  ['what is due', { ...sound, amountDueMinor: 0n }],
  ['paid, with money still due', { ...sound, state: 'paid', paidOn: '2026-11-30' }],
  ['a credit note of no invoice', { ...sound, kind: 'credit_note' }],
];

function withTax(document: InvoiceDocument, change: Partial<InvoiceDocument['taxGroups'][number]>): InvoiceDocument {
  return {
    ...document,
    taxGroups: document.taxGroups.map((group, index) => (index === 0 ? { ...group, ...change } : group)),
  };
}

describe('figures of a document', () => {
  test('a document that adds up is accepted', () => {
    assert.doesNotThrow(() => assertFiguresAddUp(sound));
    assert.doesNotThrow(() => assertFiguresAddUp(sampleDocument({ state: 'paid', paidOn: '2026-11-30' })));
    assert.doesNotThrow(() => assertFiguresAddUp(sampleDocument({ lines: [] })));
  });

  for (const [what, document] of unsound) {
    test(`a contradiction is refused: ${what}`, async () => {
      assert.throws(() => assertFiguresAddUp(document), DocumentDoesNotAddUp);
      await assert.rejects(renderInvoicePdf(document), DocumentDoesNotAddUp);
    });
  }

  test('every contradiction is named', () => {
    const document = { ...sound, subtotalMinor: 0n, amountDueMinor: 0n };
    assert.throws(
      () => assertFiguresAddUp(document),
      (error: unknown) => error instanceof DocumentDoesNotAddUp && error.contradictions.length === 3,
    );
  });
});
