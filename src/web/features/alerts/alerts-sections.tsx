import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { AlertsSection } from './alerts-section.tsx';
import { AutoTopUpSection } from './auto-top-up-section.tsx';

export type CreditAlerts = ApiResult<'getCreditAlerts'>;
export type AutoTopUp = ApiResult<'getAutoTopUp'>;

/** What the account is told about its credits, and what is bought by itself. */
export function AlertsSections() {
  return useIsAllowed('credit_alerts.read') ? <Sections /> : null;
}

function Sections() {
  const alerts = useQuery(endpointQuery('getCreditAlerts'));
  const topUp = useQuery(endpointQuery('getAutoTopUp'));
  const failed = alerts.isError ? alerts : topUp.isError ? topUp : null;
  return (
    <Stack gap="lg">
      {failed !== null && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {alerts.isPending && <CardSkeleton lines={3} />}
      {alerts.data !== undefined && <AlertsSection alerts={alerts.data} />}
      {topUp.data !== undefined && <AutoTopUpSection topUp={topUp.data} available={alerts.data?.available ?? null} />}
    </Stack>
  );
}
