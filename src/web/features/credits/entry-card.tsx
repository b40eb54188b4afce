import { Anchor, Group, Stack, Text } from '@mantine/core';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { entryDetail, entryTitle, signed, type StatementEntry } from './entry-words.ts';

/** An entry where there is little room: what it is, when, what it changed, and the way to its reason. */
export function EntryCard({ entry, onExplain }: { entry: StatementEntry; onExplain: (entryId: string) => void }) {
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
