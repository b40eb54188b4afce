import { Group, Stack, Text, Title } from '@mantine/core';
import { type ShownPaymentState, shownPaymentStateOf } from '#shared/texts/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
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

type Payment = Invoice['payments'][number];

function PaymentRow({ payment }: { payment: Payment }) {
  const { states } = useTexts();
  return (
    <div className={classes['payment']}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <StatusBadge state={states.payment[stateOf(payment)]} />
          <Text size="sm">
            <MethodWords payment={payment} />
          </Text>
        </Group>
        <Group gap="md">
          <Text size="sm" c="dimmed">
            <RelativeTime at={payment.succeeded_at ?? payment.created_at} />
          </Text>
          <Amount value={moneyFromWire(payment.amount, payment.currency)} size="sm" fw={500} />
        </Group>
      </Group>
      <PaymentNotes payment={payment} />
    </div>
  );
}

function stateOf(payment: Payment): ShownPaymentState {
  const isGivenBack = payment.amount_refunded > 0 && payment.amount_refunded >= payment.amount_received;
  return payment.status === 'succeeded' && isGivenBack ? 'refunded' : shownPaymentStateOf[payment.status];
}

function MethodWords({ payment }: { payment: Payment }) {
  const texts = useTexts().invoices;
  const { method_details: details, transfer, method } = payment;
  if (transfer !== null) {
    return (
      <>
        <bdi>{transfer.method_name}</bdi> · <bdi>{texts.reference(transfer.reference)}</bdi>
      </>
    );
  }
  if (details !== null) return <bdi>{methodName(texts, details)}</bdi>;
  return method === 'paypal' ? texts.paypal(null) : method === 'card' ? texts.cardPlain : <bdi>{method}</bdi>;
}

/** What else is to be known of a payment: why it failed, that only a part arrived, what was given back. */
function PaymentNotes({ payment }: { payment: Payment }) {
  const { invoices: texts, purchase } = useTexts();
  const format = useFormat();
  const reasons: Readonly<Record<string, string>> = purchase.declines;
  const failure = payment.status === 'succeeded' ? null : payment.last_payment_error;
  const inCurrency = (wire: number) => format.money(moneyFromWire(wire, payment.currency));
  const notes = [
    failure === null ? null : (reasons[failure.code] ?? failure.message),
    payment.transfer?.rejection_reason ?? null,
    payment.status === 'succeeded' && payment.amount_received !== payment.amount
      ? texts.received(inCurrency(payment.amount_received))
      : null,
    payment.amount_refunded > 0 ? texts.refundedOf(inCurrency(payment.amount_refunded)) : null,
  ].filter((note) => note !== null);
  return notes.map((note) => (
    <Text key={note} size="sm" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
      {note}
    </Text>
  ));
}
