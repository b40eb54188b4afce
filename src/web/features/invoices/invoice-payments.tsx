import { Group, Stack, Text, Title } from '@mantine/core';
import { shownPaymentStateOf } from '#shared/texts/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useTexts } from '#web/lib/reader.ts';
import { methodName } from '#web/lib/method-name.ts';
import classes from './invoice-details.module.css';
import type { Invoice } from '#web/lib/invoice-state.ts';

/** The payments of an invoice, with how each one stands and why one that failed did. */
export function InvoicePayments({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  return (
    <section aria-label={texts.payments}>
      <Title order={3} mb="xs">
        {texts.payments}
      </Title>
      {invoice.payments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {texts.noPayments}
        </Text>
      ) : (
        <Stack gap="sm">
          {invoice.payments.map((payment) => (
            <PaymentRow key={payment.id} payment={payment} />
          ))}
        </Stack>
      )}
    </section>
  );
}

function PaymentRow({ payment }: { payment: Invoice['payments'][number] }) {
  const { invoices: texts, states, purchase } = useTexts();
  const reasons: Readonly<Record<string, string>> = purchase.declines;
  const details = payment.method_details;
  const failure = payment.status === 'succeeded' ? null : payment.last_payment_error;
  const method = details !== null ? methodName(texts, details) : texts.cardPlain;
  return (
    <div className={classes['payment']}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <StatusBadge state={states.payment[shownPaymentStateOf[payment.status]]} />
          <Text size="sm">{details !== null || payment.method === 'card' ? method : payment.method}</Text>
        </Group>
        <Group gap="md">
          <Text size="sm" c="dimmed">
            <RelativeTime at={payment.succeeded_at ?? payment.created_at} />
          </Text>
          <Amount value={moneyFromWire(payment.amount, payment.currency)} size="sm" fw={500} />
        </Group>
      </Group>
      {failure !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {reasons[failure.code] ?? failure.message}
        </Text>
      )}
    </div>
  );
}
