import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isPayable, isUnderWay } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import type { InvoicesToPay } from './desk-view.ts';
import { invoiceIdsOf } from './purchase-search.ts';

/** Reads the invoices that the address of the page names; those that cannot be paid now are left out. */
export function useInvoicesToPay(named: string) {
  const ids = useMemo(() => invoiceIdsOf(named), [named]);
  const queries = useQueries({
    queries: ids.map((id) => ({ ...endpointQuery('getInvoice', { params: { id } }), staleTime: 2_000 })),
  });
  const read = queries.flatMap(({ data }) => data ?? []);
  const error: unknown = queries.find((query) => query.isError && query.data === undefined)?.error ?? null;
  const payable = read.filter(isPayable);
  const state: InvoicesToPay | null =
    ids.length === 0 ? null : { due: read.length < ids.length ? null : payable.length > 0, error };
  return {
    state,
    invoices: payable,
    /** Invoices the address names that cannot be paid now. */
    leftOut: read.filter((invoice) => !isPayable(invoice)),
    isUnderWay: read.some(isUnderWay),
    retry: () => void Promise.all(queries.map((query) => query.refetch())),
  };
}
