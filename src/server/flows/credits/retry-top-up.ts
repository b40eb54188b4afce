import { amountDueMinor, lockInvoice, voidInvoice } from '#server/modules/invoices/index.ts';
import {
  invoicesOfPayment,
  isCollectable,
  paymentsOfInvoices,
  unfinishedTopUpPayment,
} from '#server/modules/payments/index.ts';
import { inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { endPayment } from '../steps/end-payment.ts';

/**
 * Tries a top-up anew that the method of before did not pay, now that there is another one to charge: what its payer
 * could still finish is ended at the gateway first, so that nothing is paid twice, and its invoice is voided. Money that
 * came after all settles instead.
 *
 * @throws GatewayUnavailable when the gateway does not answer; the job is tried again
 */
export async function retryTopUp(app: App, accountId: string): Promise<void> {
  const scope = { account: accountId };
  const paymentId = await inRead(app, scope, (db) => unfinishedTopUpPayment(db, accountId));
  if (paymentId !== null) await endPayment(app, { accountId, paymentId }, 'superseded');
  await inTransaction(app, scope, async (tx) => {
    if (paymentId !== null) await voidUnpaid(app, tx, accountId, paymentId);
    await enqueueJob(app, tx, 'top-up-credits', { accountId });
  });
}

async function voidUnpaid(app: App, tx: Tx, accountId: string, paymentId: string): Promise<void> {
  for (const { invoiceId } of await invoicesOfPayment(tx, paymentId)) {
    const invoice = await lockInvoice(tx, accountId, invoiceId);
    const payments = (await paymentsOfInvoices(tx, [invoiceId])).get(invoiceId) ?? [];
    const mayStillBePaid = payments.some((payment) => isCollectable(payment.status));
    if (mayStillBePaid || amountDueMinor(invoice) !== invoice.totalMinor) continue;
    await voidInvoice(tx, invoiceId, 'Another top-up takes its place.', app.clock.now());
  }
}
