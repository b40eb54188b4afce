import { allOperations, costInForce, currentCosts, type OperationCost } from '#server/modules/catalog/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentVariant } from './present-credits.ts';

export const listOperationsRoute = route('listOperations', async (app, { actor }) => {
  const now = app.clock.now();
  return await inRead(app, { account: accountIdOf(actor) }, async (db) => {
    const costs = (await currentCosts(db, now)).filter((cost) => costInForce([cost], now) !== null);
    const byOperation = Map.groupBy(costs, (cost) => cost.operationId);
    const active = (await allOperations(db)).filter((operation) => operation.isActive);
    return {
      data: active.map((operation) => ({
        id: operation.id,
        code: operation.code,
        name: operation.name,
        description: operation.description,
        unit: operation.unit,
        costs: (byOperation.get(operation.id) ?? []).map(presentCost),
      })),
    };
  });
});

function presentCost(cost: OperationCost) {
  return {
    variant: presentVariant(cost.variant),
    milli_credits_per_unit: cost.milliCreditsPerUnit,
    minimum_credits: cost.minimumCredits,
    rounding: cost.rounding,
    version: cost.version,
    effective_from: cost.effectiveFrom,
  };
}
