import { grantCredits } from '#server/modules/credits/index.ts';
import {
  addAmountPaid,
  type InvoiceLine,
  linesOf,
  lockInvoice,
  settleableMinor,
} from '#server/modules/invoices/index.ts';
import {
  allocatePayment,
  flagPayment,
  isCollectable,
  type Payment,
  paymentsOfInvoices,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { queueEmail } from './queue-email.ts';
import { takeBackOwed } from './take-back-owed.ts';

/**
 * What happens when money arrives for an invoice: it is allocated, the invoice is paid, each line is fulfilled, and the
 * receipt is on its way. Called once per payment and invoice, on the payment's first arrival at `succeeded`.
 *
 * @param amountMinor what the payment brings to this invoice, in minor units of its currency
 */
export async function settleInvoice(
  app: App,
  tx: Tx,
  payment: Payment,
  invoiceId: string,
  amountMinor: bigint,
): Promise<void> {
  const invoice = await lockInvoice(tx, payment.accountId, invoiceId);
  const now = app.clock.now();
  const dueMinor = settleableMinor(invoice);
  const allocatedMinor = amountMinor < dueMinor ? amountMinor : dueMinor;
  if (allocatedMinor < amountMinor) {
    // Money for an invoice that no longer waits for it is kept in sight, never booked away, and goes back by itself.
    await flagPayment(
      tx,
      payment.id,
      `more_than_due: ${String(amountMinor - allocatedMinor)} minor units of ${invoice.number ?? invoiceId}`,
    );
    await enqueueJob(app, tx, 'refund-excess', { accountId: payment.accountId, paymentId: payment.id });
  }
  if (allocatedMinor === 0n) return;
  await allocatePayment(tx, payment, invoiceId, allocatedMinor, now);
  await addAmountPaid(tx, invoice, allocatedMinor, now);
  const isPaid = allocatedMinor === dueMinor;
  if (isPaid) {
    for (const line of await linesOf(tx, invoiceId)) await fulfilLine(app, tx, payment, line);
    await takeBackOwed(app, tx, payment, `paid:${invoiceId}`);
    await enqueueJob(app, tx, 'render-invoice', { accountId: payment.accountId, invoiceId, rendition: 'paid' });
    await cancelOthers(app, tx, payment, invoiceId);
  }
  // Of a transfer its payer is told once, by whom it was approved.
  if (app.gateways.get(payment.gateway)?.abilities.truth === 'staff') return;
  await queueEmail(app, tx, {
    template: 'payment_success',
    accountId: payment.accountId,
    recipient: invoice.buyer.email ?? '',
    locale: invoice.buyer.locale,
    reasonKey: `payment_success:${payment.id}:${invoiceId}`,
    data: { invoiceId, paymentId: payment.id },
  });
}

/** Any other payment that could still collect for the paid invoice is ended at its gateway, so that nobody pays twice. */
async function cancelOthers(app: App, tx: Tx, payment: Payment, invoiceId: string): Promise<void> {
  const payments = (await paymentsOfInvoices(tx, [invoiceId])).get(invoiceId) ?? [];
  for (const other of payments) {
    if (other.id === payment.id || !isCollectable(other.status)) continue;
    await enqueueJob(app, tx, 'cancel-payment', { accountId: other.accountId, paymentId: other.id });
  }
}

/** What a paid line brings: its credits, once, whoever settles it. */
async function fulfilLine(app: App, tx: Tx, payment: Payment, line: InvoiceLine): Promise<void> {
  if (line.credits === null) return;
  await grantCredits(tx, app, {
    accountId: payment.accountId,
    kind: 'purchased',
    units: line.credits,
    expiresAt: null,
    sourceType: 'invoice_line',
    sourceId: line.id,
    reasonKey: `invoice_line:${line.id}`,
    actorType: 'system',
    actorId: null,
  });
}
