import { Group, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useCreditWords, useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import classes from './admin-payments.module.css';

/** What was given back of a payment, and the credit notes that say so. */
export function PaymentRefunds({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const creditWords = useCreditWords();
  const id = useId();
  if (payment.refunds.length === 0 && payment.credit_notes.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="xs">
        {texts.refunds}
      </Title>
      <ul className={classes['rows']}>
        {payment.refunds.map((refund) => (
          <li key={refund.id}>
            <Group justify="space-between" gap="xs">
              <Group gap="sm">
                <StatusBadge state={texts.refundStates[refund.status]} size="sm" />
                <Text size="sm">{refund.failure ?? refund.reason ?? texts.noReason}</Text>
                {refund.credits_taken_back > 0 && (
                  <Text size="sm" c="dimmed">
                    {texts.refundCredits(creditWords(creditsFromWire(refund.credits_taken_back)))}
                  </Text>
                )}
              </Group>
              <Group gap="sm">
                <Text size="xs" c="dimmed">
                  <RelativeTime at={refund.succeeded_at ?? refund.created_at} />
                </Text>
                <Amount value={moneyFromWire(refund.amount, refund.currency)} size="sm" fw={500} />
              </Group>
            </Group>
          </li>
        ))}
        {payment.credit_notes.map((note) => (
          <li key={note.id}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">
                {texts.creditNote} <bdi>{note.number}</bdi>
              </Text>
              <Group gap="sm">
                <Text size="xs" c="dimmed">
                  <DateText date={note.issued_on} />
                </Text>
                <Amount value={moneyFromWire(note.total, note.currency)} size="sm" fw={500} />
              </Group>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
