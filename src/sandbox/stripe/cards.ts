import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { type ErrorBody, invalidParameter, StripeError } from './errors.ts';
import { hasCheckDigit, magicCard, magicNumber } from './magic-cards.ts';
import type { CardRecord } from './objects.ts';
import type { Params } from './params.ts';

/** A card as the API shows it, and what only the sandbox knows of it. */
export type NewCard = { card: Stripe.PaymentMethod.Card; record: CardRecord };

/**
 * Reads `card[number]`, `[exp_month]`, `[exp_year]`, `[cvc]`, or `card[token]` with a magic token. Throws Stripe's card
 * errors for a wrong check digit, a past expiry and an impossible security code. `now` is sandbox time in seconds.
 */
export function readCard(params: Params, now: number): NewCard {
  params.ignore('networks');
  const token = params.word('token');
  const year = new Date(now * 1_000).getUTCFullYear();
  if (token !== undefined) {
    const number = magicNumber(token);
    if (number === undefined) {
      throw invalidParameter(params.nameOf('token'), `No such token: '${token}'`, 'resource_missing');
    }
    return newCard(number, 12, year + 3, true);
  }
  const number = params.requiredWord('number').replaceAll(/[ -]/g, '');
  const month = params.integer('exp_month');
  const expiryYear = params.integer('exp_year');
  const cvc = params.text('cvc') ?? null;
  if (month === undefined) throw params.missing('exp_month');
  if (expiryYear === undefined) throw params.missing('exp_year');
  checkNumber(number, params);
  const fullYear = expiryYear < 100 ? 2_000 + expiryYear : expiryYear;
  checkExpiry(month, fullYear, now, params);
  if (cvc !== null && !/^\d{3,4}$/.test(cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", params.nameOf('cvc'));
  }
  return newCard(number, month, fullYear, cvc !== null);
}

function checkNumber(number: string, params: Params): void {
  const param = params.nameOf('number');
  if (!/^\d{12,19}$/.test(number)) throw cardError('invalid_number', 'The card number is not a valid number.', param);
  if (!hasCheckDigit(number)) throw cardError('incorrect_number', 'Your card number is incorrect.', param);
}

function checkExpiry(month: number, year: number, now: number, params: Params): void {
  const today = new Date(now * 1_000);
  if (month < 1 || month > 12) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", params.nameOf('exp_month'));
  }
  if (year < today.getUTCFullYear() || year > today.getUTCFullYear() + 50) {
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", params.nameOf('exp_year'));
  }
  if (year === today.getUTCFullYear() && month < today.getUTCMonth() + 1) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", params.nameOf('exp_month'));
  }
}

function cardError(code: string, message: string, param: string): StripeError {
  const body: ErrorBody = { type: 'card_error', code, message, param };
  return new StripeError(402, body, { beforeExecution: true });
}

function newCard(number: string, month: number, year: number, cvcGiven: boolean): NewCard {
  const behaviour = magicCard(number);
  return {
    record: { number, cvcGiven, isSetUp: false, isSpent: false },
    card: {
      brand: behaviour.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: cvcGiven ? 'unchecked' : null,
      },
      country: behaviour.country,
      display_brand: behaviour.brand,
      exp_month: month,
      exp_year: year,
      fingerprint: fingerprintOf(number),
      funding: behaviour.funding,
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [behaviour.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
}

/** The same for the same number, as Stripe's is, so that one card can be recognised under several ids. */
function fingerprintOf(number: string): string {
  return createHash('sha256')
    .update(`sandbox card ${number}`)
    .digest('base64url')
    .replaceAll(/[-_]/g, 'x')
    .slice(0, 16);
}
