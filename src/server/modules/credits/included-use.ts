/** The shares of the included credits, in per cent, at whose use an account is told. */
export const includedMilestones = [50, 80, 100] as const;
export type IncludedMilestone = (typeof includedMilestones)[number];

/** A lot of credits that a plan includes and that has not expired. Whole credits. */
export type IncludedLot = {
  readonly id: string;
  readonly units: bigint;
  /** What can be spent of it and what holds reserve of it. */
  readonly unspent: bigint;
};

/** What a plan includes now, and what is spent of it. Whole credits. */
export type IncludedUse = { readonly included: bigint; readonly spent: bigint };

/** Sums up the lots of a plan. Pure. */
export function includedUse(lots: readonly IncludedLot[]): IncludedUse {
  const included = lots.reduce((sum, lot) => sum + lot.units, 0n);
  return { included, spent: included - lots.reduce((sum, lot) => sum + lot.unspent, 0n) };
}

/** The greatest milestone that is reached; null before the first, and when nothing is included. Pure. */
export function milestoneReached({ included, spent }: IncludedUse): IncludedMilestone | null {
  if (included === 0n) return null;
  return includedMilestones.findLast((milestone) => spent >= spentAt(milestone, included)) ?? null;
}

/**
 * Down to how much of each lot may be left unspent before somebody looks again; −1 for never. The way to the next
 * milestone is divided among the lots that are not empty, so that it cannot be passed before one of them is looked at,
 * in whatever order they are spent. Pure.
 */
export function nextLooks(lots: readonly IncludedLot[]): ReadonlyMap<string, bigint> {
  const { included, spent } = includedUse(lots);
  const next = includedMilestones.find((milestone) => spent < spentAt(milestone, included));
  const open = BigInt(lots.filter((lot) => lot.unspent > 0n).length);
  if (next === undefined || open === 0n) return new Map(lots.map((lot) => [lot.id, -1n]));
  const step = roundedUp(spentAt(next, included) - spent, open);
  return new Map(lots.map((lot) => [lot.id, lot.unspent === 0n ? -1n : lot.unspent > step ? lot.unspent - step : 0n]));
}

/** What is spent when a milestone is reached: rounded up, so that half of three credits are two. */
function spentAt(milestone: IncludedMilestone, included: bigint): bigint {
  return roundedUp(included * BigInt(milestone), 100n);
}

function roundedUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
