import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CreditCount } from '#web/components/credit-count.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { runwayOf } from './runway.ts';
import type { ApiResult } from '#web/lib/api.ts';

/** How many credits the account has left. */
export function CreditsCard() {
  const { dashboard: texts } = useTexts();
  const balance = useQuery(endpointQuery('getCreditBalance'));
  return (
    <Section title={texts.creditsAvailable}>
      {balance.isPending && <LinesSkeleton lines={2} />}
      {balance.isError && <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.data !== undefined && <Balance balance={balance.data} />}
    </Section>
  );
}

function Balance({ balance }: { balance: ApiResult<'getCreditBalance'> }) {
  const { dashboard: texts } = useTexts();
  const format = useFormat();
  const seesUsage = useIsAllowed('usage.read');
  const available = creditsFromWire(balance.available);
  const held = creditsFromWire(balance.held);
  return (
    <>
      <Text component="p" fz={36} fw={650} lh={1.15}>
        <CreditCount units={available} />
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {available === 0n && held === 0n ? texts.creditsNone : texts.creditsReady}
        {held > 0n && ` ${texts.creditsHeld(format.credits(held))}`}
        {seesUsage && available > 0n && <Runway available={balance.available} />}
      </Text>
    </>
  );
}

/** How long the credits last at the current pace, once there is one. */
function Runway({ available }: { available: number }) {
  const { dashboard: texts } = useTexts();
  const format = useFormat();
  const { data } = useQuery(endpointQuery('getUsageAnalytics'));
  if (data === undefined) return null;
  const runway = runwayOf(available, data.cards.projected_month.pace.milli_credits);
  if (runway === null) return null;
  const words =
    runway === 'over_a_year'
      ? texts.lastsLong
      : runway === 0
        ? texts.lastsShort
        : texts.lasts(format.count(runway), runway === 1);
  return (
    <>
      {' '}
      <TextLink to="/account/usage" inherit underline="always">
        {words}
      </TextLink>
    </>
  );
}
