import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './credits.module.css';
import { entryDetail, entryTitle, signed, type StatementEntry } from './entry-words.ts';

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
            <Entry entry={entry} onExplain={onExplain} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Entry({ entry, onExplain }: { entry: StatementEntry; onExplain: (entryId: string) => void }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const title = entryTitle(entry, texts);
  const detail = entryDetail(entry, format);
  const onlyHeld = entry.change === 0 && entry.held_change !== 0;
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
      <Stack gap={0} miw={0}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime at={entry.occurred_at} />
          {detail !== null && ` · ${detail}`}
        </Text>
      </Stack>
      <Stack gap={0} align="flex-end">
        <Text size="sm" fw={600} className="figures unbroken">
          {onlyHeld
            ? texts.heldChange(signed(creditsFromWire(entry.held_change), format))
            : signed(creditsFromWire(entry.change), format)}
        </Text>
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-label={texts.whyOf(title)}
          onClick={() => onExplain(entry.id)}
        >
          {texts.why}
        </Anchor>
      </Stack>
    </Group>
  );
}
