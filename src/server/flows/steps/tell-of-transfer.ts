import { accountById } from '#server/modules/accounts/index.ts';
import { sellerOf } from '#server/modules/invoices/index.ts';
import { invoicesOfPayment, type Payment } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import type { transferTemplates } from './compose-transfer-email.ts';
import { queueEmail } from './queue-email.ts';

/** E-mails that carry the invoice. */
const withInvoice = new Set<string>(['manual_payment_instructions', 'manual_payment_approved']);

/**
 * Tells of a transfer by e-mail, once per payment and template: its payer, and of one that waits for a review whoever
 * reads the seller's mail.
 */
export async function tellOfTransfer(
  app: App,
  tx: Tx,
  payment: Payment,
  template: (typeof transferTemplates)[number],
): Promise<void> {
  const [part] = await invoicesOfPayment(tx, payment.id);
  const isForStaff = template === 'proof_received';
  const account = await accountById(tx, payment.accountId);
  await queueEmail(app, tx, {
    template,
    accountId: payment.accountId,
    recipient: isForStaff ? (await sellerOf(tx)).email : account.billingEmail,
    locale: isForStaff ? 'en' : account.locale,
    reasonKey: `${template}:${payment.id}`,
    data: {
      paymentId: payment.id,
      ...(part !== undefined && withInvoice.has(template) ? { invoiceId: part.invoiceId } : {}),
    },
  });
}
