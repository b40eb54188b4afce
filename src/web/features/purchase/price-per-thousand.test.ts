import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { credits, money } from '#shared/money/index.ts';
import { pricePerThousand } from './price-per-thousand.ts';

describe('the price of a thousand credits', () => {
  it('is exact where it divides evenly', () => {
    assert.deepEqual(pricePerThousand(money(29_00n, 'USD'), credits(2_000n)), {
      price: money(14_50n, 'USD'),
      exact: true,
    });
  });

  it('rounds half up and says so', () => {
    assert.deepEqual(pricePerThousand(money(10_00n, 'USD'), credits(3_000n)), {
      price: money(3_33n, 'USD'),
      exact: false,
    });
    assert.deepEqual(pricePerThousand(money(1n, 'JPY'), credits(2_000n)), { price: money(1n, 'JPY'), exact: false });
  });

  it('does not exist for a package without credits', () => {
    assert.equal(pricePerThousand(money(9_00n, 'USD'), credits(0n)), null);
  });
});
