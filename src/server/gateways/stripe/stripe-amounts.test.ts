import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkChargeAmount, currencyFrom, inMajorUnits } from '#sandbox/stripe/amounts.ts';
import { Params } from '#sandbox/stripe/params.ts';
import { type Currency, currencies, currencyExponent, decimalText, money } from '#shared/money/index.ts';
import { fromStripeAmount, stripeTakes, toStripeAmount } from './stripe-amounts.ts';

/** Currencies Purser can hold amounts in and Stripe does not charge in. */
const unknownToStripe = ['GHS', 'IQD', 'LYD'];

/** One whole major unit, many times: every gateway can collect it in every currency. */
function wholeUnits(count: bigint, currency: Currency) {
  return money(count * 10n ** BigInt(currencyExponent(currency)), currency);
}

function isKnownToStripe(currency: Currency): boolean {
  try {
    return currencyFrom(new Params({ currency })) !== undefined;
  } catch {
    return false;
  }
}

describe('amounts on their way to Stripe and back', () => {
  test('in every currency Stripe reads the sum that was meant, would take it, and tells it back unchanged', () => {
    assert.deepEqual(
      currencies.filter((currency) => !isKnownToStripe(currency)),
      unknownToStripe,
    );
    for (const currency of currencies.filter(isKnownToStripe)) {
      for (const sum of [wholeUnits(500n, currency), wholeUnits(43_210n, currency)]) {
        const sent = toStripeAmount(sum);
        assert.equal(sent.currency, currency.toLowerCase());
        assert.equal(withoutZeros(inMajorUnits(sent.amount, sent.currency)), withoutZeros(meantBy(sum)), currency);
        checkChargeAmount(sent.amount, sent.currency);
        assert.deepEqual(fromStripeAmount(sent.amount, sent.currency), sum);
      }
    }
  });

  test('in every currency the smallest sum arrives as it was meant, or is refused', () => {
    for (const currency of currencies.filter(isKnownToStripe)) {
      const smallest = money(1n, currency);
      if (currency === 'MGA' || currencyExponent(currency) === 3) {
        assert.throws(() => toStripeAmount(smallest), RangeError, currency);
        continue;
      }
      const sent = toStripeAmount(smallest);
      assert.equal(withoutZeros(inMajorUnits(sent.amount, sent.currency)), withoutZeros(meantBy(smallest)), currency);
      assert.deepEqual(fromStripeAmount(sent.amount, sent.currency), smallest);
    }
  });

  test('the currencies that travel in units of their own', () => {
    const cases: readonly (readonly [Currency, bigint, number])[] = [
      ['MGA', 9_000_00n, 9_000],
      ['ISK', 1_500n, 150_000],
      ['UGX', 30_000n, 3_000_000],
      ['HUF', 3_500_00n, 350_000],
      ['TWD', 300_00n, 30_000],
      ['JPY', 1_250n, 1_250],
      ['KWD', 9_990n, 9_990],
      ['USD', 9_00n, 900],
    ];
    for (const [currency, minor, amount] of cases) {
      assert.deepEqual(toStripeAmount(money(minor, currency)), { amount, currency: currency.toLowerCase() });
      assert.deepEqual(fromStripeAmount(amount, currency.toLowerCase()), money(minor, currency));
    }
  });

  test('an option is offered for exactly what Stripe would collect', () => {
    for (const currency of currencies) {
      assert.equal(stripeTakes(wholeUnits(500n, currency)), isKnownToStripe(currency), currency);
    }
    assert.equal(stripeTakes(money(1_005n, 'KWD')), false);
    assert.equal(stripeTakes(money(1_010n, 'KWD')), true);
    assert.equal(stripeTakes(money(9_000_50n, 'MGA')), false);
    assert.equal(stripeTakes(money(999_999_99n, 'USD')), true);
    assert.equal(stripeTakes(money(1_000_000_00n, 'USD')), false, 'nine digits');
    assert.equal(stripeTakes(money(1_000_000_00n, 'IDR')), true);
    assert.equal(stripeTakes(money(0n, 'USD')), false);
  });

  test('a sum that one side cannot hold is refused, never rounded', () => {
    assert.throws(() => toStripeAmount(money(9_000_50n, 'MGA')), /MGA without decimals/);
    assert.throws(() => toStripeAmount(money(1_005n, 'KWD')), /KWD in steps of 10/);
    assert.throws(() => fromStripeAmount(150_050, 'isk'), /fraction of a minor unit of ISK/);
    assert.throws(() => fromStripeAmount(100, 'xyz'), /unknown currency: xyz/);
  });
});

function meantBy(sum: ReturnType<typeof money>): string {
  return `${decimalText(sum)} ${sum.currency.toLowerCase()}`;
}

/** `12.50 usd` is `12.5 usd`: the number of decimals shown is no part of the sum. */
function withoutZeros(text: string): string {
  return text.replace(/\.0+ /, ' ').replace(/(\.\d*?)0+ /, '$1 ');
}
