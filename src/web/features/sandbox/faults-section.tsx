import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import { IconTrash, IconWarning } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { FaultForm } from './fault-form.tsx';
import classes from './sandbox.module.css';
import {
  type Gateway,
  isWebhookFault,
  releaseWebhooks,
  removeFaults,
  type SimulatorFault,
} from './simulator-controls.ts';
import { useControl } from './use-control.ts';

/** What is set to go wrong at the simulated gateway, and what it holds back. */
export function FaultsSection({
  gateway,
  faults,
  held,
}: {
  gateway: Gateway;
  faults: readonly SimulatorFault[];
  held: number;
}) {
  const texts = useTexts().sandbox;
  const clear = useControl<void>({ gateway, run: () => removeFaults(gateway), failed: texts.faultRemoveFailed });
  return (
    <Section
      title={texts.simulatorTitles[gateway]}
      description={texts.simulatorLead}
      {...(faults.length === 0
        ? {}
        : {
            actions: (
              <Button
                variant="default"
                size="xs"
                leftSection={<IconTrash size={14} />}
                loading={clear.isPending}
                onClick={() => clear.mutate()}
              >
                {texts.faultRemoveAll}
              </Button>
            ),
          })}
    >
      <Stack gap="md">
        {faults.length === 0 ? (
          <Text size="sm" c="dimmed">
            {texts.faultsNone}
          </Text>
        ) : (
          <ul className={classes['faults']} aria-label={texts.faultsTitle}>
            {faults.map((fault) => (
              <FaultItem key={fault.id} fault={fault} />
            ))}
          </ul>
        )}
        <HeldWebhooks gateway={gateway} held={held} />
        <Divider />
        <FaultForm gateway={gateway} />
      </Stack>
    </Section>
  );
}

function FaultItem({ fault }: { fault: SimulatorFault }) {
  const texts = useTexts().sandbox;
  const format = useFormat();
  const matched = isWebhookFault(fault.kind)
    ? fault.types.join(', ')
    : [fault.method, fault.path].filter((part) => part !== null).join(' ');
  return (
    <li className={classes['fault']}>
      <IconWarning size={18} />
      <Text span size="sm" fw={500}>
        {texts.faultKinds[fault.kind]}
      </Text>
      <Text span size="sm" c="dimmed">
        {matched === '' ? texts.faultEverything : matched}
      </Text>
      <Text span size="sm" c="dimmed" ms="auto">
        {texts.faultLeft(format.count(fault.timesLeft))}
      </Text>
    </li>
  );
}

function HeldWebhooks({ gateway, held }: { gateway: Gateway; held: number }) {
  const texts = useTexts().sandbox;
  const format = useFormat();
  const release = useControl({
    gateway,
    run: (order: 'as_held' | 'shuffled') => releaseWebhooks(gateway, order),
    done: texts.released,
    failed: texts.releaseFailed,
  });
  if (held === 0) return null;
  return (
    <Group gap="sm">
      <Text size="sm" fw={500}>
        {texts.held(format.count(held))}
      </Text>
      <Button size="xs" loading={release.isPending} onClick={() => release.mutate('as_held')}>
        {texts.release}
      </Button>
      <Button size="xs" variant="default" disabled={release.isPending} onClick={() => release.mutate('shuffled')}>
        {texts.releaseShuffled}
      </Button>
    </Group>
  );
}
