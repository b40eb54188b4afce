import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat } from '#web/lib/reader.ts';
import { AttemptNotice } from './attempt-notice.tsx';
import { CardFormFailed } from './card-form-failed.tsx';
import { type DeskView, deskView } from './desk-view.ts';
import { LeaveGuard } from './leave-guard.tsx';
import type { PaymentOption } from './method-picker.tsx';
import type { CreditPackage } from './package-grid.tsx';
import { PaidDialog } from './paid-dialog.tsx';
import { BankPanel, EndedPanel, MissingPanel, WaitingPanel } from './payment-panels.tsx';
import type { Purchase } from './payment-view.ts';
import { PurchaseForm } from './purchase-form.tsx';
import { purchaseKey } from './purchase-key.ts';
import { UnfinishedNotice } from './unfinished-notice.tsx';
import { useOutcomeEffects } from './use-outcome-effects.ts';
import { usePayment, useRememberPayment } from './use-payment.ts';
import { type Order, usePurchaseAttempt } from './use-purchase-attempt.ts';
import { useStripeScript } from './use-stripe-script.ts';

/** A list that holds at least one. */
type AtLeastOne<Item> = readonly [Item, ...Item[]];

/** After so many answers the wait is no longer a short one: about a minute. */
const longWaitAnswers = 8;

/** The desk where packages are paid: the form, or what became of the payment that the address names. */
export function PurchaseDesk({
  accountId,
  offers,
  options,
  onPricesStale,
}: {
  accountId: string;
  offers: AtLeastOne<CreditPackage>;
  options: AtLeastOne<PaymentOption>;
  onPricesStale: () => void;
}) {
  const format = useFormat();
  const search = useSearch({ from: '/house/account/account/credits/purchase' });
  const navigate = useNavigate();
  const payment = usePayment(search.payment);
  const remember = useRememberPayment();
  const balance = useQuery(endpointQuery('getCreditBalance'));
  const [optionId, setOptionId] = useState(options[0].id);
  const [otherCardFor, setOtherCardFor] = useState<string | null>(null);

  const offer =
    offers.find(({ slug }) => slug === search.package) ?? offers.find((one) => one.is_featured) ?? offers[0];
  const option = options.find(({ id }) => id === optionId) ?? options[0];
  const stripe = useStripeScript(option.publishable_key);

  const goTo = (next: { package?: string; payment?: string }) =>
    void navigate({ to: '/account/credits/purchase', search: next, replace: true });

  const attempt = usePurchaseAttempt(async (purchase) => {
    await remember(purchase);
    goTo({ package: offer.slug, payment: purchase.payment.id });
  });

  const purchase = search.payment === undefined ? null : (payment.data ?? null);
  const view = useHeldWhile(
    attempt.busy,
    deskView({ paymentId: search.payment, purchase, error: payment.error, otherCardFor }),
  );
  const open = purchase !== null && purchase.next.type === 'confirm_card' ? purchase : null;
  useOutcomeEffects({ view, purchase, attempt, returned: search.redirect_status !== undefined, onPricesStale });

  const startAgain = () => {
    attempt.dismiss();
    goTo({ package: offer.slug });
  };
  const check = () => purchase !== null && void attempt.checkAgain(purchase.payment.id);

  if (view === 'loading') return <CardSkeleton lines={4} />;
  if (view === 'failed') return <ErrorState error={payment.error} onRetry={() => void payment.refetch()} />;
  if (view === 'missing') return <MissingPanel onStartAgain={startAgain} />;
  if (view === 'ended') return <EndedPanel onStartAgain={startAgain} />;
  if (view === 'waiting') {
    return <WaitingPanel busy={attempt.busy} long={payment.answers >= longWaitAnswers} onCheck={check} />;
  }
  if (stripe.isError) return <CardFormFailed onRetry={() => void stripe.refetch()} />;
  if (view === 'bank' && open !== null) {
    return (
      <>
        <LeaveGuard busy={attempt.busy} />
        <BankPanel
          amount={format.money(moneyFromWire(open.payment.amount, open.payment.currency))}
          ready={stripe.data !== undefined && !attempt.busy}
          notice={<AttemptNotice trouble={attempt.trouble} payment={null} onCheckAgain={check} />}
          onConfirm={() => stripe.data !== undefined && void attempt.confirmWithBank(stripe.data, open)}
          onOtherCard={() => setOtherCardFor(open.payment.id)}
        />
      </>
    );
  }
  return (
    <Stack gap="xl">
      <LeaveGuard busy={attempt.busy} />
      {search.payment === undefined && !attempt.busy && <UnfinishedNotice />}
      <PurchaseForm
        packages={offers}
        offer={offer}
        onOffer={(slug) => {
          attempt.dismiss();
          goTo({ package: slug });
        }}
        options={options}
        option={option}
        onOption={setOptionId}
        open={open}
        onChooseOther={startAgain}
        balance={balance.data === undefined ? null : creditsFromWire(balance.data.available)}
        stripe={stripe.data ?? null}
        order={() => orderOf(accountId, open, offer, option)}
        attempt={attempt}
      />
      {view === 'paid' && purchase !== null && (
        <PaidDialog
          purchase={purchase}
          onDone={() => void navigate({ to: '/account/billing', search: { tab: 'credits' }, replace: true })}
        />
      )}
    </Stack>
  );
}

/** What the click buys: the payment that is open, else the chosen package at the price shown. */
function orderOf(accountId: string, open: Purchase | null, offer: CreditPackage, option: PaymentOption): Order {
  if (open !== null) return { paymentId: open.payment.id };
  const body = {
    package_id: offer.id,
    payment_method: option.method,
    currency: offer.currency,
    expected_total: offer.price,
  };
  return { body, idempotencyKey: purchaseKey(window.sessionStorage, accountId, body) };
}

/** Keeps a view in place while an attempt runs, so that the gateway's form is not taken away in the middle of it. */
function useHeldWhile(held: boolean, current: DeskView): DeskView {
  const [shown, setShown] = useState(current);
  if (!held && shown !== current) setShown(current);
  return held ? shown : current;
}
