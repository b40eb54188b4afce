import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import type { InvoicesToPay } from './desk-view.ts';
import { invoiceIdsOf } from './purchase-search.ts';

/** Reads the invoices that the address of the page names; those with nothing due are left out. */
export function useInvoicesToPay(named: string) {
  const ids = useMemo(() => invoiceIdsOf(named), [named]);
  const queries = useQueries({
    queries: ids.map((id) => ({ ...endpointQuery('getInvoice', { params: { id } }), staleTime: 2_000 })),
  });
  const read = queries.flatMap(({ data }) => data ?? []);
  const error: unknown = queries.find((query) => query.isError && query.data === undefined)?.error ?? null;
  const due = read.filter(isDue);
  const state: InvoicesToPay | null =
    ids.length === 0 ? null : { due: read.length < ids.length ? null : due.length > 0, error };
  return {
    state,
    invoices: due,
    /** Invoices the address names on which nothing is due any more. */
    settled: read.filter((invoice) => !isDue(invoice)),
    retry: () => void Promise.all(queries.map((query) => query.refetch())),
  };
}

function isDue(invoice: InvoiceSummary): boolean {
  return invoice.status === 'pending' && invoice.amount_due > 0;
}
