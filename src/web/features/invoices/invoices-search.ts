import type { ApiArguments } from '#web/lib/api.ts';
import { calendarDateOf } from '#web/lib/search-values.ts';

type ListQuery = NonNullable<ApiArguments<'listInvoices'>['query']>;

/** A status the list can be filtered by. */
export type InvoiceFilterStatus = NonNullable<ListQuery['status']>;

/** What the address of an invoice list says: the filter, the order, and the invoice whose details are open. */
export type InvoicesSearch = {
  status?: InvoiceFilterStatus;
  /** A part of the number. */
  search?: string;
  /** Issued on this calendar date or later. */
  from?: string;
  /** Issued on this calendar date or earlier. */
  to?: string;
  /** Newest first unless it says otherwise. */
  sort?: 'issued_on';
  /** The invoice in the dialog (`inv_…`). */
  invoice?: string;
};

/** The statuses of the filter, in the order they are offered. */
export const invoiceFilterStatuses = [
  'pending',
  'overdue',
  'paid',
  'void',
  'uncollectible',
  'draft',
] as const satisfies readonly InvoiceFilterStatus[];

/** Reads the address of an invoice list; what it cannot mean is left out. */
export function invoicesSearch(search: Record<string, unknown>): InvoicesSearch {
  const status = invoiceFilterStatuses.find((known) => known === search['status']);
  // The router reads a search made of digits as a number.
  const text = typeof search['search'] === 'number' ? String(search['search']) : search['search'];
  const from = calendarDateOf(search['from']);
  const to = calendarDateOf(search['to']);
  const invoice = search['invoice'];
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof text === 'string' && text.trim() !== '' ? { search: text.slice(0, 40) } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(search['sort'] === 'issued_on' ? { sort: 'issued_on' as const } : {}),
    ...(typeof invoice === 'string' && /^\w{1,64}$/.test(invoice) ? { invoice } : {}),
  };
}

/** The query of the API for an address, without the page. */
export function invoicesQuery(search: InvoicesSearch): ListQuery {
  return {
    sort: search.sort ?? '-issued_on',
    ...(search.status === undefined ? {} : { status: search.status }),
    ...(search.search === undefined ? {} : { search: search.search.trim() }),
    ...(search.from === undefined ? {} : { issued_from: search.from }),
    ...(search.to === undefined ? {} : { issued_to: search.to }),
  };
}

/** Whether an address narrows the list down. */
export function isFiltered(search: InvoicesSearch): boolean {
  return [search.status, search.search, search.from, search.to].some((filter) => filter !== undefined);
}
