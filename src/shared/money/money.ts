import { type Currency, currencyExponent } from './currencies.ts';

/** An amount in integer minor units of one currency (`1250n` USD is $12.50). Never a float. */
export type Money = { readonly amountMinor: bigint; readonly currency: Currency };

/** Two amounts of different currencies met in one calculation: always a programming error. */
export class CurrencyMismatch extends Error {
  constructor(left: Currency, right: Currency) {
    super(`Amounts in ${left} and ${right} cannot be combined.`);
    this.name = 'CurrencyMismatch';
  }
}

/** Makes an amount of `amountMinor` minor units. */
export function money(amountMinor: bigint, currency: Currency): Money {
  return { amountMinor, currency };
}

/** Sum of two amounts of one currency. @throws CurrencyMismatch */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
  return money(left.amountMinor + right.amountMinor, left.currency);
}

/**
 * Splits minor units in proportion to whole-number weights by largest remainder, so that the parts add up to exactly
 * `totalMinor`; ties go to the earlier part. A negative total is split like its opposite.
 * @throws RangeError when there is no positive weight or a negative one.
 */
export function allocate(totalMinor: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('allocate needs weights that are not negative and not all zero.');
  }
  if (totalMinor < 0n) return allocate(-totalMinor, weights).map((part) => -part);
  const shares = weights.map((weight, index) => ({
    index,
    part: (totalMinor * weight) / sum,
    remainder: (totalMinor * weight) % sum,
  }));
  let rest = totalMinor - shares.reduce((total, share) => total + share.part, 0n);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (rest === 0n) break;
    share.part += 1n;
    rest -= 1n;
  }
  return shares.map((share) => share.part);
}

/**
 * A share of an amount in minor units, in basis points (1 % = 100), rounded half away from zero. The rounding
 * of EN 16931 (BR-CO-17) and of every invoice Purser issues.
 */
export function basisPointsOf(amountMinor: bigint, basisPoints: bigint): bigint {
  const scaled = amountMinor * basisPoints;
  const half = scaled < 0n ? -5_000n : 5_000n;
  return (scaled + half) / 10_000n;
}

/** The amount as a plain decimal text with all its ISO 4217 digits and no grouping: `-12.50`, `1250`, `1.250`. */
export function decimalText(value: Money): string {
  const exponent = currencyExponent(value.currency);
  const negative = value.amountMinor < 0n;
  const digits = (negative ? -value.amountMinor : value.amountMinor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(digits.length - exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/**
 * The amount as a person of `locale` reads it, with the currency always shown, the ISO 4217 number of digits and a
 * true minus sign (U+2212).
 */
export function formatMoney(value: Money, locale: string): string {
  const digits = currencyExponent(value.currency);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: value.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // Intl takes decimal text exactly (ECMA-402 NumberFormat v3); its typings only know numbers and bigints.
  return format.format(decimalText(value) as unknown as bigint).replaceAll('-', '\u2212');
}
