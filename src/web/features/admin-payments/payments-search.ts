import type { ApiArguments } from '#web/lib/api.ts';
import { publicIdOf } from '#web/lib/search-values.ts';

type ListQuery = NonNullable<ApiArguments<'listAllPayments'>['query']>;

/** A status payments can be filtered by. */
export type PaymentStatus = NonNullable<ListQuery['status']>;

/** What the staff's page of payments shows: what waits for approval unless it says otherwise. */
export type PaymentsView = 'waiting' | 'all' | 'attention' | 'disputes';

/** What the address of the staff's page of payments says: the view, its filters, and the payment that is open. */
export type PaymentsSearch = {
  view?: Exclude<PaymentsView, 'waiting'>;
  status?: PaymentStatus;
  /** The code of a method, such as `bank_transfer`. */
  method?: string;
  /** Payments of this account alone (`acc_…`). */
  account?: string;
  /** A part of an account name, an invoice number, a reference or a transaction id. */
  search?: string;
  /** Of the disputes, those that are over as well. */
  closed?: true;
  /** The payment that is open (`pay_…`). */
  payment?: string;
};

/** The statuses of the filter, in the order they are offered. */
export const filterStatuses = [
  'pending_approval',
  'awaiting_transfer',
  'requires_payment_method',
  'requires_action',
  'processing',
  'succeeded',
  'failed',
  'rejected',
  'canceled',
] as const satisfies readonly PaymentStatus[];

const views = ['all', 'attention', 'disputes'] as const;

/** Reads the address of the page; what it cannot mean is left out. */
export function paymentsSearch(search: Record<string, unknown>): PaymentsSearch {
  const view = views.find((known) => known === search['view']);
  const status = filterStatuses.find((known) => known === search['status']);
  // The router reads a search made of digits as a number.
  const text = typeof search['search'] === 'number' ? String(search['search']) : search['search'];
  const method = search['method'];
  const account = publicIdOf('acc', search['account']);
  const payment = publicIdOf('pay', search['payment']);
  return {
    ...(view === undefined ? {} : { view }),
    ...(status === undefined || view !== 'all' ? {} : { status }),
    ...(typeof method === 'string' && /^[a-z][a-z0-9_]{1,39}$/.test(method) ? { method } : {}),
    ...(account === null ? {} : { account }),
    ...(typeof text === 'string' && text.trim() !== '' ? { search: text.slice(0, 80) } : {}),
    ...(search['closed'] === true && view === 'disputes' ? { closed: true as const } : {}),
    ...(payment === null ? {} : { payment }),
  };
}

/** The query of the API for an address, without the page. Who waits longest comes first in the queue. */
export function paymentsQuery(search: PaymentsSearch): ListQuery {
  return {
    ...viewQuery(search),
    ...(search.method === undefined ? {} : { method: search.method }),
    ...(search.account === undefined ? {} : { account_id: search.account }),
    ...(search.search === undefined ? {} : { search: search.search.trim() }),
  };
}

function viewQuery({ view, status }: PaymentsSearch): ListQuery {
  if (view === undefined) return { status: 'pending_approval', sort: 'waiting' };
  if (view === 'attention') return { attention: 'true', sort: 'newest' };
  return status === undefined ? { sort: 'newest' } : { status, sort: 'newest' };
}

/** Whether an address narrows its view down. */
export function isFiltered({ status, method, account, search }: PaymentsSearch): boolean {
  return [status, method, account, search].some((filter) => filter !== undefined);
}

/** The address of a view, with the filters that every list of payments has. */
export function viewed(search: PaymentsSearch, view: PaymentsView): PaymentsSearch {
  const { method, account, search: text } = search;
  const kept = {
    ...(method === undefined ? {} : { method }),
    ...(account === undefined ? {} : { account }),
    ...(text === undefined ? {} : { search: text }),
  };
  if (view === 'disputes') return { view };
  return view === 'waiting' ? kept : { view, ...kept };
}

/** The address with some of its parts changed; null takes one away. */
export function changed(
  search: PaymentsSearch,
  changes: { [part in keyof PaymentsSearch]?: PaymentsSearch[part] | null },
): PaymentsSearch {
  const next: Record<string, unknown> = { ...search, ...changes };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== undefined));
}
