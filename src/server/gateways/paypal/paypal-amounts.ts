import { type Currency, currencyExponent, decimalText, isCurrency, type Money, money } from '#shared/money/index.ts';

/** The currencies PayPal collects in (developer.paypal.com/reference/currency-codes). */
const collected: ReadonlySet<Currency> = new Set([
  'AUD',
  'BRL',
  'CAD',
  'CHF',
  'CNY',
  'CZK',
  'DKK',
  'EUR',
  'GBP',
  'HKD',
  'HUF',
  'ILS',
  'JPY',
  'MXN',
  'MYR',
  'NOK',
  'NZD',
  'PHP',
  'PLN',
  'SEK',
  'SGD',
  'THB',
  'TWD',
  'USD',
]);

/** Currencies PayPal takes no decimals in, though HUF and TWD have a minor unit by ISO 4217. */
const withoutDecimals: ReadonlySet<Currency> = new Set(['HUF', 'JPY', 'TWD']);

/** An amount as PayPal writes it: a code and a decimal text. */
export type PayPalAmount = { readonly currency_code: string; readonly value: string };

/** Whether PayPal can collect exactly this amount. */
export function payPalTakes(value: Money): boolean {
  return objectionTo(value) === null;
}

/** An amount as PayPal reads it. @throws RangeError when PayPal cannot collect exactly this amount */
export function toPayPalAmount(value: Money): PayPalAmount {
  const objection = objectionTo(value);
  if (objection !== null) throw new RangeError(objection);
  const text = decimalText(value);
  return {
    currency_code: value.currency,
    value: withoutDecimals.has(value.currency) ? text.replace(/\.0+$/, '') : text,
  };
}

/**
 * An amount as PayPal tells it, in minor units of ISO 4217. Codes come in either case, decimals with or without zeros
 * behind them, and what was given back with or without a minus sign.
 *
 * @throws RangeError for an unknown currency, and for an amount our minor units cannot hold
 */
export function fromPayPalAmount(amount: PayPalAmount): Money {
  const currency = amount.currency_code.toUpperCase();
  if (!isCurrency(currency)) throw new RangeError(`PayPal answered in an unknown currency: ${amount.currency_code}.`);
  const [, whole = '', fraction = ''] = /^-?(\d*)(?:\.(\d+))?$/.exec(amount.value) ?? [];
  if (whole === '' && fraction === '') throw new RangeError(`PayPal answered with no amount: ${amount.value}.`);
  const exponent = currencyExponent(currency);
  if (/[^0]/.test(fraction.slice(exponent))) {
    throw new RangeError(`PayPal answered with a fraction of a minor unit of ${currency}.`);
  }
  return money(BigInt(`${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`), currency);
}

function objectionTo(value: Money): string | null {
  const { amountMinor, currency } = value;
  if (!collected.has(currency)) return `PayPal does not collect in ${currency}.`;
  if (amountMinor <= 0n) return 'PayPal collects amounts above zero only.';
  const major = 10n ** BigInt(currencyExponent(currency));
  if (withoutDecimals.has(currency) && amountMinor % major !== 0n)
    return `PayPal collects ${currency} without decimals.`;
  return null;
}
