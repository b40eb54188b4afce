import { Group, Stack, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { type AdminPayment, waitingSince } from './admin-payment.ts';
import { PaymentLink } from './payment-link.tsx';
import { DuplicateBadge, PaymentStanding } from './payment-standing.tsx';
import { usePaymentWords } from './payment-words.ts';
import type { PaymentsSearch } from './payments-search.ts';

/** A payment in a list on a phone. */
export function PaymentCard({
  payment,
  view,
  onOpen,
}: {
  payment: AdminPayment;
  view: PaymentsSearch['view'];
  onOpen: (payment: AdminPayment) => void;
}) {
  const words = usePaymentWords();
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <PaymentLink payment={payment} onOpen={onOpen} />
        <Amount value={moneyFromWire(payment.amount, payment.currency)} fw={600} />
      </Group>
      <Text size="sm" c="dimmed">
        {words.method(payment)} · <bdi>{words.invoices(payment)}</bdi>
      </Text>
      <Group justify="space-between" align="flex-start">
        {view === undefined ? (
          <Group gap="xs">
            <Text size="sm">
              <bdi>{payment.transfer?.reference}</bdi>
            </Text>
            <DuplicateBadge payment={payment} />
          </Group>
        ) : (
          <PaymentStanding payment={payment} />
        )}
        <Text size="sm" c="dimmed">
          <RelativeTime at={view === undefined ? waitingSince(payment) : payment.created_at} />
        </Text>
      </Group>
      {view === 'attention' && payment.attention !== null && (
        <Text size="sm">{words.attention(payment.attention, payment).title}</Text>
      )}
    </Stack>
  );
}
