declare const creditsBrand: unique symbol;

/** Whole credits. A type of its own, so that credits are never added to money. */
export type Credits = bigint & { readonly [creditsBrand]: true };

/** Marks a whole number of units as credits. */
export function credits(units: bigint): Credits {
  return units as Credits;
}

/** Credits with the thousands separators of `locale` and a true minus sign. */
export function formatCredits(units: bigint, locale: string): string {
  return new Intl.NumberFormat(locale).format(units).replaceAll('-', '\u2212');
}
