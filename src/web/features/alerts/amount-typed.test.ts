import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { currencies, decimalText, money } from '#shared/money/index.ts';
import { amountTyped } from './amount-typed.ts';

describe('an amount as it is typed', () => {
  test('digits mean what the currency says', () => {
    assert.equal(amountTyped('27', 'USD'), 27_00n);
    assert.equal(amountTyped(' 27.5 ', 'USD'), 27_50n);
    assert.equal(amountTyped('0.05', 'USD'), 5n);
    assert.equal(amountTyped('1250', 'JPY'), 1_250n);
    assert.equal(amountTyped('1.25', 'KWD'), 1_250n);
  });

  test('what is no amount of the currency is none', () => {
    for (const typed of ['', '-1', '1.234', '1,5', 'abc', '1e3', '.5', '1.', '9'.repeat(13)]) {
      assert.equal(amountTyped(typed, 'USD'), null, typed);
    }
    assert.equal(amountTyped('1.5', 'JPY'), null);
  });

  test('it reads back whatever is written as decimal text', () => {
    const currency = fc.constantFrom(...currencies);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), currency, (amount, unit) => {
        assert.equal(amountTyped(decimalText(money(amount, unit)), unit), amount);
      }),
    );
  });
});
