import {
  type Dispute,
  type GatewayDispute,
  lockPayment,
  type Payment,
  paymentByReference,
} from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyDisputeState } from './apply-dispute-state.ts';
import { gatewayOf } from './ask-gateway.ts';
import { syncWithGateway } from './sync-with-gateway.ts';

/**
 * Brings a dispute up to what its gateway says: asks outside any transaction and applies the answer in one. Answers the
 * dispute, or null when the gateway knows none of that name or it is about no payment of ours.
 *
 * @throws GatewayUnavailable
 */
export async function syncDispute(app: App, gateway: string, reference: string): Promise<Dispute | null> {
  const told = await gatewayOf(app, gateway).retrieveDispute(reference);
  if (told === null) return null;
  const payment = await disputedPayment(app, gateway, told);
  if (payment === null) return null;
  return await inTransaction(app, { account: payment.accountId }, async (tx) =>
    applyDisputeState(app, tx, await lockPayment(tx, payment.id), told),
  );
}

/** Money is disputed only once it has come: the payment's own event may be late or lost. */
async function disputedPayment(app: App, gateway: string, told: GatewayDispute): Promise<Payment | null> {
  const payment = await inRead(app, 'system', (db) => paymentByReference(db, gateway, told.paymentReference, null));
  if (payment === null || payment.status === 'succeeded') return payment;
  const synced = await syncWithGateway(app, { accountId: payment.accountId, paymentId: payment.id }, 'webhook');
  return synced.payment;
}
