import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { burnLots, type SpendableLot } from './spend-order.ts';

function lot(id: string, changes: Partial<SpendableLot> = {}): SpendableLot {
  return { id, kind: 'purchased', remaining: 10n, grantedAt: new Date(0), expiresAt: null, ...changes };
}

describe('the order of spending', () => {
  test('is soonest expiry, then free before paid, then oldest', () => {
    const lots = [
      lot('paid, newer', { grantedAt: new Date(2) }),
      lot('paid, older', { grantedAt: new Date(1) }),
      lot('free', { kind: 'bonus', grantedAt: new Date(3) }),
      lot('expires late', { expiresAt: new Date(9) }),
      lot('expires soon, paid', { expiresAt: new Date(5) }),
      lot('expires soon, free', { kind: 'plan', expiresAt: new Date(5), grantedAt: new Date(4) }),
    ];
    assert.deepEqual(
      burnLots(lots, 55n)?.map((share) => share.lotId),
      ['expires soon, free', 'expires soon, paid', 'expires late', 'free', 'paid, older', 'paid, newer'],
    );
  });

  test('takes what is left of each lot and part of the last', () => {
    const lots = [lot('a', { remaining: 3n }), lot('b', { remaining: 0n }), lot('c', { grantedAt: new Date(1) })];
    assert.deepEqual(burnLots(lots, 5n), [
      { lotId: 'a', units: 3n },
      { lotId: 'c', units: 2n },
    ]);
    assert.deepEqual(burnLots(lots, 0n), []);
    assert.equal(burnLots(lots, 14n), null);
  });

  test('takes exactly what is asked for, and nothing of a later lot while an earlier one has some', () => {
    const anyLot = fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('plan', 'purchased', 'bonus', 'adjustment'),
      remaining: fc.bigInt({ min: 0n, max: 20n }),
      grantedAt: fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms)),
      expiresAt: fc.option(fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms))),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyLot, { selector: ({ id }) => id, maxLength: 8 }),
        fc.bigInt({ min: 0n, max: 80n }),
        (lots, units) => {
          const total = lots.reduce((sum, one) => sum + one.remaining, 0n);
          const shares = burnLots(lots, units);
          if (units > total) return assert.equal(shares, null);
          assert.ok(shares !== null);
          assert.equal(
            shares.reduce((sum, share) => sum + share.units, 0n),
            units,
          );
          const whole = burnLots(lots, total) ?? [];
          // The shares are the beginning of spending everything: only the last one may be a part of a lot.
          for (const [index, share] of shares.entries()) {
            assert.equal(share.lotId, whole[index]?.lotId);
            if (index < shares.length - 1) assert.equal(share.units, whole[index]?.units);
          }
        },
      ),
    );
  });
});
