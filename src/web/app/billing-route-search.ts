import { type BillingTab, billingTabOf } from '#web/features/billing/billing-search.ts';
import { type InvoicesSearch, invoicesSearch } from '#web/features/invoices/invoices-search.ts';

/** The search of Plans & Billing: its tab, and what the list of invoices in it keeps in the address. */
export type BillingRouteSearch = InvoicesSearch & { tab?: BillingTab };

/** Reads the search of Plans & Billing. */
export function billingRouteSearch(search: Record<string, unknown>): BillingRouteSearch {
  const tab = billingTabOf(search);
  return { ...invoicesSearch(search), ...(tab === 'credits' ? {} : { tab }) };
}
