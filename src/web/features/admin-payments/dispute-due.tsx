import { Text } from '@mantine/core';
import { useFormat } from '#web/lib/reader.ts';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { type Dispute, isOpenDispute } from './admin-payment.ts';

/** By when a dispute has to be responded to; nothing once it is over. */
export function DisputeDue({ dispute }: { dispute: Dispute }) {
  const format = useFormat();
  if (dispute.evidence_due_at === null || !isOpenDispute(dispute)) return null;
  return (
    <>
      <Text size="sm" fw={dispute.status === 'needs_response' ? 600 : 400}>
        {format.instant(new Date(dispute.evidence_due_at))}
      </Text>
      <Text size="xs" c="dimmed">
        <RelativeTime at={dispute.evidence_due_at} />
      </Text>
    </>
  );
}
