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
