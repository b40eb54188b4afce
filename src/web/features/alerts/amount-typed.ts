import { type Currency, currencyExponent } from '#shared/money/index.ts';

/**
 * An amount as somebody typed it, in whole and decimal digits with a point, in minor units of its currency. Null when it
 * is no amount, has more decimals than the currency, or is more than the API carries exactly.
 */
export function amountTyped(typed: string, currency: Currency): bigint | null {
  const exponent = currencyExponent(currency);
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(typed.trim());
  const fraction = match?.[2] ?? '';
  if (match?.[1] === undefined || fraction.length > exponent) return null;
  return BigInt(`${match[1]}${fraction.padEnd(exponent, '0')}`);
}
