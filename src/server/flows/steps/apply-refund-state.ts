import { accountById } from '#server/modules/accounts/index.ts';
import { lotSharesOf, openBooks, reinstateCredits } from '#server/modules/credits/index.ts';
import { type Invoice, issueCreditNote, lockInvoice, voidCreditNotes } from '#server/modules/invoices/index.ts';
import {
  flagPayment,
  invoicesOfRefund,
  lockRefund,
  type Payment,
  type Refund,
  type RefundAnswer,
  transitionRefund,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { queueEmail } from './queue-email.ts';

/**
 * Applies what is known about a refund: the one place where a refund moves, whoever asked. The payment is locked. On the
 * first arrival at `succeeded` the credit notes are issued and the customer is told; one that fails gives everything
 * back. Call it last: credit notes take their numbers. Answers the refund as it then is.
 */
export async function applyRefundState(
  app: App,
  tx: Tx,
  payment: Payment,
  refundId: string,
  answer: RefundAnswer,
): Promise<Refund> {
  const refund = await lockRefund(tx, payment.accountId, refundId);
  const moved = await transitionRefund(tx, app, refund, answer);
  if (moved && answer.status === 'failed') await undoRefund(app, tx, refund, answer.failure);
  if (moved && answer.status === 'succeeded') await completeRefund(app, tx, refund);
  return await lockRefund(tx, payment.accountId, refundId);
}

/** The money is on its way for good: each invoice it corrects gets a credit note. */
async function completeRefund(app: App, tx: Tx, refund: Refund): Promise<void> {
  const { accountId } = refund;
  const notes: { id: string; invoice: Invoice; amountMinor: bigint }[] = [];
  for (const part of await invoicesOfRefund(tx, refund.id)) {
    const invoice = await lockInvoice(tx, accountId, part.invoiceId);
    notes.push({ id: app.ids.next(), invoice, amountMinor: part.amountMinor });
  }
  for (const note of notes) await enqueueJob(app, tx, 'render-credit-note', { accountId, creditNoteId: note.id });
  // Who disputes a payment has the money from the bank, and knows.
  if (refund.origin !== 'dispute') {
    const account = await accountById(tx, accountId);
    await queueEmail(app, tx, {
      template: 'refund_issued',
      accountId,
      recipient: account.billingEmail,
      locale: account.locale,
      reasonKey: `refund_issued:${refund.id}`,
      data: { refundId: refund.id, paymentId: refund.paymentId },
    });
  }
  for (const note of notes) {
    await issueCreditNote(tx, app, { ...note, refundId: refund.id, reason: refund.reason });
  }
}

/** The money stays, so the credits come back, what was corrected is void, and a person has to look at it. */
async function undoRefund(app: App, tx: Tx, refund: Refund, failure: string | null): Promise<void> {
  const lots = await lotSharesOf(tx, refund.accountId, `clawback:${refund.id}`);
  if (lots.length > 0) {
    await reinstateCredits(tx, app, await openBooks(tx, app, refund.accountId), {
      reasonKey: `reinstatement:${refund.id}`,
      lots,
      details: { refund_id: refund.id, payment_id: refund.paymentId },
      actor: { type: 'system', id: null },
    });
  }
  await voidCreditNotes(tx, refund.id, 'The refund did not go through.', app.clock.now());
  await flagPayment(tx, refund.paymentId, `refund_failed: ${failure ?? 'the gateway gave no reason'}`);
}
