import type { CostRounding } from '../contract/metering.ts';

/** How a quantity of an operation is priced. */
export type CostRule = {
  /** Thousandths of a credit for each unit. */
  readonly milliCreditsPerUnit: bigint;
  /** The least that one use costs, in whole credits. */
  readonly minimumCredits: bigint;
  /** How the whole quantity is rounded to credits, once. */
  readonly rounding: CostRounding;
};

const addedBeforeDivision: { readonly [rounding in CostRounding]: bigint } = { up: 999n, half_up: 500n, down: 0n };

/**
 * What a quantity costs, in whole credits: thousandths of a credit by unit, rounded once for the whole quantity, and
 * never less than the minimum. The database has the same rule as `purser.credits_for`; the pages preview by this one.
 */
export function creditsFor(quantity: bigint, rule: CostRule): bigint {
  const rounded = (quantity * rule.milliCreditsPerUnit + addedBeforeDivision[rule.rounding]) / 1_000n;
  return rounded > rule.minimumCredits ? rounded : rule.minimumCredits;
}
