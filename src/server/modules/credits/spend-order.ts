import type { CreditLot } from './credit-lots.ts';

/** What is taken from one lot. Whole credits, more than zero. */
export type LotShare = { readonly lotId: string; readonly units: bigint };

/** What the order of spending goes by. */
export type SpendableLot = Pick<CreditLot, 'id' | 'kind' | 'remaining' | 'grantedAt' | 'expiresAt'>;

/**
 * Takes units from lots in the public order of spending: soonest expiry first, then free before paid, then oldest. Null
 * when the lots hold less; expired lots are the caller's to leave out. The SQL functions of the hot path do the same.
 */
export function burnLots(lots: readonly SpendableLot[], units: bigint): LotShare[] | null {
  const shares: LotShare[] = [];
  let left = units;
  for (const lot of lots.toSorted(bySpendOrder)) {
    if (left === 0n) break;
    const taken = lot.remaining < left ? lot.remaining : left;
    if (taken > 0n) shares.push({ lotId: lot.id, units: taken });
    left -= taken;
  }
  return left === 0n ? shares : null;
}

/** Compares two lots by which is spent first. */
function bySpendOrder(one: SpendableLot, other: SpendableLot): number {
  return (
    compare(expiryOf(one), expiryOf(other)) ||
    compare(Number(isPaid(one)), Number(isPaid(other))) ||
    compare(one.grantedAt.getTime(), other.grantedAt.getTime()) ||
    (one.id < other.id ? -1 : 1)
  );
}

function expiryOf(lot: SpendableLot): number {
  return lot.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function isPaid(lot: SpendableLot): boolean {
  return lot.kind === 'purchased';
}

function compare(one: number, other: number): number {
  // Two lots that never expire are infinitely far away, and infinity minus itself is no order.
  return one === other ? 0 : one < other ? -1 : 1;
}
