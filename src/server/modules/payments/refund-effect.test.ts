import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  excessMinor,
  owedLots,
  type RefundablePart,
  type RefundablePayment,
  refundableMinor,
  refundEffect,
} from './refund-effect.ts';

/** A payment of invoices with a lot each, before anything went back. */
const payments: fc.Arbitrary<RefundablePayment> = fc
  .record({
    parts: fc.array(
      fc.record({
        totalMinor: fc.bigInt({ min: 1n, max: 5_000n }),
        // What other payments have brought to it.
        othersPercent: fc.bigInt({ min: 0n, max: 60n }),
        units: fc.bigInt({ min: 1n, max: 10_000n }),
        spentPercent: fc.bigInt({ min: 0n, max: 100n }),
      }),
      { maxLength: 3 },
    ),
    excess: fc.bigInt({ min: 0n, max: 500n }),
  })
  .map(({ parts, excess }) => {
    const made = parts.map(({ totalMinor, othersPercent, units, spentPercent }, index): RefundablePart => {
      const allocatedMinor = totalMinor - (totalMinor * othersPercent) / 100n;
      const remaining = units - (units * spentPercent) / 100n;
      const lots = [{ lotId: `lot ${String(index)}`, units, remaining, takenBack: 0n }];
      const invoiceId = `invoice ${String(index)}`;
      return { invoiceId, totalMinor, allocatedMinor, refundedMinor: 0n, creditedMinor: 0n, lots };
    });
    const received = made.reduce((sum, part) => sum + part.allocatedMinor, excess);
    return { receivedMinor: received, refundedMinor: 0n, disputedMinor: 0n, parts: made };
  })
  .filter((payment) => payment.receivedMinor > 0n);

/** The payment after a refund. */
function afterRefund(payment: RefundablePayment, amountMinor: bigint): RefundablePayment {
  const effect = refundEffect(payment, amountMinor);
  return {
    ...payment,
    refundedMinor: payment.refundedMinor + amountMinor,
    parts: payment.parts.map((part) => {
      const given = effect.parts.find((one) => one.invoiceId === part.invoiceId)?.amountMinor ?? 0n;
      return {
        ...part,
        refundedMinor: part.refundedMinor + given,
        creditedMinor: part.creditedMinor + given,
        lots: part.lots.map((lot) => {
          const taken = effect.lots.find((one) => one.lotId === lot.lotId)?.takenBack ?? 0n;
          return { ...lot, remaining: lot.remaining - taken, takenBack: lot.takenBack + taken };
        }),
      };
    }),
  };
}

/** Cuts what can be given back into refunds, the last of which takes the rest. */
const cuts = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 6 });

function inPieces(
  start: RefundablePayment,
  percents: readonly number[],
  look: (before: RefundablePayment, amount: bigint) => void,
): RefundablePayment {
  let payment = start;
  for (const percent of [...percents, 100]) {
    const amount = (refundableMinor(payment) * BigInt(percent)) / 100n;
    if (amount === 0n) continue;
    look(payment, amount);
    payment = afterRefund(payment, amount);
  }
  return payment;
}

describe('what a refund does', () => {
  test('parts add up to what was owed, excess goes first, nothing is taken that is not there', () => {
    fc.assert(
      fc.property(payments, cuts, (start, percents) => {
        const end = inPieces(start, percents, (before, amount) => {
          const effect = refundEffect(before, amount);
          const free = excessMinor(before);
          const corrected = effect.parts.reduce((sum, part) => sum + part.amountMinor, 0n);
          assert.equal(corrected, amount > free ? amount - free : 0n);
          for (const part of effect.parts) {
            const known = before.parts.find((one) => one.invoiceId === part.invoiceId);
            assert.ok(known !== undefined && part.amountMinor <= known.allocatedMinor - known.refundedMinor);
          }
          for (const lot of effect.lots) {
            const known = before.parts.flatMap((part) => part.lots).find((one) => one.lotId === lot.lotId);
            assert.ok(known !== undefined && lot.takenBack >= 0n && lot.takenBack <= known.remaining);
          }
          assert.equal(
            effect.creditsTakenBack,
            effect.lots.reduce((sum, lot) => sum + lot.takenBack, 0n),
          );
          assert.ok(effect.creditsSpent >= 0n && effect.creditsTakenBack + effect.creditsSpent >= effect.creditsShare);
        });
        assert.equal(end.refundedMinor, end.receivedMinor, 'all of it can be given back, and no more');
        assert.equal(excessMinor(end), 0n);
      }),
    );
  });

  test('however it is cut, all the money back takes back all that is left of a lot one payment bought', () => {
    fc.assert(
      fc.property(payments, cuts, (start, percents) => {
        const end = inPieces(start, percents, () => undefined);
        for (const [index, part] of end.parts.entries()) {
          const [lot] = part.lots;
          const [before] = start.parts[index]?.lots ?? [];
          assert.ok(lot !== undefined && before !== undefined);
          const share = (lot.units * part.allocatedMinor) / part.totalMinor;
          const expected = share < before.remaining ? share : before.remaining;
          assert.equal(lot.takenBack, expected);
          assert.deepEqual(owedLots(part).length, lot.takenBack === share || lot.remaining === 0n ? 0 : 1);
        }
      }),
    );
  });

  test('the shares of refunds add up to the share of their sum', () => {
    fc.assert(
      fc.property(payments, cuts, (start, percents) => {
        const whole = refundEffect(start, refundableMinor(start));
        let shares = 0n;
        inPieces(start, percents, (before, amount) => {
          shares += refundEffect(before, amount).creditsShare;
        });
        assert.equal(shares, whole.creditsShare);
      }),
    );
  });

  test('an open dispute keeps its part of the money', () => {
    const payment = { receivedMinor: 900n, refundedMinor: 100n, disputedMinor: 300n };
    assert.equal(refundableMinor(payment), 500n);
    assert.equal(refundableMinor({ ...payment, disputedMinor: 900n }), 0n);
  });
});
