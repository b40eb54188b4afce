import { type Currency, currencyExponent, type Money, money } from '#shared/money/index.ts';

/**
 * An amount as somebody typed it, with a point or a comma before its decimals. Null when it is no amount, has more
 * decimals than the currency, or is more than the API carries exactly.
 */
export function typedMoney(typed: string, currency: Currency): Money | null {
  const parts = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.trim());
  const fraction = parts?.[2] ?? '';
  const exponent = currencyExponent(currency);
  if (parts?.[1] === undefined || fraction.length > exponent) return null;
  return money(BigInt(`${parts[1]}${fraction.padEnd(exponent, '0')}`), currency);
}

/** An amount as it travels: integer minor units as a JSON number, which holds every amount that can be typed. */
export function moneyOnWire({ amountMinor: whole }: Money): number {
  return Number(whole);
}
