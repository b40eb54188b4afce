import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { type Invoice, type InvoiceLine, invoiceById, linesOfInvoices } from '#server/modules/invoices/index.ts';
import {
  invoicesOfPayment,
  type Payment,
  paymentById,
  paymentsOfInvoices,
  type Transfer,
  transfersOf,
} from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/** An invoice with its lines and every payment of it. */
export type InvoiceStanding = {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  readonly payments: readonly Payment[];
};

/** Where a payment stands: what it is for and what it has brought, from the rows alone. The first invoice is the oldest. */
export type PaymentStanding = InvoiceStanding & {
  readonly payment: Payment;
  /** What is known of it as a transfer; null for every other payment. */
  readonly transfer: Transfer | null;
  /** All that it is for. */
  readonly invoices: readonly InvoiceStanding[];
  /** Credits the invoices bring when paid, and what the account has to spend now. */
  readonly credits: bigint;
  readonly creditsAvailable: bigint;
};

/** Reads where a payment of the account stands. @throws NotFound */
export async function paymentStanding(db: Db, accountId: string, paymentId: string): Promise<PaymentStanding> {
  const payment = await paymentById(db, accountId, paymentId);
  const ids = (await invoicesOfPayment(db, payment.id)).map((part) => part.invoiceId);
  const lines = await linesOfInvoices(db, ids);
  const payments = await paymentsOfInvoices(db, ids);
  const invoices: InvoiceStanding[] = [];
  for (const id of ids) {
    const invoice = await invoiceById(db, accountId, id);
    invoices.push({ invoice, lines: lines.get(id) ?? [], payments: payments.get(id) ?? [] });
  }
  const [first] = invoices;
  if (first === undefined) throw new Error(`Payment ${payment.id} is for nothing.`);
  const balance = await creditBalanceOf(db, accountId);
  return {
    ...first,
    payment,
    transfer: (await transfersOf(db, [payment.id])).get(payment.id) ?? null,
    invoices,
    credits: invoices.flatMap((each) => each.lines).reduce((sum, line) => sum + (line.credits ?? 0n), 0n),
    creditsAvailable: balance.available,
  };
}
