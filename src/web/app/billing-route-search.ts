import { type BillingTab, billingTabOf } from '#web/features/billing/billing-search.ts';
import { type StatementSearch, statementSearch } from '#web/features/credits/statement-search.ts';
import { type InvoicesSearch, invoicesSearch } from '#web/features/invoices/invoices-search.ts';

/** The search of Plans & Billing: its tab, and what the list in that tab keeps in the address. */
export type BillingRouteSearch =
  | (StatementSearch & { tab?: 'credits' })
  | (InvoicesSearch & { tab: 'history' })
  | MethodsSearch;

/** The search of the saved payment methods: the setup that somebody comes back from their bank with. */
type MethodsSearch = { tab: 'methods'; setup?: string };

/** Reads the search of Plans & Billing. */
export function billingRouteSearch(search: Record<string, unknown>): BillingRouteSearch {
  const tab: BillingTab = billingTabOf(search);
  if (tab === 'methods') return methodsSearch(search);
  return tab === 'history' ? { ...invoicesSearch(search), tab } : statementSearch(search);
}

function methodsSearch({ setup }: Record<string, unknown>): MethodsSearch {
  return typeof setup === 'string' && setup !== '' ? { tab: 'methods', setup } : { tab: 'methods' };
}
