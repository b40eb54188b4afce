import { Button, Code, NativeSelect, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Column, CursorTable } from '#web/components/cursor-table.tsx';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconInbox, IconRefresh } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import {
  type GatewayEvent,
  type GatewayEventStatus,
  gatewayEventsQuery,
  gatewayEventTones,
  isGatewayEventStatus,
} from './gateway-events.ts';

/** The webhooks the gateways have sent, what became of each, and the way to process one again. */
export function GatewayEventsSection({ status }: { status: GatewayEventStatus | undefined }) {
  const { integration: texts } = useTexts();
  const columns = useColumns();
  const events = useInfiniteQuery(gatewayEventsQuery(status));
  return (
    <Section title={texts.tabEvents} description={texts.eventsDetail} flush actions={<StatusFilter status={status} />}>
      <CursorTable<GatewayEvent>
        label={texts.tabEvents}
        columns={columns}
        rowKey={(event) => event.id}
        query={events}
        empty={
          <EmptyState
            Icon={IconInbox}
            title={texts.noEventsTitle}
            detail={status === undefined ? texts.noEventsDetail : texts.noEventsFiltered}
          />
        }
      />
    </Section>
  );
}

function StatusFilter({ status }: { status: GatewayEventStatus | undefined }) {
  const { integration: texts } = useTexts();
  const navigate = useNavigate();
  return (
    <NativeSelect
      aria-label={texts.eventStatus}
      value={status ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const search = isGatewayEventStatus(chosen) ? { status: chosen } : {};
        void navigate({ to: '/admin/integration', search: { tab: 'events', ...search }, replace: true });
      }}
      data={[
        { value: '', label: texts.eventStatusAll },
        ...Object.keys(gatewayEventTones)
          .filter(isGatewayEventStatus)
          .map((value) => ({ value, label: texts.eventStatuses[value] })),
      ]}
    />
  );
}

function useColumns(): Column<GatewayEvent>[] {
  const { integration: texts, common } = useTexts();
  const format = useFormat();
  const mayReplay = useIsAllowed('gateway_events.replay');
  return [
    { key: 'type', title: texts.event, render: (event) => <EventName event={event} /> },
    {
      key: 'status',
      title: texts.eventStatus,
      render: (event) => (
        <StatusBadge state={{ word: texts.eventStatuses[event.status], tone: gatewayEventTones[event.status] }} />
      ),
    },
    {
      key: 'outcome',
      title: texts.outcome,
      render: (event) => (
        <Text span size="sm" {...(event.outcome === null ? { c: 'dimmed' } : {})}>
          {event.outcome ?? texts.outcomeNone}
        </Text>
      ),
    },
    { key: 'attempts', title: texts.attempts, align: 'end', render: (event) => format.count(event.attempts) },
    { key: 'received_at', title: texts.received, render: (event) => <RelativeTime at={event.received_at} /> },
    ...(mayReplay
      ? [
          {
            key: 'replay',
            title: common.actions,
            align: 'end' as const,
            render: (event: GatewayEvent) => <Replay event={event} />,
          },
        ]
      : []),
  ];
}

function EventName({ event }: { event: GatewayEvent }) {
  return (
    <Stack gap={2} align="flex-start">
      <Text span size="sm" fw={600}>
        {event.type}
      </Text>
      <Text span size="xs" c="dimmed">
        {event.gateway} <Code>{event.gateway_event_id}</Code>
      </Text>
    </Stack>
  );
}

function Replay({ event }: { event: GatewayEvent }) {
  const { integration: texts } = useTexts();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => api('replayGatewayEvent', { params: { id: event.id } }),
    onSuccess: async (replayed) => {
      await queryClient.invalidateQueries({ queryKey: ['listGatewayEvents'] });
      showToast({ tone: 'neutral', message: texts.replayed(texts.eventStatuses[replayed.status]) });
    },
    onError: (error) => showToast({ tone: 'bad', message: error.message }),
  });
  return (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconRefresh size={14} />}
      loading={replay.isPending}
      onClick={() => replay.mutate()}
    >
      {texts.replay}
      <VisuallyHidden> {event.type}</VisuallyHidden>
    </Button>
  );
}
