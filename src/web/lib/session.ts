import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountAction, PlatformAction } from '#shared/contract/access.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';

/** Who is signed in, in which account, and what they may do. */
export type Session = ApiResult<'getSession'>;

/** An account of the signed-in user. */
export type AccountOfUser = NonNullable<Session['account']>;

/** The query of the session; every page waits for it before it is shown. */
export function sessionQuery() {
  return endpointQuery('getSession');
}

/** The session. Only for what is shown below the router, which loads it first. @throws Error before that. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery());
  if (data === undefined) throw new Error('The session is read before the router has loaded it.');
  return data;
}

/** The session as far as it is known; undefined while it is loaded, and when it could not be. */
export function useKnownSession(): Session | undefined {
  return useQuery({ ...sessionQuery(), enabled: false }).data;
}

/** Whether the session may do something. */
export function isAllowed(session: Session, action: AccountAction | PlatformAction): boolean {
  return session.permissions.includes(action);
}

/** Whether the reader may do something, in this account or as staff. */
export function useIsAllowed(action: AccountAction | PlatformAction): boolean {
  return isAllowed(useSession(), action);
}

/** Takes over a session the server has just answered with: everything another session had read is forgotten. */
export async function adoptSession(queryClient: QueryClient, session: Session): Promise<void> {
  await queryClient.cancelQueries();
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'getSession' });
  queryClient.setQueryData(sessionQuery().queryKey, session);
}

/** Asks the server who is signed in, and takes that over. */
export async function refreshSession(queryClient: QueryClient): Promise<Session> {
  return queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 });
}

/** `adoptSession` for components. */
export function useAdoptSession(): (session: Session) => Promise<void> {
  const queryClient = useQueryClient();
  return (session) => adoptSession(queryClient, session);
}
