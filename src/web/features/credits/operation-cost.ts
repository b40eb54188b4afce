import { type Credits, credits, creditsFor } from '#shared/money/index.ts';
import type { ApiResult } from '#web/lib/api.ts';

/** An operation with what it costs now. */
export type Operation = ApiResult<'listOperations'>['data'][number];

/** What an operation costs in one variant. */
export type OperationCost = Operation['costs'][number];

/** The cost of a variant: its own, else the one of every variant without; null when there is neither. */
export function costOf(operation: Operation, variant: string | null): OperationCost | null {
  const own = operation.costs.find((cost) => cost.variant === variant);
  return own ?? operation.costs.find((cost) => cost.variant === null) ?? null;
}

/** What a quantity would cost now, by the very rule the server charges by. */
export function previewOf(quantity: number, cost: OperationCost): Credits {
  return credits(
    creditsFor(BigInt(quantity), {
      milliCreditsPerUnit: BigInt(cost.milli_credits_per_unit),
      minimumCredits: BigInt(cost.minimum_credits),
      rounding: cost.rounding,
    }),
  );
}

/** The variants of an operation that have a cost of their own. */
export function variantsOf(operation: Operation): string[] {
  return operation.costs.flatMap(({ variant }) => variant ?? []);
}
