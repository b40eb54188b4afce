import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { currencies, decimalText, money } from '#shared/money/index.ts';
import { moneyOnWire, typedMoney } from './typed-money.ts';

describe('amounts that are typed', () => {
  test('they have the decimals of their currency, after a point or a comma', () => {
    assert.deepEqual(typedMoney('29', 'USD'), money(29_00n, 'USD'));
    assert.deepEqual(typedMoney(' 29,5 ', 'EUR'), money(29_50n, 'EUR'));
    assert.deepEqual(typedMoney('4620', 'JPY'), money(4_620n, 'JPY'));
    assert.deepEqual(typedMoney('1.25', 'KWD'), money(1_250n, 'KWD'));
  });

  test('more decimals than the currency has, signs and words are no amounts', () => {
    for (const typed of ['29.005', '-1', '1,000.00', '1 000', 'twelve', '', '.', '9999999999999']) {
      assert.equal(typedMoney(typed, 'USD'), null, typed);
    }
    assert.equal(typedMoney('4620.5', 'JPY'), null);
  });

  test('what is written with all decimals is read as the same amount, in any currency', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 11n }), fc.constantFrom(...currencies), (minor, currency) => {
        const amount = money(minor, currency);
        const read = typedMoney(decimalText(amount), currency);
        assert.deepEqual(read, amount);
        assert.equal(BigInt(moneyOnWire(amount)), minor);
      }),
    );
  });
});
