import { currencyExponent, decimalText, type Money } from '../money/index.ts';

/** The amount with its ISO 4217 code, as locale writes it: `USD 29.00`, `29,00 EUR`, with a true minus sign. */
export function amountWithCode(value: Money, locale: string): string {
  return written(value, locale, 'code');
}

/** The figures of an amount alone, for a column whose heading names the currency: `1,250.00`. */
export function amountFigures(value: Money, locale: string): string {
  return written(value, locale, 'figures');
}

/** A rate in basis points as a percentage with no more digits than it needs: `1900` is `19%`, `977` is `9.77%`. */
export function rateText(basisPoints: number, locale: string): string {
  return formatFor(`${locale} rate`, locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}

/** A whole number with the thousands separators of a locale and a true minus sign. */
export function wholeNumber(value: bigint, locale: string): string {
  return formatFor(`${locale} whole`, locale, {}).format(value).replaceAll('-', '\u2212');
}

function written(value: Money, locale: string, manner: 'code' | 'figures'): string {
  const digits = currencyExponent(value.currency);
  const style =
    manner === 'code' ? ({ style: 'currency', currency: value.currency, currencyDisplay: 'code' } as const) : {};
  const format = formatFor(`${locale} ${manner} ${value.currency}`, locale, {
    ...style,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const decimal = decimalText(value);
  // Decimal text keeps every digit of a bigint amount, which a number would not.
  return isDecimal(decimal) ? format.format(decimal).replaceAll('-', '\u2212') : decimal;
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** Making a format costs a hundred times more than using it, and there are only a few. */
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(key: string, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = formats.get(key);
  if (known !== undefined) return known;
  // Western figures, because the words around them are not those of a language that uses others.
  const format = new Intl.NumberFormat(`${locale}-u-nu-latn`, options);
  formats.set(key, format);
  return format;
}
