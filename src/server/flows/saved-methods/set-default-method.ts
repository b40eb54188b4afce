import { appendAudit } from '#server/modules/audit/index.ts';
import {
  lockSavedMethods,
  makeDefaultMethod,
  type SavedMethod,
  savedMethodById,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';

/** Makes a saved method the one that is charged when nobody says which. @throws NotFound */
export async function setDefaultMethod(
  app: App,
  actor: Actor,
  savedMethodId: string,
  requestId: string,
): Promise<SavedMethod> {
  authorize(actor, 'saved_methods.manage');
  const accountId = accountIdOf(actor);
  return await inTransaction(app, { account: accountId }, async (tx) => {
    await lockSavedMethods(tx, accountId);
    const method = await savedMethodById(tx, accountId, savedMethodId);
    if (method.removedAt !== null) throw new NotFound('saved payment method');
    if (method.isDefault) return method;
    await makeDefaultMethod(tx, accountId, method.id);
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'saved_method.made_default',
      subjectType: 'saved_method',
      subjectId: method.id,
      details: { gateway: method.gateway, method: method.method },
      requestId,
    });
    return { ...method, isDefault: true };
  });
}
