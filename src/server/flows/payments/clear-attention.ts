import { appendAudit } from '#server/modules/audit/index.ts';
import { lockPayment, unflagPayment } from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** A payment somebody has looked at, and what they found. */
export type ClearAttention = {
  readonly paymentId: string;
  readonly note: string;
  readonly requestId: string | undefined;
};

/** Takes the flag off a payment and writes down who has looked at it. Without a flag nothing changes. @throws NotFound */
export async function clearAttention(app: App, actor: Actor, order: ClearAttention): Promise<void> {
  authorize(actor, 'payments.review');
  // System scope: staff belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    const payment = await lockPayment(tx, order.paymentId);
    if (payment.attention === null) return;
    await unflagPayment(tx, payment.id);
    await appendAudit(tx, app, {
      accountId: payment.accountId,
      actor: staffAuthor(actor),
      action: 'payment.attention_cleared',
      subjectType: 'payment',
      subjectId: payment.id,
      details: { attention: payment.attention, note: order.note },
      requestId: order.requestId,
    });
  });
}
