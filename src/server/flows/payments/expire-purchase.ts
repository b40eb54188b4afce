import { amountDueMinor, lockInvoice, postponeDeadline, voidInvoice } from '#server/modules/invoices/index.ts';
import { isCollectable, paymentsOfInvoices } from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { endPayment } from '../steps/end-payment.ts';

/**
 * Ends a purchase that was never paid: its payment is canceled at the gateway first, and only when the gateway agrees
 * that no money can come any more is the invoice voided. It keeps its number. A payment that turns out to have succeeded
 * settles the invoice instead.
 */
export async function expirePurchase(
  app: App,
  invoice: { readonly id: string; readonly accountId: string },
): Promise<void> {
  const scope = { account: invoice.accountId };
  const open = await inRead(app, scope, async (db) => {
    const payments = (await paymentsOfInvoices(db, [invoice.id])).get(invoice.id) ?? [];
    return payments.filter((payment) => isCollectable(payment.status));
  });
  for (const payment of open) await endPayment(app, { accountId: invoice.accountId, paymentId: payment.id }, 'expiry');
  await inTransaction(app, scope, async (tx) => {
    const current = await lockInvoice(tx, invoice.accountId, invoice.id);
    if (amountDueMinor(current) !== current.totalMinor) return;
    const payments = (await paymentsOfInvoices(tx, [invoice.id])).get(invoice.id) ?? [];
    if (payments.some((payment) => isCollectable(payment.status))) {
      await postponeDeadline(tx, invoice.id, 'expires_at', app.clock.now());
      return;
    }
    await voidInvoice(tx, invoice.id, 'The purchase was not paid in time.', app.clock.now());
  });
}
