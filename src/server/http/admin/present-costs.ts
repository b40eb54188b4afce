import type { App } from '#server/flows/app.ts';
import { costStatus, type OperationCost } from '#server/modules/catalog/index.ts';
import { presentVariant } from '../credits/present-credits.ts';

/** What presents the versions of one or more operations, having looked up who made them. */
export async function costPresenter(app: App, versions: readonly OperationCost[]) {
  const now = app.clock.now();
  const names = new Map<string, string | null>();
  for (const { createdBy } of versions) {
    if (createdBy === null || names.has(createdBy)) continue;
    names.set(createdBy, (await app.identity.userById(createdBy))?.name ?? null);
  }
  return (cost: OperationCost) => ({
    id: cost.id,
    operation_id: cost.operationId,
    variant: presentVariant(cost.variant),
    version: cost.version,
    milli_credits_per_unit: cost.milliCreditsPerUnit,
    minimum_credits: cost.minimumCredits,
    rounding: cost.rounding,
    status: costStatus(cost, siblings(cost, versions), now),
    effective_from: cost.effectiveFrom,
    created_at: cost.createdAt,
    created_by: names.get(cost.createdBy ?? '') ?? null,
    withdrawn_at: cost.withdrawnAt,
  });
}

function siblings(cost: OperationCost, versions: readonly OperationCost[]): OperationCost[] {
  return versions.filter((other) => other.operationId === cost.operationId && other.variant === cost.variant);
}
