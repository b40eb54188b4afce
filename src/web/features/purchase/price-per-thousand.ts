import { type Credits, type Money, money } from '#shared/money/index.ts';

/**
 * What a thousand credits cost in a package, for comparing packages; rounded half up to the minor unit, and `exact`
 * says whether it had to be. Null when the package holds no credits. It is never charged.
 */
export function pricePerThousand(price: Money, inPackage: Credits): { price: Money; exact: boolean } | null {
  if (inPackage <= 0n) return null;
  const scaled = price.amountMinor * 1_000n;
  const rounded = (scaled * 2n + inPackage) / (inPackage * 2n);
  return { price: money(rounded, price.currency), exact: scaled % inPackage === 0n };
}
