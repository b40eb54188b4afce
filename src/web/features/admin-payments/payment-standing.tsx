import { Badge, Group, Stack, Text } from '@mantine/core';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { IconWarning } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, paymentState } from './admin-payment.ts';
import { usePaymentWords } from './payment-words.ts';

/** How a payment stands, with what a person should see at once: a part only, a double, a mark. */
export function PaymentStanding({ payment, size = 'md' }: { payment: AdminPayment; size?: 'md' | 'lg' }) {
  const { states, adminPayments: texts } = useTexts();
  const words = usePaymentWords();
  const isPart = payment.status === 'succeeded' && payment.amount_received !== payment.amount;
  return (
    <Stack gap={4} align="flex-start">
      <Group gap={6}>
        <StatusBadge state={states.payment[paymentState(payment)]} size={size} />
        <DuplicateBadge payment={payment} size={size} />
      </Group>
      {isPart && (
        <Text size="xs" c="dimmed">
          {texts.received(words.amount(payment.amount_received, payment))}
        </Text>
      )}
    </Stack>
  );
}

/** Says that another payment has the same transaction id; nothing when none has. */
export function DuplicateBadge({ payment, size = 'md' }: { payment: AdminPayment; size?: 'md' | 'lg' }) {
  const texts = useTexts().adminPayments;
  if (payment.duplicates.length === 0) return null;
  return (
    <Badge
      color="yellow"
      size={size}
      leftSection={<IconWarning size={13} />}
      style={{ flex: 'none', minWidth: 'max-content' }}
    >
      {texts.duplicate}
    </Badge>
  );
}
