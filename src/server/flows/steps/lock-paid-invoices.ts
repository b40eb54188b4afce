import { lockInvoice } from '#server/modules/invoices/index.ts';
import { allocationsOfPayment, type Payment } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

/**
 * Locks what a payment has paid, after the payment and before the books, as everybody does: two payments of one invoice
 * are then given back, disputed and settled one after the other.
 */
export async function lockPaidInvoices(tx: Tx, payment: Payment): Promise<void> {
  for (const part of await allocationsOfPayment(tx, payment.id)) {
    await lockInvoice(tx, payment.accountId, part.invoiceId);
  }
}
