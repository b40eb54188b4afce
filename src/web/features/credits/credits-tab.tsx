import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { BalanceCard } from './balance-card.tsx';
import { HoldsSection } from './holds-section.tsx';
import { LotsSection } from './lots-section.tsx';
import { type StatementProps, StatementSection } from './statement-section.tsx';

/** The credits of the account: the balance, where they are, what is on hold, and every change with its reason. */
export function CreditsTab({ alerts, ...statement }: StatementProps & { alerts: ReactNode }) {
  const balance = useQuery(endpointQuery('getCreditBalance'));
  const seesUsage = useIsAllowed('usage.read');
  return (
    <Stack gap="lg">
      {balance.isPending && <CardSkeleton lines={4} />}
      {balance.isError && <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.data !== undefined && (
        <>
          <BalanceCard balance={balance.data} />
          {balance.data.lots.length > 0 && <LotsSection lots={balance.data.lots} />}
          {balance.data.holds.length > 0 && <HoldsSection holds={balance.data.holds} />}
        </>
      )}
      {alerts}
      {seesUsage && <StatementSection {...statement} />}
    </Stack>
  );
}
