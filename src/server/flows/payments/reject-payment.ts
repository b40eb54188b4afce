import { appendAudit } from '#server/modules/audit/index.ts';
import { lockPayment } from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyReview } from '../steps/apply-review.ts';
import { claimByStaff, type StaffRequest, staffAuthor } from '../steps/staff-deed.ts';

/** A transfer that has not arrived, and what its payer is told. */
export type RejectPayment = { readonly paymentId: string; readonly reason: string };

/**
 * Rejects a declared transfer that has not arrived. Its invoices stay due and can be paid again.
 *
 * @throws NotFound, TransferNotOpen, IdempotencyKeyReused
 */
export async function rejectPayment(
  app: App,
  actor: Actor,
  order: RejectPayment,
  request: StaffRequest,
): Promise<void> {
  authorize(actor, 'payments.review');
  const { paymentId, reason } = order;
  // System scope: staff belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    const operation = `rejectPayment:${paymentId}`;
    if (!(await claimByStaff(app, tx, actor, request, { operation, resultId: paymentId }))) return;
    const payment = await lockPayment(tx, paymentId);
    const author = staffAuthor(actor);
    await applyReview(app, tx, payment, { decision: 'rejected', reason }, author.id);
    await appendAudit(tx, app, {
      accountId: payment.accountId,
      actor: author,
      action: 'payment.rejected',
      subjectType: 'payment',
      subjectId: paymentId,
      details: { reason, attention: payment.attention },
      requestId: request.requestId,
    });
  });
}
