import {
  addCost,
  createOperation as insertOperation,
  type CostRule,
  type OperationText,
} from '#server/modules/catalog/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { onceByStaff, type StaffRequest, staffAuthor } from '../steps/staff-deed.ts';

/** An operation with its first cost. */
export type CreateOperation = { readonly text: OperationText; readonly variant: string; readonly rule: CostRule };

/** Adds an operation with its first cost, in force now. Answers its id. @throws OperationCodeTaken, IdempotencyKeyReused */
export async function createOperation(
  app: App,
  actor: Actor,
  order: CreateOperation,
  request: StaffRequest,
): Promise<string> {
  authorize(actor, 'credit_costs.manage');
  const { text, variant, rule } = order;
  const deed = {
    operation: 'createOperation',
    action: 'operation.created',
    subjectType: 'operation',
    details: { code: text.code, variant, milli_credits_per_unit: rule.milliCreditsPerUnit.toString() },
  };
  // System scope: operations belong to no account, and neither does the key of the request.
  return await inTransaction(app, 'system', (tx) =>
    onceByStaff(app, tx, actor, request, deed, async (operationId) => {
      await insertOperation(tx, app, operationId, text);
      const createdBy = staffAuthor(actor).id;
      await addCost(tx, app, { id: app.ids.next(), operationId, variant, effectiveFrom: null, createdBy, ...rule });
    }),
  );
}
