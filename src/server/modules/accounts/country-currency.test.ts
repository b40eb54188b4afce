import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { currencies } from '#shared/money/index.ts';
import { currencyForCountry } from './country-currency.ts';

describe('the currency of a country', () => {
  test('an account gets its own currency if something is priced in it, else US dollars', () => {
    const offered = ['EUR', 'PKR', 'USD'] as const;
    const expected = { DE: 'EUR', HR: 'EUR', BG: 'EUR', PK: 'PKR', US: 'USD', JP: 'USD', GB: 'USD', ZZ: 'USD' };
    for (const [country, currency] of Object.entries(expected)) {
      assert.equal(currencyForCountry(country, offered), currency, country);
    }
    assert.equal(currencyForCountry('DE', ['USD']), 'USD');
    assert.equal(currencyForCountry('DE', []), 'USD');
  });

  test('every currency but the dollar is that of some country, and no country has two', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const countries = letters.flatMap((first) => letters.map((second) => first + second));
    const reached = new Set(countries.map((country) => currencyForCountry(country, currencies)));
    assert.deepEqual(
      currencies.filter((currency) => !reached.has(currency)),
      [],
    );
    // A country that stood in two lines would be lost from one of them: these are the single-country samples of each.
    for (const [country, currency] of [
      ['CH', 'CHF'],
      ['ZA', 'ZAR'],
      ['SN', 'XOF'],
      ['CM', 'XAF'],
    ] as const) {
      assert.equal(currencyForCountry(country, currencies), currency);
    }
  });
});
