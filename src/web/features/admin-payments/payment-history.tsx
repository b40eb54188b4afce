import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import { type Icon, IconCircle, IconCircleCheck, IconCircleX, IconClock, IconWarning } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, historyOf, type PaymentEvent } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { usePaymentWords } from './payment-words.ts';

const icons: { readonly [kind in PaymentEvent['kind']]: Icon } = {
  created: IconCircle,
  requires_payment_method: IconClock,
  requires_action: IconClock,
  processing: IconClock,
  awaiting_transfer: IconClock,
  pending_approval: IconClock,
  declared: IconCircle,
  succeeded: IconCircleCheck,
  failed: IconCircleX,
  rejected: IconCircleX,
  canceled: IconCircle,
  refund: IconCircle,
  refund_failed: IconCircleX,
  dispute: IconWarning,
  won: IconCircleCheck,
  lost: IconCircleX,
};

/** What has happened to a payment, in the order it did. */
export function PaymentHistory({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="xs">
        {texts.timeline}
      </Title>
      <ol className={classes['steps']}>
        {historyOf(payment).map((event, index) => (
          <Step key={index} payment={payment} event={event} />
        ))}
      </ol>
    </section>
  );
}

function Step({ payment, event: { kind, at, amount } }: { payment: AdminPayment; event: PaymentEvent }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  const Mark = icons[kind];
  const reason = kind === 'rejected' ? payment.transfer?.rejection_reason : null;
  const word = reason == null ? texts.events[kind] : texts.rejectedBecause(reason);
  return (
    <li className={classes['step']}>
      <span className={classes['mark']}>
        <Mark size={18} />
      </span>
      <div>
        <Text size="sm">
          {word}
          {amount !== undefined && ` · ${words.money(amount)}`}
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime at={at} />
        </Text>
      </div>
    </li>
  );
}
