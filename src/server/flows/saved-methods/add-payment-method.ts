import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { insertMethodSetup, PaymentMethodUnavailable } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotentRequest,
} from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { savableOptions } from '../steps/savable-options.ts';
import { type SyncedSetup, syncMethodSetup } from '../steps/sync-method-setup.ts';

/** What is to be saved: the method of a payment option, `card` or `paypal`. */
export type MethodToSave = {
  readonly method: string;
  readonly request: Pick<IdempotentRequest, 'key' | 'bodyHash'>;
};

/**
 * Starts saving a payment method: the setup is written down, then started at the gateway, where its payer goes on. A
 * repetition under the same key goes on with the same setup.
 *
 * @throws PaymentMethodUnavailable, IdempotencyKeyReused, GatewayUnavailable
 */
export async function addPaymentMethod(app: App, actor: Actor, wanted: MethodToSave): Promise<SyncedSetup> {
  authorize(actor, 'saved_methods.manage');
  const accountId = accountIdOf(actor);
  const request: IdempotentRequest = {
    ...wanted.request,
    owner: `account:${accountId}`,
    operation: 'addPaymentMethod',
  };
  const earlier = await inRead(app, { account: accountId }, (db) => findIdempotentResult(db, request));
  const setupId =
    earlier ??
    (await inTransaction(app, { account: accountId }, (tx) => openSetup(app, tx, actor, wanted.method, request)));
  app.failpoint('setup-committed');
  return await syncMethodSetup(app, { accountId, setupId }, 'payer');
}

async function openSetup(app: App, tx: Tx, actor: Actor, method: string, request: IdempotentRequest): Promise<string> {
  const accountId = accountIdOf(actor);
  const setupId = app.ids.next();
  const claim = await claimIdempotencyKey(tx, { ...request, accountId, resultId: setupId, now: app.clock.now() });
  if (!claim.fresh) return claim.resultId;
  const { country } = await accountById(tx, accountId);
  const options = await savableOptions(app, tx, country);
  const option = options.find((candidate) => candidate.method === method);
  if (option === undefined) {
    throw new PaymentMethodUnavailable(
      method,
      options.map((candidate) => candidate.method),
    );
  }
  const createdBy = actor.type === 'user' ? actor.id : null;
  await insertMethodSetup(tx, app, { id: setupId, accountId, gateway: option.gateway, method, createdBy });
  await appendAudit(tx, app, {
    accountId,
    actor,
    action: 'saved_method.setup_started',
    subjectType: 'method_setup',
    subjectId: setupId,
    details: { gateway: option.gateway, method },
  });
  return setupId;
}
