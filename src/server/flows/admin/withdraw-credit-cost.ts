import { appendAudit } from '#server/modules/audit/index.ts';
import { withdrawCost } from '#server/modules/catalog/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** Takes back a cost that is scheduled and not in force yet. @throws CostNotScheduled, NotFound */
export async function withdrawCreditCost(
  app: App,
  actor: Actor,
  order: { readonly id: string; readonly requestId: string | undefined },
): Promise<void> {
  authorize(actor, 'credit_costs.manage');
  const author = staffAuthor(actor);
  // System scope: costs belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    await withdrawCost(tx, app, order.id, author.id);
    await appendAudit(tx, app, {
      accountId: null,
      actor: author,
      action: 'credit_cost.withdrawn',
      subjectType: 'operation_cost',
      subjectId: order.id,
      details: {},
      requestId: order.requestId,
    });
  });
}
