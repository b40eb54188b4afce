import { Modal } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import { RefundForm } from './refund-form.tsx';

/** Gives money back, after a look at what that does. */
export function RefundDialog({
  payment,
  opened,
  onClose,
}: {
  payment: AdminPayment;
  opened: boolean;
  onClose: () => void;
}) {
  const { adminPayments: texts, common } = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.refundTitle(payment.account.name)}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <RefundForm payment={payment} onDone={onClose} />
    </Modal>
  );
}
