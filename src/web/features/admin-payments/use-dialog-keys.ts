import { type PageKey, usePageKeys } from '#web/lib/page-keys.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { PaymentIntent } from './payment-dialog.tsx';

/** The keys of the open payment: J and K move along the list, A approves, R rejects, ? lists them. Escape closes. */
export function useDialogKeys({
  isOpen,
  mayApprove,
  mayReject,
  onPrevious,
  onNext,
  onIntent,
  onKeys,
}: {
  isOpen: boolean;
  mayApprove: boolean;
  mayReject: boolean;
  onPrevious: () => void;
  onNext: () => void;
  onIntent: (intent: PaymentIntent) => void;
  onKeys: () => void;
}): void {
  const texts = useTexts().adminPayments;
  const keys: PageKey[] = [
    { keys: ['j', 'ArrowRight'], label: texts.keyNext, run: onNext },
    { keys: ['k', 'ArrowLeft'], label: texts.keyPrevious, run: onPrevious },
    { keys: ['?'], label: texts.keyList, run: onKeys },
    ...(mayApprove ? [{ keys: ['a'], label: texts.keyApprove, run: () => onIntent('approve') }] : []),
    ...(mayReject ? [{ keys: ['r'], label: texts.keyReject, run: () => onIntent('reject') }] : []),
  ];
  usePageKeys(isOpen ? keys : []);
}
