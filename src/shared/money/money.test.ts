import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addMoney,
  allocate,
  basisPointsOf,
  CurrencyMismatch,
  currencies,
  currencyExponent,
  decimalText,
  formatCredits,
  formatMoney,
  isCurrency,
  money,
} from './index.ts';

const amounts = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });

describe('money', () => {
  test('adds amounts of one currency and never of two', () => {
    fc.assert(
      fc.property(amounts, amounts, (left, right) => {
        assert.deepEqual(addMoney(money(left, 'USD'), money(right, 'USD')), money(left + right, 'USD'));
        assert.throws(() => addMoney(money(left, 'USD'), money(right, 'EUR')), CurrencyMismatch);
      }),
    );
  });

  test('parts add up to the whole, in proportion to less than one unit, larger weights getting no less', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 2n ** 40n }), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0n));
    fc.assert(
      fc.property(amounts, weights, (total, list) => {
        const parts = allocate(total, list);
        const sum = list.reduce((all, weight) => all + weight, 0n);
        assert.equal(
          parts.reduce((all, part) => all + part, 0n),
          total,
        );
        for (const [index, part] of parts.entries()) {
          const distance = part * sum - total * (list[index] ?? 0n);
          assert.ok(distance < sum && distance > -sum);
          for (const [other, otherPart] of parts.entries()) {
            const isHeavier = (list[index] ?? 0n) > (list[other] ?? 0n);
            if (total >= 0n && isHeavier) assert.ok(part >= otherPart);
          }
        }
        assert.deepEqual(
          allocate(-total, list),
          parts.map((part) => -part),
        );
      }),
    );
  });

  test('the rest of a split goes to the largest remainders, and of equal ones to the earlier', () => {
    assert.deepEqual(allocate(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
    assert.deepEqual(allocate(5n, [3n, 7n]), [2n, 3n]);
    assert.deepEqual(allocate(1n, [0n, 1n]), [0n, 1n]);
    for (const weights of [[], [0n], [1n, -1n]]) assert.throws(() => allocate(1n, weights), RangeError);
  });

  test('a share in basis points is rounded half away from zero', () => {
    assert.equal(basisPointsOf(10_00n, 1_900n), 1_90n);
    assert.equal(basisPointsOf(50n, 100n), 1n);
    assert.equal(basisPointsOf(49n, 100n), 0n);
    assert.equal(basisPointsOf(-50n, 100n), -1n);
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10_000n }), (amount, points) => {
        const share = basisPointsOf(amount, points);
        const twice = 2n * (share * 10_000n - amount * points);
        assert.ok(twice <= 10_000n && twice >= -10_000n, 'never further off than half a unit');
        assert.equal(basisPointsOf(-amount, points), -share);
      }),
    );
  });

  test('decimal text has all digits of ISO 4217 and reads back exactly', () => {
    assert.equal(decimalText(money(-1_250n, 'USD')), '-12.50');
    assert.equal(decimalText(money(1_250n, 'JPY')), '1250');
    assert.equal(decimalText(money(1_250n, 'KWD')), '1.250');
    assert.equal(decimalText(money(-5n, 'EUR')), '-0.05');
    fc.assert(
      fc.property(amounts, fc.constantFrom(...currencies), (amount, currency) => {
        const text = decimalText(money(amount, currency));
        assert.match(text, /^-?\d+(\.\d+)?$/);
        assert.equal(BigInt(text.replace('.', '')), amount);
        assert.equal(text.split('.')[1]?.length ?? 0, currencyExponent(currency));
      }),
    );
  });

  test('a person reads every digit, the currency, and a minus that is one', () => {
    assert.equal(formatMoney(money(1_234_50n, 'USD'), 'en'), '$1,234.50');
    assert.equal(formatMoney(money(2_500_00n, 'PKR'), 'en').replaceAll('\u00a0', ' '), 'PKR 2,500.00');
    assert.equal(formatMoney(money(-9_00n, 'EUR'), 'de').replaceAll('\u00a0', ' '), '\u22129,00 €');
    assert.equal(formatMoney(money(9_007_199_254_740_993n, 'USD'), 'en'), '$90,071,992,547,409.93');
    assert.equal(formatMoney(money(1_250n, 'JPY'), 'en'), '¥1,250');
    assert.equal(formatCredits(-20_000n, 'en'), '\u221220,000');
  });

  test('a currency is a code of the list, in upper case, and nothing an object has by birth', () => {
    assert.ok(isCurrency('USD') && currencies.includes('PKR'));
    for (const word of ['usd', 'XXX', '', 'constructor', '__proto__', 'US']) assert.ok(!isCurrency(word), word);
    for (const currency of currencies) assert.ok([0, 2, 3].includes(currencyExponent(currency)), currency);
  });
});
