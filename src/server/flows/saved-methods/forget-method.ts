import { noteForgotten, savedMethodById } from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { keeperOf } from '../steps/sync-method-setup.ts';

/**
 * Makes the gateway forget a method that was removed, once.
 *
 * @throws GatewayUnavailable when the gateway does not answer; the job is tried again
 */
export async function forgetMethod(
  app: App,
  target: { readonly accountId: string; readonly savedMethodId: string },
): Promise<void> {
  const scope = { account: target.accountId };
  const method = await inRead(app, scope, (db) => savedMethodById(db, target.accountId, target.savedMethodId));
  if (method.removedAt === null || method.forgottenAt !== null) return;
  await keeperOf(app, method.gateway).forgetMethod(method.gatewayReference);
  await inTransaction(app, scope, (tx) => noteForgotten(tx, method.id, app.clock.now()));
}
