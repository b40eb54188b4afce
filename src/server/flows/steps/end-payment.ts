import { isCollectable, isUnderWay, type PaymentCause } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyPaymentState } from './apply-payment-state.ts';
import { gatewayOf } from './ask-gateway.ts';
import { type PaymentTarget, syncWithGateway } from './sync-with-gateway.ts';

/**
 * Ends a payment that has not collected: the gateway is asked first, then told to cancel, and what it answers is
 * applied, which may be that the money came after all. Money on its way is left alone. @throws GatewayUnavailable
 */
export async function endPayment(app: App, target: PaymentTarget, cause: PaymentCause): Promise<void> {
  const { payment } = await syncWithGateway(app, target, cause);
  if (isUnderWay(payment.status) || !isCollectable(payment.status) || payment.gatewayReference === null) return;
  const canceled = await gatewayOf(app, payment.gateway).cancelPayment(payment.gatewayReference);
  await inTransaction(app, { account: target.accountId }, (tx) =>
    applyPaymentState(app, tx, payment.id, canceled, cause),
  );
}
