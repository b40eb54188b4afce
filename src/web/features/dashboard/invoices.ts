import { moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';

const recentMax = 5;

/** The newest invoices. */
export function recentInvoicesQuery() {
  return endpointQuery('listInvoices', { query: { limit: recentMax } });
}

/** The invoices that have waited longest for their payment. */
export function oldestOpenInvoicesQuery() {
  return endpointQuery('listInvoices', { query: { status: 'pending', sort: 'issued_on', limit: recentMax } });
}

/** What is left to pay. */
export function amountDueOf(invoice: InvoiceSummary) {
  return moneyFromWire(invoice.amount_due, invoice.currency);
}

/** What the invoice is about in total. */
export function totalOf(invoice: InvoiceSummary) {
  return moneyFromWire(invoice.total, invoice.currency);
}
