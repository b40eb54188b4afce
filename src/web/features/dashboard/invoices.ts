import { moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';

const recentMax = 5;

/** The newest invoices. */
export function recentInvoicesQuery() {
  return endpointQuery('listInvoices', { query: { limit: recentMax } });
}

/** What the invoice is about in total. */
export function totalOf(invoice: InvoiceSummary) {
  return moneyFromWire(invoice.total, invoice.currency);
}
