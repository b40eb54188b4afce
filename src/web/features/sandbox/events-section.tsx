import { Badge, Button, Group, Menu, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconServer } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { actionsAfter, type EventAction } from './event-actions.ts';
import classes from './sandbox.module.css';
import {
  type Gateway,
  letHappen,
  resendEvent,
  type SimulatorDelivery,
  type SimulatorEvent,
} from './simulator-controls.ts';
import { useControl } from './use-control.ts';

const colors = { pending: 'blue', held: 'yellow', dropped: 'red', delivered: 'green', failed: 'red' } as const;

const shownAtFirst = 12;

/** What the simulated gateway did last and where its webhooks went. */
export function EventsSection({ gateway, events }: { gateway: Gateway; events: readonly SimulatorEvent[] }) {
  const { sandbox: texts, common } = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? events : events.slice(0, shownAtFirst);
  return (
    <Section title={texts.eventsTitle} flush>
      {events.length === 0 ? (
        <EmptyState Icon={IconServer} title={texts.eventsNone} />
      ) : (
        <Table className={classes['stacking'] ?? ''} aria-label={texts.eventsTitle} horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.eventType}</Table.Th>
              <Table.Th>{texts.eventTime}</Table.Th>
              <Table.Th>{texts.eventDeliveries}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{common.actions}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((event) => (
              <EventRow key={event.id} gateway={gateway} event={event} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {shown.length < events.length && (
        <Group justify="center" p="md">
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {common.loadMore}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function EventRow({ gateway, event }: { gateway: Gateway; event: SimulatorEvent }) {
  const texts = useTexts().sandbox;
  const resend = useControl({
    gateway,
    run: (eventId: string) => resendEvent(gateway, eventId),
    done: texts.resent,
    failed: texts.resendFailed,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {event.type}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {event.object ?? event.id}
        </Text>
      </Table.Td>
      <Table.Td>
        <RelativeTime at={event.created.toISOString()} />
      </Table.Td>
      <Table.Td>
        {event.deliveries.length === 0 ? (
          <Text size="sm" c="dimmed">
            {texts.eventNoDelivery}
          </Text>
        ) : (
          <Stack gap={4}>
            {event.deliveries.map((delivery) => (
              <Delivery key={delivery.id} delivery={delivery} />
            ))}
          </Stack>
        )}
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end" gap="xs" wrap="nowrap">
          <Afterwards gateway={gateway} event={event} />
          <Button
            size="compact-sm"
            variant="default"
            loading={resend.isPending}
            aria-label={texts.resendOf(event.type)}
            onClick={() => resend.mutate(event.id)}
          >
            {texts.resend}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** What buyers and banks may do after this event, to be chosen from. */
function Afterwards({ gateway, event }: { gateway: Gateway; event: SimulatorEvent }) {
  const texts = useTexts().sandbox;
  const actions = actionsAfter(gateway, event);
  const happen = useControl({
    gateway,
    run: ({ path, body }: EventAction) => letHappen(gateway, path(encodeURIComponent(event.object ?? '')), body),
    done: texts.happened,
    failed: texts.happenFailed,
  });
  if (actions.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={happen.isPending}
          aria-label={texts.letHappenTo(event.object ?? '')}
        >
          {texts.letHappen}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={action.label} onClick={() => happen.mutate(action)}>
            {texts.afterwards[action.label]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Delivery({ delivery }: { delivery: SimulatorDelivery }) {
  const texts = useTexts().sandbox;
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge color={colors[delivery.status]} size="sm">
        {texts.deliveryStatuses[delivery.status]}
      </Badge>
      {delivery.attempts > 0 && (
        <Text size="xs" c="dimmed">
          {texts.attempts(delivery.attempts)}
        </Text>
      )}
    </Group>
  );
}
