import { Anchor } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import { rowLinkMark } from './use-list-keys.ts';

/** The account of a payment, which opens its details: what the keyboard reaches in a row. */
export function PaymentLink({ payment, onOpen }: { payment: AdminPayment; onOpen: (payment: AdminPayment) => void }) {
  const texts = useTexts().adminPayments;
  return (
    <Anchor
      component="button"
      type="button"
      fw={500}
      fz="sm"
      ta="start"
      aria-haspopup="dialog"
      aria-label={texts.openOf(payment.account.name)}
      style={{ overflowWrap: 'anywhere' }}
      {...rowLinkMark}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(payment);
      }}
    >
      {payment.account.name}
    </Anchor>
  );
}
