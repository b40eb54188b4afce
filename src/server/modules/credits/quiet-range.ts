import type { CreditBalance } from './credit-lots.ts';

/**
 * How far a balance may move without anybody having to look: below `lookBelow`, or from `lookFrom` on, somebody does.
 * Whole credits; null sets no bound.
 */
export type QuietRange = { readonly lookBelow: bigint | null; readonly lookFrom: bigint | null };

/** A balance, and the range it was last seen in. */
export type WatchedBalance = CreditBalance & QuietRange;

/**
 * The range around a balance that no threshold lies in: it ends at the next threshold below, which the balance would
 * fall under, and at the next above, which it would reach again. Pure.
 */
export function quietRange(available: bigint, thresholds: readonly bigint[]): QuietRange {
  let lookBelow: bigint | null = null;
  let lookFrom: bigint | null = null;
  for (const threshold of thresholds) {
    if (threshold <= available) lookBelow = lookBelow === null || threshold > lookBelow ? threshold : lookBelow;
    else lookFrom = lookFrom === null || threshold < lookFrom ? threshold : lookFrom;
  }
  return { lookBelow, lookFrom };
}

/** Whether the balance was at or above a threshold when it was last looked at and is below it now. Pure. */
export function hasFallenBelow(watched: WatchedBalance, threshold: bigint): boolean {
  return watched.lookBelow !== null && threshold <= watched.lookBelow && watched.available < threshold;
}
