import { appendAudit } from '#server/modules/audit/index.ts';
import { isChargeable, lockSavedMethods, SavedMethodNeeded, savedMethodsOf } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { dropMethod } from '../steps/drop-method.ts';
import { needsOfDefault } from '../steps/needs-of-default.ts';

/**
 * Removes a saved method. Another one becomes the default if it was that, and the gateway is told to forget it. What
 * something charges by itself is not removed while there is no other to take its place.
 *
 * @throws NotFound, SavedMethodNeeded
 */
export async function removeSavedMethod(
  app: App,
  actor: Actor,
  savedMethodId: string,
  requestId: string,
): Promise<void> {
  authorize(actor, 'saved_methods.manage');
  const accountId = accountIdOf(actor);
  await inTransaction(app, { account: accountId }, async (tx) => {
    await lockSavedMethods(tx, accountId);
    const methods = await savedMethodsOf(tx, accountId);
    const method = methods.find((candidate) => candidate.id === savedMethodId);
    if (method === undefined) throw new NotFound('saved payment method');
    const neededBy = method.isDefault ? await needsOfDefault(tx, accountId) : [];
    const hasOther = methods.some((other) => other.id !== method.id && isChargeable(other, app.gateways));
    if (neededBy.length > 0 && !hasOther) throw new SavedMethodNeeded(neededBy);
    await dropMethod(app, tx, method, methods);
    await enqueueJob(app, tx, 'forget-method', { accountId, savedMethodId: method.id });
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'saved_method.removed',
      subjectType: 'saved_method',
      subjectId: method.id,
      details: { gateway: method.gateway, method: method.method },
      requestId,
    });
  });
}
