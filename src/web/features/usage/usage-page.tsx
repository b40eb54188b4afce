import { Button, SimpleGrid, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { calendarDateIn } from '#shared/time/index.ts';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconDownload } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { useNow } from '#web/lib/now.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { BreakdownSection } from './breakdown-section.tsx';
import { OverTimeSection } from './over-time-section.tsx';
import { TopOperationsSection } from './top-operations-section.tsx';
import { UsageCards } from './usage-cards.tsx';
import { UsageEmpty } from './usage-empty.tsx';
import { UsageFilters } from './usage-filters.tsx';
import { type UsageSearch, usageQuery } from './usage-search.ts';

/** /account/usage: what the credits were used for, and what the month comes to. */
export function UsagePage() {
  const texts = useTexts().usage;
  const { timeZone } = useFormat();
  const search = useSearch({ from: '/house/account/account/usage' });
  const navigate = useNavigate();
  const query = usageQuery(search, calendarDateIn(useNow(), timeZone));
  const usage = useQuery({
    ...endpointQuery('getUsageAnalytics', { query }),
    placeholderData: keepPreviousData,
  });
  const go = (next: UsageSearch) => void navigate({ to: '/account/usage', search: next, replace: true });
  return (
    <>
      <PageHeader
        title={texts.title}
        actions={
          <Button
            component="a"
            href={endpointUrl('getUsageAnalytics', {}, { ...query, format: 'csv' })}
            download
            variant="default"
            leftSection={<IconDownload />}
          >
            {texts.download}
          </Button>
        }
      />
      <Stack gap="lg">
        <UsageFilters search={search} onSearch={go} days={query} usage={usage.data} />
        {usage.isError && <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />}
        {usage.isPending && <Skeletons />}
        {usage.data !== undefined && !usage.isError && (
          <>
            <UsageCards usage={usage.data} />
            {usage.data.totals.events === 0 ? (
              <UsageEmpty search={search} onSearch={go} />
            ) : (
              <>
                <OverTimeSection usage={usage.data} />
                <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
                  <BreakdownSection usage={usage.data} />
                  <TopOperationsSection usage={usage.data} />
                </SimpleGrid>
              </>
            )}
          </>
        )}
      </Stack>
    </>
  );
}

function Skeletons() {
  return (
    <>
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'sm', xs: 'lg' }}>
        {['used', 'average', 'most', 'projected'].map((card) => (
          <CardSkeleton key={card} />
        ))}
      </SimpleGrid>
      <CardSkeleton lines={8} />
    </>
  );
}
