import { markAnnounced } from '#server/modules/invoices/index.ts';
import {
  countTopUpFailure,
  endTopUp,
  forgetTopUpFailures,
  invoicesOfPayment,
  lockTopUpOfPayment,
  type Payment,
  waitsForPayer,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { tellOfCredits } from './tell-of-credits.ts';

/**
 * Notes what became of a top-up when its payment has moved. A saved method is charged once: whatever is not paid then
 * has failed, is told with the way to finish it, and counts towards the failures after which the auto top-up is switched
 * off. A payment that succeeds after all makes good again.
 */
export async function noteTopUp(app: App, tx: Tx, payment: Payment): Promise<void> {
  const topUp = await lockTopUpOfPayment(tx, payment.id);
  if (topUp === null || topUp.status === 'succeeded') return;
  const now = app.clock.now();
  switch (payment.status) {
    case 'created':
    case 'processing':
    case 'awaiting_transfer':
    case 'pending_approval':
      return;
    case 'succeeded':
      await endTopUp(tx, topUp.id, 'succeeded', now);
      await forgetTopUpFailures(tx, payment.accountId);
      // One package may not be enough; if it is, the next decision is to leave it.
      await enqueueJob(app, tx, 'top-up-credits', { accountId: payment.accountId });
      return;
    case 'requires_payment_method':
    case 'requires_action':
    case 'failed':
    case 'rejected':
    case 'canceled': {
      if (topUp.status === 'failed') return;
      await endTopUp(tx, topUp.id, 'failed', now);
      const switchedOff = await countTopUpFailure(tx, payment.accountId, now);
      // The alert names the invoice's payment already; a second e-mail would ask for the same money.
      for (const part of await invoicesOfPayment(tx, payment.id)) await markAnnounced(tx, part.invoiceId);
      await tellOfCredits(app, tx, payment.accountId, `top_up_failed:${topUp.id}`, {
        kind: 'top_up_failed',
        paymentId: waitsForPayer(payment.status) ? payment.id : null,
        reason: payment.lastError?.code ?? 'not_paid',
        message: payment.lastError?.message ?? '',
        switchedOff,
      });
    }
  }
}
