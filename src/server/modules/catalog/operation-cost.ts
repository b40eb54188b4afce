import { type CostRule, creditsFor } from '#shared/money/index.ts';

export { type CostRule, creditsFor } from '#shared/money/index.ts';

/** A version of what an operation costs; never changed, only followed by another. */
export type OperationCost = CostRule & {
  readonly id: string;
  readonly operationId: string;
  /** '' is every variant without a cost of its own. */
  readonly variant: string;
  readonly version: number;
  readonly effectiveFrom: Date;
  /** The user on the staff who made it; null for the system. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
};

/** Where a cost version stands at an instant. */
export type CostStatus = 'scheduled' | 'in_force' | 'superseded' | 'withdrawn';

/** The version in force among those of one operation and variant; null when there is none yet. */
export function costInForce(versions: readonly OperationCost[], at: Date): OperationCost | null {
  return versions
    .filter((cost) => cost.withdrawnAt === null && cost.effectiveFrom <= at)
    .reduce<OperationCost | null>((best, cost) => (best === null || follows(cost, best) ? cost : best), null);
}

/** Where a version stands among those of its operation and variant. */
export function costStatus(cost: OperationCost, versions: readonly OperationCost[], at: Date): CostStatus {
  if (cost.withdrawnAt !== null) return 'withdrawn';
  if (cost.effectiveFrom > at) return 'scheduled';
  return costInForce(versions, at)?.id === cost.id ? 'in_force' : 'superseded';
}

function follows(cost: OperationCost, other: OperationCost): boolean {
  const apartMs = cost.effectiveFrom.getTime() - other.effectiveFrom.getTime();
  return apartMs > 0 || (apartMs === 0 && cost.version > other.version);
}

/** How a quantity came to its credits, written out: `7 × 0.25 = 1.75, rounded up: 2; at least 3: 3`. */
export function calculationOf(quantity: bigint, rule: CostRule): string {
  const exact = quantity * rule.milliCreditsPerUnit;
  const rounded = creditsFor(quantity, { ...rule, minimumCredits: 0n });
  const cost = creditsFor(quantity, rule);
  const isExact = exact === rounded * 1_000n;
  return [
    `${String(quantity)} × ${thousandths(rule.milliCreditsPerUnit)} = ${thousandths(exact)}`,
    isExact ? '' : `, rounded ${rule.rounding.replace('_', ' ')}: ${String(rounded)}`,
    cost === rounded ? '' : `; at least ${String(rule.minimumCredits)}: ${String(cost)}`,
  ].join('');
}

/** Thousandths of a credit as a decimal, without zeros at the end: 250 is 0.25. */
function thousandths(milliCredits: bigint): string {
  const fraction = (milliCredits % 1_000n).toString().padStart(3, '0').replace(/0+$/, '');
  const whole = (milliCredits / 1_000n).toString();
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
