import { addCost, type CostRule } from '#server/modules/catalog/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { onceByStaff, type StaffRequest, staffAuthor } from '../steps/staff-deed.ts';

/** The next version of what an operation costs, for one variant or for all without a cost of their own (''). */
export type ChangeCreditCost = {
  readonly operationId: string;
  readonly variant: string;
  readonly rule: CostRule;
  /** When it comes into force; null for now. */
  readonly effectiveFrom: Date | null;
};

/** Changes a cost by a new version, now or from an instant on. Answers its id. @throws CostInThePast, NotFound, IdempotencyKeyReused */
export async function changeCreditCost(
  app: App,
  actor: Actor,
  order: ChangeCreditCost,
  request: StaffRequest,
): Promise<string> {
  authorize(actor, 'credit_costs.manage');
  const { operationId, variant, rule, effectiveFrom } = order;
  const deed = {
    operation: `createCreditCost:${operationId}`,
    action: 'credit_cost.changed',
    subjectType: 'operation_cost',
    details: {
      operation_id: operationId,
      variant,
      milli_credits_per_unit: rule.milliCreditsPerUnit.toString(),
      effective_from: effectiveFrom?.toISOString() ?? null,
    },
  };
  // System scope: costs belong to no account, and neither does the key of the request.
  return await inTransaction(app, 'system', (tx) =>
    onceByStaff(app, tx, actor, request, deed, async (id) => {
      const createdBy = staffAuthor(actor).id;
      await addCost(tx, app, { id, operationId, variant, effectiveFrom, createdBy, ...rule });
    }),
  );
}
