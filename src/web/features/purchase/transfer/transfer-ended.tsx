import { Alert, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconCircleX, IconClock } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import { TransferSubject } from './transfer-subject.tsx';
import { TransferTimeline } from './transfer-timeline.tsx';

/** A transfer that was rejected, has run out or was given up: why, and what can be done. */
export function TransferEnded({ purchase, actions }: { purchase: Purchase; actions: ReactNode }) {
  const { payment } = purchase;
  const { transfer } = payment;
  if (transfer === null) return null;
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Card>
          <Stack gap="md">
            {payment.status === 'rejected' ? (
              <Rejected reason={transfer.rejection_reason} reference={transfer.reference} />
            ) : (
              <RanOut reference={transfer.reference} wasDeadline={endedAtDeadline(payment)} />
            )}
            <Group gap="md">{actions}</Group>
          </Stack>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Card>
          <Stack gap="lg">
            <TransferSubject purchase={purchase} />
            <TransferTimeline payment={payment} />
          </Stack>
        </Card>
      </Grid.Col>
    </Grid>
  );
}

function Rejected({ reason, reference }: { reason: string | null; reference: string }) {
  const texts = useTexts().transfers;
  return (
    <>
      <Title order={2}>{texts.rejectedTitle}</Title>
      <Alert color="red" icon={<IconCircleX size={20} />} title={texts.rejectedReason} role="note">
        <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
          {reason ?? texts.rejectedNoReason}
        </Text>
      </Alert>
      <Text maw="65ch">{texts.rejectedNext(reference)}</Text>
    </>
  );
}

function RanOut({ reference, wasDeadline }: { reference: string; wasDeadline: boolean }) {
  const texts = useTexts().transfers;
  return (
    <>
      <Group gap="sm" wrap="nowrap">
        {wasDeadline ? <IconClock size={24} /> : <IconCircleX size={24} />}
        <Title order={2}>{wasDeadline ? texts.expiredTitle : texts.canceledTitle}</Title>
      </Group>
      <Text maw="65ch">{wasDeadline ? texts.expired(reference) : texts.canceled(reference)}</Text>
    </>
  );
}

/** Whether it ended because its time was over, and not by the payer's own will. */
function endedAtDeadline({ status, transfer }: Purchase['payment']): boolean {
  const endedAt = transfer?.timeline.findLast((step) => step.status === status)?.at;
  const deadline = transfer?.expires_at ?? null;
  return endedAt !== undefined && deadline !== null && new Date(endedAt) >= new Date(deadline);
}
