import { currencyExponent, decimalText, isCurrency } from '#shared/money/index.ts';
import { moneyFromWire } from '#web/lib/format.ts';

/**
 * An amount as somebody typed it, with a point or a comma before its decimals, in minor units of its currency. Null when
 * it is no amount, or has more decimals than the currency.
 */
export function typedAmount(typed: string, currency: string): number | null {
  if (!isCurrency(currency)) return null;
  const parts = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.trim());
  const fraction = parts?.[2] ?? '';
  const exponent = currencyExponent(currency);
  if (parts?.[1] === undefined || fraction.length > exponent) return null;
  const minor = Number(`${parts[1]}${fraction.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An amount in minor units as it is typed: all decimals of its currency, and no separators. */
export function amountText(minor: number, currency: string): string {
  return decimalText(moneyFromWire(minor, currency));
}
