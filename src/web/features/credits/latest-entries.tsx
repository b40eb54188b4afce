import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import classes from './credits.module.css';
import { EntryCard } from './entry-card.tsx';

const shownEntries = 8;

/** The newest entries of the statement, each with its reason behind it. */
export function LatestEntries({ onExplain }: { onExplain: (entryId: string) => void }) {
  const texts = useTexts().playground;
  const entries = useQuery(endpointQuery('getCreditStatement', { query: { limit: shownEntries } }));
  return (
    <Section
      title={texts.latest}
      description={texts.latestDetail}
      actions={
        <TextLink to="/account/billing" size="sm">
          {texts.fullStatement}
        </TextLink>
      }
    >
      {entries.isPending && <LinesSkeleton lines={4} />}
      {entries.isError && <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.nothingYet}
        </Text>
      )}
      <ul className={classes['lots']}>
        {entries.data?.data.map((entry) => (
          <li key={entry.id}>
            <EntryCard entry={entry} onExplain={onExplain} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
