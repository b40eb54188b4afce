import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { type AdminPayment, isApprovable, isRejectable } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { ApproveForm } from './approve-form.tsx';
import { AttentionNotice } from './attention-notice.tsx';
import { EarlierPayments } from './earlier-payments.tsx';
import { PaymentDisputes } from './payment-disputes.tsx';
import { DeclaredFacts, ExpectedFacts } from './payment-facts.tsx';
import { PaymentHistory } from './payment-history.tsx';
import type { PaymentIntent } from './payment-dialog.tsx';
import { PaymentRefunds } from './payment-refunds.tsx';
import { PaymentStanding } from './payment-standing.tsx';
import { ProofViewer } from './proof-viewer.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { RejectForm } from './reject-form.tsx';

type ReviewProps = {
  payment: AdminPayment;
  intent: PaymentIntent;
  onIntent: (intent: PaymentIntent) => void;
  /** The payment was approved or rejected. */
  onDecided: () => void;
};

/** Everything about a payment: of a transfer the proof beside what was expected, and the decision under it. */
export function PaymentReview({
  steps,
  onOpen,
  onAccount,
  ...review
}: ReviewProps & {
  /** The way along the list. */
  steps: ReactNode;
  onOpen: (paymentId: string) => void;
  onAccount: (accountId: string) => void;
}) {
  const { payment, intent, onIntent } = review;
  const isTransfer = payment.transfer !== null;
  return (
    <Stack gap="lg">
      <Head {...review} steps={steps} />
      <AttentionNotice payment={payment} onOpen={onOpen} />
      <PaymentDisputes payment={payment} />
      {isTransfer ? (
        <div className={classes['sides']}>
          <ProofViewer payment={payment} />
          <Stack gap="lg">
            <ExpectedFacts payment={payment} onAccount={onAccount} />
            <DeclaredFacts payment={payment} />
          </Stack>
        </div>
      ) : (
        <ExpectedFacts payment={payment} onAccount={onAccount} />
      )}
      <Decision {...review} />
      <PaymentRefunds payment={payment} />
      <div className={classes['halves']}>
        <PaymentHistory payment={payment} />
        <EarlierPayments payment={payment} onOpen={onOpen} />
      </div>
      <RefundDialog payment={payment} opened={intent === 'refund'} onClose={() => onIntent(null)} />
    </Stack>
  );
}

function Head({ payment, onIntent, steps }: ReviewProps & { steps: ReactNode }) {
  const texts = useTexts().adminPayments;
  const mayRefund = useIsAllowed('payments.refund');
  return (
    <Group justify="space-between" gap="md">
      <Group gap="md">
        <Text fz="xl" fw={600}>
          <Amount value={moneyFromWire(payment.amount, payment.currency)} />
        </Text>
        <PaymentStanding payment={payment} size="lg" />
        <Text size="sm" c="dimmed">
          <RelativeTime at={payment.created_at} />
        </Text>
      </Group>
      <Group gap="sm">
        {steps}
        {mayRefund && payment.refundable > 0 && (
          <Button size="xs" variant="default" onClick={() => onIntent('refund')} aria-haspopup="dialog">
            {texts.refund}
          </Button>
        )}
      </Group>
    </Group>
  );
}

/** Approve or reject, kept in sight at the foot of the dialog while the payment waits. */
function Decision({ payment, intent, onIntent, onDecided }: ReviewProps) {
  const texts = useTexts().adminPayments;
  const mayReview = useIsAllowed('payments.review');
  if (!isApprovable(payment)) return null;
  if (!mayReview) {
    return (
      <Text size="sm" c="dimmed">
        {texts.mayNotReview}
      </Text>
    );
  }
  const back = () => onIntent(null);
  if (intent === 'approve') return <ApproveForm payment={payment} onBack={back} onDecided={onDecided} />;
  if (intent === 'reject') return <RejectForm payment={payment} onBack={back} onDecided={onDecided} />;
  return (
    <div className={classes['decision']}>
      <Button onClick={() => onIntent('approve')} rightSection={<Key name="A" />}>
        {texts.approve}
      </Button>
      {isRejectable(payment) ? (
        <Button variant="default" onClick={() => onIntent('reject')} rightSection={<Key name="R" />}>
          {texts.reject}
        </Button>
      ) : (
        <Text size="sm" c="dimmed" style={{ alignSelf: 'center' }}>
          {texts.notDeclared}
        </Text>
      )}
    </div>
  );
}

function Key({ name }: { name: string }) {
  return (
    <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
      {name}
    </Kbd>
  );
}
