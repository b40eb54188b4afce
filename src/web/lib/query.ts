import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import type { EndpointName } from '#shared/contract/routes.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { type ApiRest, callEndpoint } from '#web/lib/api.ts';

const freshForMilliseconds = 20_000;
const retriesMax = 2;

/** The one cache of what the server said. Refusals are not asked again; silence and server errors are, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshForMilliseconds,
        retry: (failures, error) => failures < retriesMax && !(error instanceof ApiProblem && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}

/** The query of an endpoint, under the key `[name, arguments]`; invalidate `[name]` for all of its answers. */
export function endpointQuery<Name extends EndpointName>(name: Name, ...rest: ApiRest<Name>) {
  const [args] = rest;
  return queryOptions({
    queryKey: [name, args ?? {}],
    queryFn: ({ signal }) => callEndpoint(name, { ...args, signal }),
  });
}

/** A page of a list, as every list of the API answers it. */
export type Page<Row> = {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
};

/**
 * The query of a list, page after page. `fetchPage` is given the cursor of the page, undefined for the first; `key`
 * starts with the endpoint's name and names everything `fetchPage` depends on.
 */
export function cursorListQuery<Row>(
  key: readonly [EndpointName, ...unknown[]],
  fetchPage: (page: { cursor?: string; signal: AbortSignal }) => Promise<Page<Row>>,
) {
  return infiniteQueryOptions({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam === null ? { signal } : { cursor: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: (last) => (last.has_more ? last.next_cursor : null),
  });
}

const firstPage: string | null = null;
