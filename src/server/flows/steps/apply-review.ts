import { noteFailedAttempt, waitForTransfer } from '#server/modules/invoices/index.ts';
import {
  insertReview,
  invoicesOfPayment,
  isWithStaff,
  type Payment,
  transferOf,
  TransferNotOpen,
  transitionPayment,
  unflagPayment,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { settleInvoice } from './settle-invoice.ts';
import { tellOfTransfer } from './tell-of-transfer.ts';

/** What staff say of a transfer: what arrived, in minor units, or why it was not accepted. */
export type Verdict =
  | { readonly decision: 'approved'; readonly amountMinor: bigint; readonly note: string | null }
  | { readonly decision: 'rejected'; readonly reason: string };

const dayMs = 24 * 60 * 60_000;

/**
 * Moves a locked transfer on the word of staff, which is what a gateway's answer is to other payments. What arrived goes
 * to its invoices in their order; less than was asked leaves the rest due, and more stays with the last one, where it is
 * flagged. A rejected one leaves its invoices the time to be paid another way.
 *
 * @throws TransferNotOpen
 */
export async function applyReview(
  app: App,
  tx: Tx,
  payment: Payment,
  verdict: Verdict,
  reviewedBy: string | null,
): Promise<void> {
  const now = app.clock.now();
  if (!isDecidable(app, payment, verdict)) throw new TransferNotOpen(payment);
  if (verdict.decision === 'approved') {
    const { decision, amountMinor, note } = verdict;
    await insertReview(tx, payment, { decision, amountMinor, reason: null, note, reviewedAt: now, reviewedBy });
    // Whoever approves has looked at what it was flagged for.
    await unflagPayment(tx, payment.id);
    const answer = { reference: null, methodDetails: null, lastError: null, receivedMinor: amountMinor };
    await transitionPayment(tx, app, payment, 'succeeded', 'staff', answer);
    await settleInOrder(app, tx, payment, amountMinor);
    await tellOfTransfer(app, tx, payment, 'manual_payment_approved');
    return;
  }
  const { decision, reason } = verdict;
  await insertReview(tx, payment, { decision, amountMinor: null, reason, note: null, reviewedAt: now, reviewedBy });
  await unflagPayment(tx, payment.id);
  const lastError = { code: 'transfer_rejected', message: reason, at: now };
  await transitionPayment(tx, app, payment, 'rejected', 'staff', { reference: null, methodDetails: null, lastError });
  const { terms } = await transferOf(tx, payment.id);
  const until = new Date(now.getTime() + terms.expiresAfterDays * dayMs);
  for (const { invoiceId } of await invoicesOfPayment(tx, payment.id)) {
    await noteFailedAttempt(tx, invoiceId, lastError, now);
    await waitForTransfer(tx, invoiceId, until);
  }
  await tellOfTransfer(app, tx, payment, 'manual_payment_rejected');
}

/** Money may arrive after the time of a transfer was over or its payer had given it up: it is booked all the same. */
function isDecidable(app: App, payment: Payment, { decision }: Verdict): boolean {
  if (decision === 'rejected') return payment.status === 'pending_approval';
  const isTransfer = app.gateways.get(payment.gateway)?.abilities.truth === 'staff';
  return isWithStaff(payment.status) || (isTransfer && payment.status === 'canceled');
}

async function settleInOrder(app: App, tx: Tx, payment: Payment, receivedMinor: bigint): Promise<void> {
  const parts = await invoicesOfPayment(tx, payment.id);
  let left = receivedMinor;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const share = isLast || left < part.amountMinor ? left : part.amountMinor;
    left -= share;
    if (share > 0n) await settleInvoice(app, tx, payment, part.invoiceId, share);
  }
}
