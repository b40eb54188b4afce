import { Group, Stack, Text, Title } from '@mantine/core';
import type { ShownState } from '#shared/texts/index.ts';
import { money } from '#shared/money/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import type { Invoice } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './invoice-details.module.css';

type Refund = Invoice['refunds'][number];

/** The money of an invoice that was given back, or is on its way back; nothing where there is none. */
export function InvoiceRefunds({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  if (invoice.refunds.length === 0) return null;
  return (
    <section aria-label={texts.refunds}>
      <Title order={3} mb="xs">
        {texts.refunds}
      </Title>
      <Stack gap="sm">
        {invoice.refunds.map((refund) => (
          <RefundRow key={refund.id} refund={refund} />
        ))}
      </Stack>
    </section>
  );
}

function RefundRow({ refund }: { refund: Refund }) {
  const texts = useTexts().invoices;
  const format = useFormat();
  const { amountMinor, currency } = moneyFromWire(refund.amount, refund.currency);
  const taken = BigInt(refund.credits_taken_back);
  const notes = [
    refund.reason,
    refund.failure,
    taken > 0n ? texts.refundCredits(format.count(refund.credits_taken_back), taken === 1n) : null,
  ].filter((note) => note !== null && note !== '');
  return (
    <div className={classes['payment']}>
      <Group justify="space-between" gap="sm">
        <StatusBadge state={useRefundState(refund.status)} />
        <Group gap="md">
          <Text size="sm" c="dimmed">
            <RelativeTime at={refund.succeeded_at ?? refund.created_at} />
          </Text>
          <Amount value={money(-amountMinor, currency)} size="sm" fw={500} />
        </Group>
      </Group>
      {notes.map((note) => (
        <Text key={note} size="sm" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      ))}
    </div>
  );
}

function useRefundState(status: Refund['status']): ShownState {
  const texts = useTexts().invoices;
  const states: { readonly [known in Refund['status']]: ShownState } = {
    pending: { word: texts.refundPending, tone: 'waiting' },
    succeeded: { word: texts.refundDone, tone: 'good' },
    failed: { word: texts.refundFailed, tone: 'bad' },
  };
  return states[status];
}
