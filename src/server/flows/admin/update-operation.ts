import { appendAudit } from '#server/modules/audit/index.ts';
import { changeOperation, type Operation } from '#server/modules/catalog/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** What is to be different about an operation; its code stays, and its cost is not its description. */
export type UpdateOperation = {
  readonly id: string;
  readonly changes: Partial<Pick<Operation, 'name' | 'description' | 'unit' | 'isActive'>>;
  readonly requestId: string | undefined;
};

/** Describes an operation anew, or takes it out of use and back. @throws NotFound */
export async function updateOperation(app: App, actor: Actor, order: UpdateOperation): Promise<Operation> {
  authorize(actor, 'credit_costs.manage');
  const { name, description, unit, isActive } = order.changes;
  // System scope: operations belong to no account.
  return await inTransaction(app, 'system', async (tx) => {
    const operation = await changeOperation(tx, app, order.id, order.changes);
    await appendAudit(tx, app, {
      accountId: null,
      actor: staffAuthor(actor),
      action: 'operation.updated',
      subjectType: 'operation',
      subjectId: order.id,
      details: {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(unit === undefined ? {} : { unit }),
        ...(isActive === undefined ? {} : { is_active: isActive }),
      },
      requestId: order.requestId,
    });
    return operation;
  });
}
