import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { type Invoice, type InvoiceLine, invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import { invoicesOfPayment, type Payment, paymentById, paymentsOfInvoices } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/** Where a payment stands: what it is for and what it has brought, from the rows alone. */
export type PaymentStanding = {
  readonly payment: Payment;
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  readonly payments: readonly Payment[];
  /** Credits the invoice brings when paid, and what the account has to spend now. */
  readonly credits: bigint;
  readonly creditsAvailable: bigint;
};

/** Reads where a payment of the account stands. @throws NotFound */
export async function paymentStanding(db: Db, accountId: string, paymentId: string): Promise<PaymentStanding> {
  const payment = await paymentById(db, accountId, paymentId);
  const [part] = await invoicesOfPayment(db, payment.id);
  if (part === undefined) throw new Error(`Payment ${payment.id} is for nothing.`);
  const invoice = await invoiceById(db, accountId, part.invoiceId);
  const lines = await linesOf(db, invoice.id);
  const balance = await creditBalanceOf(db, accountId);
  return {
    payment,
    invoice,
    lines,
    payments: (await paymentsOfInvoices(db, [invoice.id])).get(invoice.id) ?? [],
    credits: lines.reduce((sum, line) => sum + (line.credits ?? 0n), 0n),
    creditsAvailable: balance.available,
  };
}
