import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ProblemCode } from '#shared/contract/problems.ts';
import { showToast } from '#web/components/toasts.tsx';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { DeskView } from './desk-view.ts';
import type { Purchase } from './payment-view.ts';
import { forgetPurchaseKeys } from './purchase-key.ts';
import { forgetMoneyFigures } from './use-payment.ts';
import type { usePurchaseAttempt } from './use-purchase-attempt.ts';

const codesOfStalePrices: readonly (ProblemCode | null)[] = [
  'package_unknown',
  'package_inactive',
  'package_price_missing',
  'price_changed',
  'currency_mismatch',
];

/**
 * What follows from the end of a payment and from a refusal: the figures elsewhere are read anew, the next click is a
 * new purchase, prices that proved stale are fetched, and whoever watched it succeed is told once.
 */
export function useOutcomeEffects({
  view,
  purchase,
  attempt,
  returned,
  onPricesStale,
}: {
  view: DeskView;
  purchase: Purchase | null;
  attempt: Pick<ReturnType<typeof usePurchaseAttempt>, 'busy' | 'trouble'>;
  /** Whether the gateway has just sent the payer back to this page. */
  returned: boolean;
  onPricesStale: () => void;
}): void {
  const queryClient = useQueryClient();
  const texts = useTexts().purchase;
  const format = useFormat();
  const watched = useRef(false);
  const settledId = useRef<string | null>(null);

  useEffect(() => {
    if (attempt.busy || isAwaited(view) || returned) watched.current = true;
    if (!isOver(view) || purchase === null || settledId.current === purchase.payment.id) return;
    settledId.current = purchase.payment.id;
    forgetPurchaseKeys(window.sessionStorage);
    void forgetMoneyFigures(queryClient);
    if (view === 'paid' && watched.current && purchase.invoices.every(({ status }) => status === 'paid')) {
      const added = creditsFromWire(purchase.credits);
      showToast(
        added > 0n
          ? { tone: 'good', title: texts.toastTitle, message: texts.toast(format.credits(added)) }
          : { tone: 'good', message: texts.paidInFull(purchase.invoice.number ?? '') },
      );
    }
    watched.current = false;
  }, [attempt.busy, view, returned, purchase, queryClient, format, texts]);

  const refusal = attempt.trouble?.kind === 'request' ? attempt.trouble.error : null;
  const stalePrices = useRef(onPricesStale);
  useEffect(() => {
    stalePrices.current = onPricesStale;
  }, [onPricesStale]);
  useEffect(() => {
    if (!(refusal instanceof ApiProblem)) return;
    if (refusal.code === 'idempotency_key_reused') forgetPurchaseKeys(window.sessionStorage);
    if (codesOfStalePrices.includes(refusal.code)) stalePrices.current();
  }, [refusal]);
}

/** Whether money may arrive while the reader looks on. */
function isAwaited(view: DeskView): boolean {
  return view === 'waiting' || view === 'transfer' || view === 'review';
}

function isOver(view: DeskView): boolean {
  return view === 'paid' || view === 'rejected' || view === 'ended';
}
