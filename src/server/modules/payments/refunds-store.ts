import { mayBecome } from '#shared/state/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { nextCheckAt, type Payment } from './payment.ts';
import type { Refund, RefundOrigin } from './refund.ts';
import type { RefundEffect } from './refund-effect.ts';
import { type RefundStatus, refundStates } from './refund-states.ts';

/** A refund to be written down, before its gateway is called when it is one of ours. */
export type NewRefund = {
  readonly id: string;
  readonly origin: RefundOrigin;
  readonly reason: string | null;
  readonly requestedBy: string | null;
  /** Its name at the gateway, when the gateway made it. */
  readonly gatewayReference: string | null;
};

/**
 * Writes a refund down as pending, with what it corrects, and counts it on the payment at once. The payment is locked,
 * and the effect was decided under that lock; the database refuses more than the payment brought.
 */
export async function createRefund(
  tx: Tx,
  source: Source,
  payment: Payment,
  refund: NewRefund,
  effect: RefundEffect,
): Promise<void> {
  const now = source.clock.now();
  await tx
    .insertInto('refunds')
    .values({
      id: refund.id,
      account_id: payment.accountId,
      payment_id: payment.id,
      amount_minor: effect.amountMinor,
      currency: payment.currency,
      status: 'pending',
      origin: refund.origin,
      gateway: payment.gateway,
      gateway_reference: refund.gatewayReference,
      reason: refund.reason,
      requested_by: refund.requestedBy,
      credits_taken_back: effect.creditsTakenBack,
      created_at: now,
      check_due_at: nextCheckAt(now, 0),
      checks: 0,
    })
    .execute();
  if (effect.parts.length > 0) {
    await tx
      .insertInto('refund_invoices')
      .values(
        effect.parts.map((part) => ({
          refund_id: refund.id,
          invoice_id: part.invoiceId,
          account_id: payment.accountId,
          amount_minor: part.amountMinor,
        })),
      )
      .execute();
  }
  await countOnPayment(tx, payment.id, effect.amountMinor);
}

/** What a refund's row learns when somebody knows how it stands. */
export type RefundAnswer = {
  readonly status: RefundStatus;
  /** Its name at the gateway, once it has one. */
  readonly reference: string | null;
  readonly failure: string | null;
};

/**
 * Moves a locked refund along its state table; its payment is locked too. A state that is already there, or one the table
 * has no way to, is an older answer: nothing moves and the result is false. One that fails no longer counts on the
 * payment.
 */
export async function transitionRefund(tx: Tx, source: Source, refund: Refund, answer: RefundAnswer): Promise<boolean> {
  const now = source.clock.now();
  const moves = refund.status !== answer.status && mayBecome<RefundStatus>(refundStates, refund.status, answer.status);
  const status = moves ? answer.status : refund.status;
  await tx
    .updateTable('refunds')
    .set({
      status,
      ...(answer.reference === null ? {} : { gateway_reference: answer.reference }),
      check_due_at: status === 'pending' ? nextCheckAt(now, refund.checks) : null,
      ...(moves && status === 'succeeded' ? { succeeded_at: now } : {}),
      ...(moves && status === 'failed' ? { failed_at: now, failure: answer.failure, credits_taken_back: 0n } : {}),
    })
    .where('id', '=', refund.id)
    .execute();
  if (moves && status === 'failed') await countOnPayment(tx, refund.paymentId, -refund.amountMinor);
  return moves;
}

/** Puts the next question about a refund off, after one that brought nothing new. */
export async function postponeRefundCheck(tx: Tx, source: Source, refund: Refund): Promise<void> {
  await tx
    .updateTable('refunds')
    .set({ checks: refund.checks + 1, check_due_at: nextCheckAt(source.clock.now(), refund.checks + 1) })
    .where('id', '=', refund.id)
    .where('check_due_at', 'is not', null)
    .execute();
}

async function countOnPayment(tx: Tx, paymentId: string, amountMinor: bigint): Promise<void> {
  await tx
    .updateTable('payments')
    .set((of) => ({ refunded_minor: of('refunded_minor', '+', amountMinor) }))
    .where('id', '=', paymentId)
    .execute();
}
