import type { QueryClient } from '@tanstack/react-query';
import type { AppRouter } from '#web/app/router.tsx';
import { onSessionEnded } from '#web/lib/api.ts';
import { adoptSession, sessionQuery } from '#web/lib/session.ts';

/** Leads to the sign-in page, and from there back, when the server no longer knows the session the pages had. */
export function leaveWhenSessionEnds(router: AppRouter, queryClient: QueryClient): void {
  onSessionEnded(() => {
    const session = queryClient.getQueryData(sessionQuery().queryKey);
    if (session === undefined || session.user === null) return;
    const here = router.state.location.href;
    void adoptSession(queryClient, { ...session, user: null, account: null, accounts: [], permissions: [] }).then(() =>
      router.navigate({ to: '/sign-in', search: { return_to: here, ended: true } }),
    );
  });
}
