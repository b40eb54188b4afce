import type { ShownInvoiceState } from '#shared/texts/index.ts';
import type { ApiResult } from '#web/lib/api.ts';

/** An invoice as lists show it. */
export type InvoiceSummary = ApiResult<'listInvoices'>['data'][number];

/** An invoice with its lines, parties and payments. */
export type Invoice = ApiResult<'getInvoice'>;

/** The state people see; the server says whether a pending invoice is overdue, by the seller's date. */
export function invoiceState(invoice: InvoiceSummary): ShownInvoiceState {
  if (invoice.status !== 'pending') return invoice.status;
  if (invoice.is_overdue) return 'overdue';
  return invoice.amount_paid > 0 ? 'partially_paid' : 'pending';
}

/** Whether the money of an open payment is on its way or being looked for, so that its payer only waits. */
export function isUnderWay(invoice: InvoiceSummary): boolean {
  return invoice.open_payment_status === 'processing' || invoice.open_payment_status === 'pending_approval';
}

/** Invoices that one payment can pay. */
export const invoicesAtOnceMax = 20;

/** Whether an invoice can be paid now: something is due on it, and no money is on its way. */
export function isPayable(invoice: InvoiceSummary): boolean {
  return invoice.status === 'pending' && invoice.amount_due > 0 && !isUnderWay(invoice);
}
