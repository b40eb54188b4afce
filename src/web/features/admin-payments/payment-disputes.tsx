import { Alert, Group, Stack, Text } from '@mantine/core';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { IconWarning } from '#web/components/icons.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { useCreditWords, useFormat, useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, type Dispute, isOpenDispute } from './admin-payment.ts';
import { usePaymentWords } from './payment-words.ts';

/** The disputes of a payment: what is disputed and frozen, and where and by when to respond. */
export function PaymentDisputes({ payment }: { payment: AdminPayment }) {
  return payment.disputes.map((dispute) => <DisputeNotice key={dispute.id} dispute={dispute} />);
}

function DisputeNotice({ dispute }: { dispute: Dispute }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  const format = useFormat();
  const creditWords = useCreditWords();
  const isOpen = isOpenDispute(dispute);
  return (
    <Alert
      color={isOpen ? 'red' : 'gray'}
      icon={<IconWarning size={20} />}
      role="note"
      title={`${texts.events.dispute}: ${words.amount(dispute.amount, dispute)}`}
    >
      <Stack gap={6}>
        <Group gap="sm">
          <StatusBadge state={texts.disputeStates[dispute.status]} />
          <Text size="sm">{dispute.reason.replaceAll('_', ' ')}</Text>
        </Group>
        {isOpen && (
          <Text size="sm">
            {dispute.evidence_due_at !== null &&
              `${texts.respondBy(format.instant(new Date(dispute.evidence_due_at)))}. `}
            {texts.respondAt(words.gateway(dispute.gateway))}
          </Text>
        )}
        {isOpen && !dispute.takes_money && <Text size="sm">{texts.disputeInquiry}</Text>}
        {dispute.credits_frozen > 0 && (
          <Text size="sm">{texts.disputeFrozen(creditWords(creditsFromWire(dispute.credits_frozen)))}</Text>
        )}
      </Stack>
    </Alert>
  );
}
