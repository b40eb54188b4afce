import { useRouter } from '@tanstack/react-router';
import { safeReturnPath } from '#web/lib/return-path.ts';
import { type Session, useAdoptSession } from '#web/lib/session.ts';

/** Takes over the session of somebody who has just signed in, and goes where they wanted to go. */
export function useEnter(returnTo: string | undefined): (session: Session) => Promise<void> {
  const adopt = useAdoptSession();
  const router = useRouter();
  return async (session) => {
    await adopt(session);
    router.history.push(safeReturnPath(returnTo));
  };
}
