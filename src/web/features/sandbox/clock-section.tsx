import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Texts } from '#shared/texts/index.ts';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconClock } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { type ApiArguments, type ApiResult, api } from '#web/lib/api.ts';
import { useNow } from '#web/lib/now.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { browserTimeZone, useFormat, useTexts } from '#web/lib/reader.ts';
import { oneMonthAfter } from './sandbox-time.ts';

type Move = ApiArguments<'moveSandboxClock'>['body'];
type Clock = ApiResult<'getSandboxClock'>;

const hourSeconds = 3_600;
const daySeconds = 86_400;

/** The clock of the whole system: what it shows, and forward it goes. */
export function ClockSection() {
  const texts = useTexts().sandbox;
  const format = useFormat();
  const queryClient = useQueryClient();
  const clock = useQuery(endpointQuery('getSandboxClock'));
  const move = useMutation({
    mutationFn: (body: Move) => api('moveSandboxClock', { body }),
    onSuccess: async (moved) => {
      showToast({ tone: 'good', message: texts.clockMoved(format.instant(new Date(moved.now))) });
      // Anything can have fallen due on the way.
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Section title={texts.clockTitle} description={texts.clockLead}>
      {clock.data !== undefined ? (
        <Stack gap="md">
          <ClockFace clock={clock.data} />
          <ClockMoves busy={move.isPending} onMove={(body) => move.mutate(body)} />
          <Text size="sm" c="dimmed" role="status">
            {move.isPending ? texts.clockMoving : ''}
          </Text>
          {move.isError && <ErrorState error={move.error} />}
        </Stack>
      ) : clock.isError ? (
        <ErrorState error={clock.error} onRetry={() => void clock.refetch()} />
      ) : (
        <LinesSkeleton lines={3} />
      )}
    </Section>
  );
}

function ClockFace({ clock }: { clock: Clock }) {
  const texts = useTexts().sandbox;
  const format = useFormat();
  const now = useNow();
  return (
    <Group gap="md" wrap="nowrap">
      <Text span c="dimmed" lh={0}>
        <IconClock size={32} />
      </Text>
      <Stack gap={0}>
        <Text fz="xl" fw={600} className="figures">
          <time dateTime={now.toISOString()}>{format.instant(now)}</time>
        </Text>
        <Text size="sm" c="dimmed">
          {clock.offset_seconds === 0 ? texts.clockInStep : texts.clockAhead(durationText(texts, clock.offset_seconds))}
        </Text>
      </Stack>
    </Group>
  );
}

function ClockMoves({ busy, onMove }: { busy: boolean; onMove: (move: Move) => void }) {
  const texts = useTexts().sandbox;
  const now = useNow();
  const [typed, setTyped] = useState('');
  const target = typed === '' ? null : new Date(typed);
  return (
    <Group gap="sm" align="flex-end">
      <Button variant="default" disabled={busy} onClick={() => onMove({ advance_seconds: hourSeconds })}>
        {texts.clockHour}
      </Button>
      <Button variant="default" disabled={busy} onClick={() => onMove({ advance_seconds: daySeconds })}>
        {texts.clockDay}
      </Button>
      <Button
        variant="default"
        disabled={busy}
        onClick={() => onMove({ advance_to: oneMonthAfter(now).toISOString() })}
      >
        {texts.clockMonth}
      </Button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) onMove({ advance_to: target.toISOString() });
        }}
      >
        <Group gap="sm" align="flex-end">
          <TextInput
            type="datetime-local"
            label={texts.clockTo(browserTimeZone())}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" disabled={busy || target === null}>
            {texts.clockMove}
          </Button>
        </Group>
      </form>
    </Group>
  );
}

/** The two largest units of a duration, such as "30 days 4 hours". */
function durationText(texts: Texts['sandbox'], exactSeconds: number): string {
  const seconds = Math.round(exactSeconds / 60) * 60;
  const parts = [
    { count: Math.floor(seconds / daySeconds), word: texts.days },
    { count: Math.floor((seconds % daySeconds) / hourSeconds), word: texts.hours },
    { count: Math.floor((seconds % hourSeconds) / 60), word: texts.minutes },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return texts.minutes(1);
  return parts
    .slice(0, 2)
    .map(({ count, word }) => word(count))
    .join(' ');
}
