import { Modal, Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { type AdminPayment, isApprovable, isRejectable } from './admin-payment.ts';
import { DialogKeys, DialogSteps } from './dialog-steps.tsx';
import { PaymentReview } from './payment-review.tsx';
import { useDialogKeys } from './use-dialog-keys.ts';

/** What staff are about to do with the payment that is open. */
export type PaymentIntent = 'approve' | 'reject' | 'refund' | null;

/** The payment the address names, with everything it takes to decide about it; closed without one. */
export function PaymentDialog({
  paymentId,
  rows,
  movesOn,
  onOpen,
  onAccount,
}: {
  paymentId: string | undefined;
  /** The list the payment was opened from, to move along. */
  rows: readonly AdminPayment[];
  /** Whether a decision leads to the next payment of the list. */
  movesOn: boolean;
  /** Opens another payment; null closes the dialog. */
  onOpen: (paymentId: string | null) => void;
  /** Shows the payments of an account. */
  onAccount: (accountId: string) => void;
}) {
  const { adminPayments: texts, common } = useTexts();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const at = rows.findIndex(({ id }) => id === paymentId);
  const query = useQuery({
    ...endpointQuery('getAnyPayment', { params: { id: paymentId ?? '' } }),
    ...(at === -1 ? {} : { placeholderData: rows[at] }),
    enabled: paymentId !== undefined,
  });
  const [intent, setIntent] = useIntent(paymentId);
  const [showsKeys, setShowsKeys] = useState(false);
  const previous = at > 0 ? rows[at - 1]?.id : undefined;
  const next = at === -1 ? undefined : rows[at + 1]?.id;
  const payment = query.data;
  const mayReview = useIsAllowed('payments.review') && payment !== undefined;
  useDialogKeys({
    isOpen: paymentId !== undefined && intent === null,
    mayApprove: mayReview && isApprovable(payment),
    mayReject: mayReview && isRejectable(payment),
    onPrevious: () => previous !== undefined && onOpen(previous),
    onNext: () => next !== undefined && onOpen(next),
    onIntent: setIntent,
    onKeys: () => setShowsKeys((before) => !before),
  });
  const decided = () => {
    setIntent(null);
    if (!movesOn) return;
    const following = next ?? previous ?? null;
    if (following === null) showToast({ tone: 'neutral', message: texts.nothingWaits });
    onOpen(following);
  };
  return (
    <Modal
      opened={paymentId !== undefined}
      onClose={() => onOpen(null)}
      closeOnEscape={intent === null}
      title={payment === undefined ? texts.dialogLoading : texts.dialogTitle(payment.account.name)}
      size={1080}
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {payment !== undefined ? (
        <Stack gap="sm">
          {showsKeys && <DialogKeys />}
          <PaymentReview
            key={payment.id}
            payment={payment}
            steps={
              rows.length > 1 &&
              at !== -1 && (
                <DialogSteps
                  position={at + 1}
                  count={rows.length}
                  showsKeys={showsKeys}
                  onKeys={() => setShowsKeys(!showsKeys)}
                  onPrevious={previous === undefined ? undefined : () => onOpen(previous)}
                  onNext={next === undefined ? undefined : () => onOpen(next)}
                />
              )
            }
            intent={intent}
            onIntent={setIntent}
            onDecided={decided}
            onOpen={onOpen}
            onAccount={onAccount}
          />
        </Stack>
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Stack gap="lg" aria-busy="true">
          <Skeleton height={28} width="12rem" />
          <LinesSkeleton lines={8} />
        </Stack>
      )}
    </Modal>
  );
}

/** The intent belongs to one payment: another payment begins without one. */
function useIntent(paymentId: string | undefined): [PaymentIntent, (intent: PaymentIntent) => void] {
  const [held, setHeld] = useState<{ paymentId: string | undefined; intent: PaymentIntent }>({
    paymentId,
    intent: null,
  });
  const intent = held.paymentId === paymentId ? held.intent : null;
  return [intent, (chosen) => setHeld({ paymentId, intent: chosen })];
}
