import { calendarDateIn } from '#shared/time/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import {
  type GatewayMethod,
  lockSavedMethods,
  noteForgotten,
  renewSavedMethod,
  type SavedMethod,
  savedMethodsOf,
} from '#server/modules/payments/index.ts';
import { system } from '#server/modules/team/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { dropMethod } from './drop-method.ts';
import { keeperOf } from './sync-method-setup.ts';

/**
 * Brings a saved method up to what its gateway says now: a card that its issuer has renewed, or one that was removed in
 * the gateway's own dashboard. Answers a sentence about it.
 *
 * @throws GatewayUnavailable when the gateway does not answer
 */
export async function syncSavedMethod(app: App, known: SavedMethod): Promise<string> {
  if (known.removedAt !== null) return 'The payment method was removed before.';
  const kept = await keeperOf(app, known.gateway).retrieveMethod(known.gatewayReference);
  return await inTransaction(app, { account: known.accountId }, (tx) => apply(app, tx, known, kept));
}

async function apply(app: App, tx: Tx, known: SavedMethod, kept: GatewayMethod | null): Promise<string> {
  const { accountId } = known;
  await lockSavedMethods(tx, accountId);
  const methods = await savedMethodsOf(tx, accountId);
  const method = methods.find((candidate) => candidate.id === known.id);
  if (method === undefined) return 'The payment method was removed before.';
  if (kept === null) {
    await dropMethod(app, tx, method, methods);
    await noteForgotten(tx, method.id, app.clock.now());
    await appendAudit(tx, app, {
      accountId,
      actor: system,
      action: 'saved_method.gone_at_gateway',
      subjectType: 'saved_method',
      subjectId: method.id,
      details: { gateway: method.gateway, method: method.method },
    });
    return 'The gateway keeps the payment method no more.';
  }
  const { timeZone } = await accountById(tx, accountId);
  await renewSavedMethod(tx, method.id, kept, { date: calendarDateIn(app.clock.now(), timeZone), timeZone });
  return 'The payment method is as the gateway knows it.';
}
