import { type ShownState, type Texts } from '#shared/texts/index.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';

/** An invoice as the overview shows it. */
export type InvoiceSummary = ApiResult<'listInvoices'>['data'][number];

const recentMax = 5;

/** The newest invoices. */
export function recentInvoicesQuery() {
  return endpointQuery('listInvoices', { query: { limit: recentMax } });
}

/** The invoice that has waited longest for its payment. */
export function oldestOpenInvoiceQuery() {
  return endpointQuery('listInvoices', { query: { status: 'pending', sort: 'issued_on', limit: 1 } });
}

/** What is left to pay. */
export function amountDueOf(invoice: InvoiceSummary) {
  return moneyFromWire(invoice.amount_due, invoice.currency);
}

/** What the invoice is about in total. */
export function totalOf(invoice: InvoiceSummary) {
  return moneyFromWire(invoice.total, invoice.currency);
}

/** The state people see; the server says whether a pending invoice is overdue. */
export function stateOf(invoice: InvoiceSummary, states: Texts['states']['invoice']): ShownState {
  if (invoice.status === 'pending' && invoice.is_overdue) return states.overdue;
  if (invoice.status === 'pending' && invoice.amount_paid > 0) return states.partially_paid;
  return states[invoice.status];
}
