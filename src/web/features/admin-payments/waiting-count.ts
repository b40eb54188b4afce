import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';

/** So many are counted one by one; beyond that it is enough to know that there are more. */
const countedMax = 20;

const againMilliseconds = 60_000;

/** The query of how many payments wait for approval, asked again every minute. */
export function waitingCountQuery() {
  return queryOptions({
    queryKey: ['listAllPayments', 'waiting', 'count'],
    queryFn: async ({ signal }) => {
      const query = { status: 'pending_approval', sort: 'waiting', limit: countedMax } as const;
      const { data, has_more: isMore } = await api('listAllPayments', { query, signal });
      return { count: data.length, isMore };
    },
    refetchInterval: againMilliseconds,
  });
}
