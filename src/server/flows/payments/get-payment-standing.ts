import { inRead } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { type PaymentStanding, paymentStanding } from '../steps/payment-standing.ts';
import type { PaymentTarget } from '../steps/sync-with-gateway.ts';

/** Where a payment stands, from our rows alone: nothing is asked and nothing moves. @throws NotFound */
export async function getPaymentStanding(app: App, target: PaymentTarget): Promise<PaymentStanding> {
  return await inRead(app, { account: target.accountId }, (db) =>
    paymentStanding(db, target.accountId, target.paymentId),
  );
}
