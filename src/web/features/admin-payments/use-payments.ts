import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import type { AdminPayment } from './admin-payment.ts';
import { type PaymentsSearch, paymentsQuery } from './payments-search.ts';

const queueAgainMilliseconds = 60_000;

/** The payments an address asks for, page after page. The queue is asked for again every minute: others work on it too. */
export function usePayments(search: PaymentsSearch) {
  const query = paymentsQuery(search);
  return useInfiniteQuery({
    ...cursorListQuery<AdminPayment>(['listAllPayments', query], ({ cursor, signal }) =>
      api('listAllPayments', { query: { ...query, ...(cursor === undefined ? {} : { cursor }) }, signal }),
    ),
    enabled: search.view !== 'disputes',
    placeholderData: keepPreviousData,
    ...(search.view === undefined ? { refetchInterval: queueAgainMilliseconds } : {}),
  });
}
