import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { endpointQuery } from '#web/lib/query.ts';
import { useSession } from '#web/lib/session.ts';

const tickMilliseconds = 30_000;

/**
 * The present time by the clock of the whole system, twice a minute. In the sandbox that clock can be ahead of the
 * wall; whoever moves it invalidates `['getSandboxClock']`.
 */
export function useNow(): Date {
  const { sandbox } = useSession();
  const clock = useQuery({ ...endpointQuery('getSandboxClock'), enabled: sandbox, staleTime: 60_000 });
  const [wall, setWall] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setWall(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return new Date(wall + (clock.data?.offset_seconds ?? 0) * 1_000);
}
