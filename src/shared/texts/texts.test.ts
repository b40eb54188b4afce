import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { paymentStatuses } from '../contract/billing.ts';
import { currencies, currencyExponent, money } from '../money/index.ts';
import {
  amountFigures,
  amountWithCode,
  rateText,
  shownInvoiceState,
  shownPaymentStateOf,
  textsFor,
  wholeNumber,
} from './index.ts';

/** ICU writes narrow and no-break spaces; a reader sees a space. */
const plain = (text: string) => text.replace(/\p{Zs}/gu, ' ');

describe('texts', () => {
  test('a language without a translation is answered in English with the formats of the reader’s region', () => {
    assert.equal(textsFor('ur-PK').locale, 'en-PK');
    assert.equal(textsFor('ur-PK').direction, 'ltr');
    assert.equal(textsFor('de-DE').locale, 'en-DE');
    assert.equal(textsFor('en').locale, 'en');
  });

  test('a malformed locale is answered in English', () => {
    for (const locale of ['', 'not a locale', 'e', '../../etc']) assert.equal(textsFor(locale).language, 'en');
  });

  test('every stored status of a payment has a word to show', () => {
    const texts = textsFor('en').states.payment;
    for (const status of paymentStatuses) assert.notEqual(texts[shownPaymentStateOf[status]].word, '');
  });

  test('overdue and partially paid are derived from a pending invoice only', () => {
    const pending = { status: 'pending', dueOn: '2026-12-06', amountPaidMinor: 0n, today: '2026-12-06' } as const;
    assert.equal(shownInvoiceState(pending), 'pending');
    assert.equal(shownInvoiceState({ ...pending, amountPaidMinor: 1n }), 'partially_paid');
    assert.equal(shownInvoiceState({ ...pending, today: '2026-12-07' }), 'overdue');
    assert.equal(shownInvoiceState({ ...pending, status: 'paid', today: '2026-12-07' }), 'paid');
  });
});

describe('amounts in words', () => {
  test('the currency is shown by its code and the digits are those of ISO 4217', () => {
    assert.equal(plain(amountWithCode(money(29_00n, 'USD'), 'en-GB')), 'USD 29.00');
    assert.equal(plain(amountWithCode(money(5_000_00n, 'PKR'), 'en-PK')), 'PKR 5,000.00');
    assert.equal(plain(amountWithCode(money(4_620n, 'JPY'), 'en-JP')), 'JPY 4,620');
    assert.equal(plain(amountWithCode(money(1_250n, 'KWD'), 'ar-KW')).includes('1.250'), true);
    assert.equal(plain(amountWithCode(money(-29_00n, 'USD'), 'en-US')), '−USD 29.00');
    assert.equal(amountFigures(money(9_007_199_254_740_993_00n, 'USD'), 'en'), '9,007,199,254,740,993.00');
    assert.equal(wholeNumber(-2_000n, 'en'), '−2,000');
    assert.equal(rateText(1900, 'en'), '19%');
    assert.equal(rateText(997, 'en'), '9.97%');
  });

  test('no digit of an amount is lost, in any currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.constantFrom(...currencies),
        (minor, currency) => {
          const figures = amountFigures(money(minor, currency), 'en');
          assert.equal(BigInt(figures.replace(/[,.]/g, '').replace('−', '-')), minor);
          assert.equal(figures.split('.')[1]?.length ?? 0, currencyExponent(currency));
        },
      ),
      { numRuns: 300 },
    );
  });
});
