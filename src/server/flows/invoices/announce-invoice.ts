import { lockInvoice, markAnnounced } from '#server/modules/invoices/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueEmail } from '../steps/queue-email.ts';

/** Tells the account of an invoice that is still to be paid, once. */
export async function announceInvoice(
  app: App,
  target: { readonly id: string; readonly accountId: string },
): Promise<void> {
  await inTransaction(app, { account: target.accountId }, async (tx) => {
    const invoice = await lockInvoice(tx, target.accountId, target.id);
    if (invoice.status === 'pending') {
      await queueEmail(app, tx, {
        template: 'invoice_created',
        accountId: invoice.accountId,
        recipient: invoice.buyer.email ?? '',
        locale: invoice.buyer.locale,
        reasonKey: `invoice_created:${invoice.id}`,
        data: { invoiceId: invoice.id },
      });
    }
    await markAnnounced(tx, invoice.id);
  });
}
