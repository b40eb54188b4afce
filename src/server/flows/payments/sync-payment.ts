import type { PaymentCause } from '#server/modules/payments/index.ts';
import type { App } from '../app.ts';
import { type PaymentTarget, type SyncedPayment, syncWithGateway } from '../steps/sync-with-gateway.ts';

export type { SyncedPayment } from '../steps/sync-with-gateway.ts';

/**
 * Brings a payment up to what its gateway says. The return page, the webhooks and the sweep all come here; only `cause`
 * differs.
 *
 * @throws NotFound when the account has no such payment; GatewayUnavailable when the gateway does not answer
 */
export async function syncPayment(app: App, target: PaymentTarget, cause: PaymentCause): Promise<SyncedPayment> {
  return await syncWithGateway(app, target, cause);
}
