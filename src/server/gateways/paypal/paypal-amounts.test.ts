import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { currencies, currencyExponent, money } from '#shared/money/index.ts';
import { fromPayPalAmount, payPalTakes, toPayPalAmount } from './paypal-amounts.ts';

describe('amounts on their way to PayPal and back', () => {
  test('in every currency PayPal collects, a whole sum goes and comes back unchanged', () => {
    const taken = currencies.filter((currency) => payPalTakes(money(500_00n, currency)));
    assert.equal(taken.length, 24);
    for (const currency of taken) {
      const sum = money(43_210n * 10n ** BigInt(currencyExponent(currency)), currency);
      assert.deepEqual(fromPayPalAmount(toPayPalAmount(sum)), sum, currency);
    }
  });

  test('three currencies travel without decimals, though two of them have a minor unit', () => {
    assert.deepEqual(toPayPalAmount(money(3_500_00n, 'HUF')), { currency_code: 'HUF', value: '3500' });
    assert.deepEqual(toPayPalAmount(money(300_00n, 'TWD')), { currency_code: 'TWD', value: '300' });
    assert.deepEqual(toPayPalAmount(money(1_250n, 'JPY')), { currency_code: 'JPY', value: '1250' });
    assert.deepEqual(toPayPalAmount(money(29_00n, 'USD')), { currency_code: 'USD', value: '29.00' });
    assert.deepEqual(toPayPalAmount(money(5n, 'EUR')), { currency_code: 'EUR', value: '0.05' });
  });

  test('what PayPal cannot collect exactly is said before it is asked, and never rounded', () => {
    for (const sum of [
      money(3_500_50n, 'HUF'),
      money(300_01n, 'TWD'),
      money(2_500_00n, 'PKR'),
      money(9_990n, 'KWD'),
      money(0n, 'USD'),
      money(-1n, 'USD'),
    ]) {
      assert.equal(payPalTakes(sum), false);
      assert.throws(() => toPayPalAmount(sum), RangeError);
    }
  });

  test('answers are read in any letters, with or without zeros, with or without a minus', () => {
    assert.deepEqual(fromPayPalAmount({ value: '5.0', currency_code: 'usd' }), money(5_00n, 'USD'));
    assert.deepEqual(fromPayPalAmount({ value: '.5', currency_code: 'USD' }), money(50n, 'USD'));
    assert.deepEqual(fromPayPalAmount({ value: '-7.37', currency_code: 'USD' }), money(7_37n, 'USD'));
    assert.deepEqual(fromPayPalAmount({ value: '1250.00', currency_code: 'JPY' }), money(1_250n, 'JPY'));
    assert.deepEqual(fromPayPalAmount({ value: '3500', currency_code: 'HUF' }), money(3_500_00n, 'HUF'));
    for (const [value, code] of [
      ['5.001', 'USD'],
      ['12.5', 'JPY'],
      ['five', 'USD'],
      ['', 'USD'],
      ['.', 'USD'],
      ['5', 'XYZ'],
    ] as const) {
      assert.throws(() => fromPayPalAmount({ value, currency_code: code }), RangeError, `${value} ${code}`);
    }
  });
});
