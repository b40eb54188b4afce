import { invalid, unprocessable } from './errors.ts';
import type { Amount } from './objects.ts';

/** What PayPal pays in; three of them have no decimals there, whatever ISO 4217 says. */
const currencies = new Set(
  'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'.split(' '),
);
const withoutDecimals = new Set(['HUF', 'JPY', 'TWD']);
const minorMax = 99_999_999_999_999_999n;

/** How many decimals PayPal takes of a currency. */
function decimalsOf(currency: string): 0 | 2 {
  return withoutDecimals.has(currency) ? 0 : 2;
}

/** An amount of the smallest units that PayPal takes of a currency, as PayPal writes it. */
export function amountOf(minor: bigint, currency: string): Amount {
  const decimals = decimalsOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const value = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return { currency_code: currency, value: minor < 0n ? `-${value}` : value };
}

/** The smallest units of an amount that was read by `readAmount`. */
export function minorOf(amount: Amount): bigint {
  const negative = amount.value.startsWith('-');
  const [whole = '0', fraction = ''] = amount.value.replace('-', '').split('.');
  const minor = BigInt(whole + fraction.padEnd(decimalsOf(amount.currency_code), '0'));
  return negative ? -minor : minor;
}

/**
 * Reads an amount of a request: the currency in capitals, the value with the decimals it has at PayPal.
 * @throws PayPalError for a syntax, a currency or decimals that PayPal does not take
 */
export function readAmount(currency: string, value: string, field: string): Amount {
  if (!/^-?(\d+|\d*\.\d+)$/.test(value) || value.length > 32) {
    throw invalid('INVALID_PARAMETER_SYNTAX', `${field}/value`, value);
  }
  if (!/^[A-Za-z]{3}$/.test(currency)) throw invalid('INVALID_STRING_LENGTH', `${field}/currency_code`, currency);
  const code = currency.toUpperCase();
  if (!currencies.has(code)) throw unprocessable('INVALID_CURRENCY_CODE', `${field}/currency_code`, currency);
  const decimals = value.split('.')[1]?.length ?? 0;
  if (decimalsOf(code) === 0 && decimals > 0) throw unprocessable('DECIMALS_NOT_SUPPORTED', `${field}/value`, value);
  if (decimals > 2) throw unprocessable('DECIMAL_PRECISION', `${field}/value`, value);
  const minor = minorOf({ currency_code: code, value: value.replace(/^(-?)\./, '$10.') });
  if (minor > minorMax) throw unprocessable('MAX_VALUE_EXCEEDED', `${field}/value`, value);
  return amountOf(minor, code);
}

/** Reads an amount that has to be more than nothing. @throws PayPalError */
export function readPositiveAmount(currency: string, value: string, field: string): Amount {
  const amount = readAmount(currency, value, field);
  if (minorOf(amount) <= 0n) throw unprocessable('CANNOT_BE_ZERO_OR_NEGATIVE', `${field}/value`, value);
  return amount;
}

/** What PayPal keeps of an amount: 3.49 %, rounded half up, and 49 of the smallest units; never more than the amount. */
export function feeOf(amount: Amount): Amount {
  const minor = minorOf(amount);
  const fee = (minor * 349n + 5_000n) / 10_000n + (decimalsOf(amount.currency_code) === 0 ? 40n : 49n);
  return amountOf(fee < minor ? fee : minor, amount.currency_code);
}
