import { appendAudit, type AuditActor } from '#server/modules/audit/index.ts';
import { type LedgerActor, openBooks, takeBackCredits } from '#server/modules/credits/index.ts';
import {
  createRefund,
  type NewRefund,
  type Payment,
  PaymentNotRefundable,
  RefundChanged,
  refundableMinor,
  type RefundEffect,
  refundEffect,
  RefundTooLarge,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { lockPaidInvoices } from './lock-paid-invoices.ts';
import { refundStanding } from './refund-standing.ts';

/** A refund to be made of a payment. */
export type RefundOrder = NewRefund & {
  /** Minor units; null for all that can be given back. */
  readonly amountMinor: bigint | null;
  /** Refused when it would take back another number of credits; null takes whatever there is. */
  readonly expectedTakenBack: bigint | null;
  readonly actor: AuditActor & LedgerActor;
  readonly requestId: string | undefined;
};

/**
 * Writes a refund down before anybody is asked for the money: it counts on the payment, and the credits it takes back
 * leave in the same transaction, so that they cannot be spent while the money is on its way. The payment is locked.
 *
 * @throws PaymentNotRefundable, RefundTooLarge, RefundChanged
 */
export async function openRefund(app: App, tx: Tx, payment: Payment, order: RefundOrder): Promise<RefundEffect> {
  await lockPaidInvoices(tx, payment);
  const books = await openBooks(tx, app, payment.accountId);
  const standing = await refundStanding(tx, payment, books.now);
  // What a bank or the gateway has given back is gone, whoever disputes the payment.
  const isOurs = order.origin === 'staff' || order.origin === 'automatic';
  const mostMinor = refundableMinor(isOurs ? standing : { ...standing, disputedMinor: 0n });
  if (payment.status !== 'succeeded' || mostMinor === 0n) {
    throw new PaymentNotRefundable(payment.status, standing.disputedMinor > 0n);
  }
  const amountMinor = order.amountMinor ?? mostMinor;
  if (amountMinor > mostMinor) throw new RefundTooLarge(amountMinor, mostMinor, payment.currency);
  const effect = refundEffect(standing, amountMinor);
  if (order.expectedTakenBack !== null && order.expectedTakenBack !== effect.creditsTakenBack) {
    throw new RefundChanged(order.expectedTakenBack, effect.creditsTakenBack);
  }
  await createRefund(tx, app, payment, order, effect);
  const lots = effect.lots.flatMap(({ lotId, takenBack }) => (takenBack > 0n ? [{ lotId, units: takenBack }] : []));
  await takeBackCredits(tx, app, books, {
    reasonKey: `clawback:${order.id}`,
    lots,
    details: { refund_id: order.id, payment_id: payment.id, reason: order.reason },
    actor: order.actor,
    requestId: order.requestId,
  });
  await appendAudit(tx, app, {
    accountId: payment.accountId,
    actor: order.actor,
    action: 'payment.refund_started',
    subjectType: 'payment',
    subjectId: payment.id,
    details: {
      refund: order.id,
      origin: order.origin,
      amount_minor: amountMinor.toString(),
      currency: payment.currency,
      credits_taken_back: effect.creditsTakenBack.toString(),
      reason: order.reason,
    },
    requestId: order.requestId,
  });
  return effect;
}
