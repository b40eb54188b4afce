import { appendAudit } from '#server/modules/audit/index.ts';
import { lockPayment } from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { applyReview } from '../steps/apply-review.ts';
import { claimByStaff, type StaffRequest, staffAuthor } from '../steps/staff-deed.ts';

/** A transfer that has arrived. */
export type ApprovePayment = {
  readonly paymentId: string;
  /** What arrived, in minor units of the payment's currency; null for what was asked. */
  readonly amountMinor: bigint | null;
  readonly note: string | null;
};

/**
 * Approves a transfer that has arrived, in full or in part: what is missing stays due. Once, however often and by however
 * many it is approved.
 *
 * @throws NotFound, TransferNotOpen, IdempotencyKeyReused
 */
export async function approvePayment(
  app: App,
  actor: Actor,
  order: ApprovePayment,
  request: StaffRequest,
): Promise<void> {
  authorize(actor, 'payments.review');
  const { paymentId, note } = order;
  if (order.amountMinor !== null && order.amountMinor <= 0n) {
    const errors = [{ pointer: '/body/amount', message: 'must be more than nothing' }];
    throw new DomainError('validation_failed', '/body/amount must be more than nothing.', { errors });
  }
  // System scope: staff belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    const operation = `approvePayment:${paymentId}`;
    if (!(await claimByStaff(app, tx, actor, request, { operation, resultId: paymentId }))) return;
    const payment = await lockPayment(tx, paymentId);
    const author = staffAuthor(actor);
    const amountMinor = order.amountMinor ?? payment.amountMinor;
    await applyReview(app, tx, payment, { decision: 'approved', amountMinor, note }, author.id);
    await appendAudit(tx, app, {
      accountId: payment.accountId,
      actor: author,
      action: 'payment.approved',
      subjectType: 'payment',
      subjectId: paymentId,
      details: {
        amount_minor: amountMinor.toString(),
        asked_minor: payment.amountMinor.toString(),
        currency: payment.currency,
        attention: payment.attention,
        note,
      },
      requestId: request.requestId,
    });
  });
}
