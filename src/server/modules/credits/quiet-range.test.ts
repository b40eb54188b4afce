import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hasFallenBelow, quietRange } from './quiet-range.ts';

describe('quiet range of a balance', () => {
  test('it ends at the next threshold below and at the next above', () => {
    assert.deepEqual(quietRange(150n, [100n, 500n, 50n, 900n]), { lookBelow: 100n, lookFrom: 500n });
    assert.deepEqual(quietRange(100n, [100n]), { lookBelow: 100n, lookFrom: null });
    assert.deepEqual(quietRange(99n, [100n]), { lookBelow: null, lookFrom: 100n });
    assert.deepEqual(quietRange(99n, []), { lookBelow: null, lookFrom: null });
  });

  test('however a balance moves and whenever it is looked at, each fall below a threshold is seen once', () => {
    const small = fc.bigInt({ min: 0n, max: 30n });
    const walk = fc.array(fc.record({ balance: small, looks: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(
        small,
        fc.uniqueArray(fc.bigInt({ min: 1n, max: 30n }), { maxLength: 4 }),
        walk,
        (start, thresholds, steps) => {
          let range = quietRange(start, thresholds);
          // The simple model: a threshold is armed while the balance was last seen at or above it.
          const armed = new Map(thresholds.map((threshold) => [threshold, start >= threshold]));
          for (const { balance, looks } of steps) {
            const needsLook =
              (range.lookBelow !== null && balance < range.lookBelow) ||
              (range.lookFrom !== null && balance >= range.lookFrom);
            const watched = { available: balance, held: 0n, ...range };
            const seen = thresholds.filter((threshold) => hasFallenBelow(watched, threshold));
            assert.deepEqual(
              seen,
              thresholds.filter((threshold) => armed.get(threshold) === true && balance < threshold),
            );
            const changes = thresholds.some((threshold) => armed.get(threshold) !== balance >= threshold);
            assert.equal(needsLook, changes);
            if (!looks) continue;
            range = quietRange(balance, thresholds);
            for (const threshold of thresholds) armed.set(threshold, balance >= threshold);
          }
        },
      ),
    );
  });
});
