import { useQueryClient } from '@tanstack/react-query';

const moved = new Set(['getCreditBalance', 'getCreditStatement', 'getUsageAnalytics', 'explainCreditEntry']);

/** Asks again for everything that shows credits, after some have moved. */
export function useCreditsRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ predicate: ({ queryKey: [name] }) => moved.has(String(name)) });
}
