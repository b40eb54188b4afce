import {
  type Payment,
  PaymentNotRefundable,
  refundableMinor,
  type RefundEffect,
  refundEffect,
  RefundTooLarge,
} from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { assertRefundHolds } from '../steps/assert-refund-holds.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { anyPaymentById } from '../steps/any-payment.ts';
import { refundStanding } from '../steps/refund-standing.ts';

/** What a refund would do, as things stand. Amounts in minor units of the payment's currency. */
export type RefundPreview = {
  readonly payment: Payment;
  readonly effect: RefundEffect;
  readonly refundableMinor: bigint;
  /** Whether staff transfer the money themselves. */
  readonly byHand: boolean;
};

/**
 * What a refund of a payment would do; nothing moves. Without an amount it is about all that can be given back.
 *
 * @throws NotFound, AmountNotGivenBack, PaymentNotRefundable, RefundTooLarge
 */
export async function previewRefund(
  app: App,
  actor: Actor,
  order: { readonly paymentId: string; readonly amountMinor: bigint | null },
): Promise<RefundPreview> {
  authorize(actor, 'payments.read_all');
  // System scope: staff look at payments of any account.
  const { payment, standing } = await inRead(app, 'system', async (db) => {
    const found = await anyPaymentById(db, order.paymentId);
    return { payment: found, standing: await refundStanding(db, found, app.clock.now()) };
  });
  if (order.amountMinor !== null) assertRefundHolds(app, payment, order.amountMinor);
  const mostMinor = refundableMinor(standing);
  if (payment.status !== 'succeeded' || mostMinor === 0n) {
    throw new PaymentNotRefundable(payment.status, standing.disputedMinor > 0n);
  }
  const amountMinor = order.amountMinor ?? mostMinor;
  if (amountMinor > mostMinor) throw new RefundTooLarge(amountMinor, mostMinor, payment.currency);
  return {
    payment,
    effect: refundEffect(standing, amountMinor),
    refundableMinor: mostMinor,
    byHand: gatewayOf(app, payment.gateway).abilities.refunds === 'by_hand',
  };
}
