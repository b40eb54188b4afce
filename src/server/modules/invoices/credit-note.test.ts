import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type CreditedLine, creditNoteLines } from './credit-note.ts';
import type { InvoiceLine } from './invoice.ts';

function lineOf(index: number, quantity: bigint, unitAmountMinor: bigint, taxMinor: bigint): InvoiceLine {
  return {
    id: `line ${String(index)}`,
    position: index + 1,
    description: `Line ${String(index)}`,
    quantity,
    unitAmountMinor,
    amountMinor: quantity * unitAmountMinor,
    taxCategory: 'S',
    taxRateBasisPoints: 1_900,
    taxMinor,
    periodStart: null,
    periodEnd: null,
    creditPackageId: null,
    credits: null,
  };
}

const invoices: fc.Arbitrary<InvoiceLine[]> = fc
  .array(
    fc.record({
      quantity: fc.bigInt({ min: 1n, max: 9n }),
      unit: fc.bigInt({ min: 0n, max: 5_000n }),
      rate: fc.constantFrom(0n, 7n, 19n, 25n),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) =>
    lines.map(({ quantity, unit, rate }, index) => lineOf(index, quantity, unit, (quantity * unit * rate) / 100n)),
  );

function leftOf(lines: readonly InvoiceLine[], credited: ReadonlyMap<string, CreditedLine>): bigint {
  const before = [...credited.values()].reduce((sum, line) => sum + line.amountMinor + line.taxMinor, 0n);
  return lines.reduce((sum, line) => sum + line.amountMinor + line.taxMinor, -before);
}

describe('the lines of credit notes', () => {
  test('add up to the amount, never exceed a line, and over the whole repeat the invoice', () => {
    fc.assert(
      fc.property(invoices, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }), (lines, percents) => {
        const credited = new Map<string, CreditedLine>();
        for (const percent of [...percents, 100]) {
          const amount = (leftOf(lines, credited) * BigInt(percent)) / 100n;
          if (amount === 0n) continue;
          const note = creditNoteLines(lines, credited, amount);
          assert.equal(
            note.reduce((sum, line) => sum + line.amountMinor + line.taxMinor, 0n),
            amount,
          );
          for (const line of note) {
            assert.equal(line.quantity * line.unitAmountMinor, line.amountMinor);
            assert.ok(line.amountMinor >= 0n && line.taxMinor >= 0n && line.amountMinor + line.taxMinor > 0n);
            const before = credited.get(line.invoiceLineId) ?? { amountMinor: 0n, taxMinor: 0n };
            credited.set(line.invoiceLineId, {
              amountMinor: before.amountMinor + line.amountMinor,
              taxMinor: before.taxMinor + line.taxMinor,
            });
          }
        }
        for (const line of lines) {
          const all = credited.get(line.id) ?? { amountMinor: 0n, taxMinor: 0n };
          assert.deepEqual(all, { amountMinor: line.amountMinor, taxMinor: line.taxMinor });
        }
        if (leftOf(lines, new Map()) > 0n) assert.throws(() => creditNoteLines(lines, credited, 1n), RangeError);
      }),
    );
  });

  test('a line taken back whole reads like the original, a part of it is one piece', () => {
    const lines = [lineOf(0, 3n, 1_000n, 570n), lineOf(1, 1n, 500n, 95n)];
    const whole = creditNoteLines(lines, new Map(), 4_165n);
    assert.deepEqual(
      whole.map((line) => [line.quantity, line.unitAmountMinor, line.amountMinor, line.taxMinor]),
      [
        [3n, 1_000n, 3_000n, 570n],
        [1n, 500n, 500n, 95n],
      ],
    );
    const part = creditNoteLines(lines, new Map(), 1_000n);
    assert.deepEqual(
      part.map((line) => [line.quantity, line.amountMinor, line.taxMinor]),
      [
        [1n, 720n, 137n],
        [1n, 120n, 23n],
      ],
    );
  });
});
