import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { chosenOffer, isOpen, orderOf, subjectOf, totalOf } from './desk-order.ts';
import { deskView } from './desk-view.ts';
import { markedChoice, methodChoices, type PaymentOption, type SavedMethod } from './method-choices.ts';
import type { CreditPackage } from './credit-package.ts';
import { forgetPurchaseKeys } from './purchase-key.ts';
import type { Order } from './purchase-order.ts';
import { useInvoicesToPay } from './use-invoices-to-pay.ts';
import { useOutcomeEffects } from './use-outcome-effects.ts';
import { usePayment, useRememberPayment } from './use-payment.ts';
import { usePurchaseAttempt } from './use-purchase-attempt.ts';
import { useStripeScript } from '#web/lib/use-stripe-script.ts';

/** What is on sale and how it can be paid. */
export type DeskOffers = {
  accountId: string;
  offers: readonly CreditPackage[];
  options: readonly PaymentOption[];
  saved: readonly SavedMethod[];
  /** Methods that can be saved for later payments. */
  addable: readonly string[];
  /** Hears that the prices shown are not those of the server any more. */
  onPricesStale: () => void;
};

/** Everything the desk shows and does. The address holds the package, the invoices and the payment for a reload. */
export function usePurchaseDesk({ accountId, offers, options, saved, addable, onPricesStale }: DeskOffers) {
  const search = useSearch({ from: '/house/account/account/credits/purchase' });
  const navigate = useNavigate();
  const payment = usePayment(search.payment);
  const remember = useRememberPayment();
  const balance = useQuery({ ...endpointQuery('getCreditBalance'), enabled: useIsAllowed('credits.read') });
  const [picked, setPicked] = useState<string | null>(null);
  const [ticked, setTicked] = useState<boolean | null>(null);
  const [otherCardFor, setOtherCardFor] = useState<string | null>(null);

  const offer = chosenOffer(offers, search.package);
  const named = search.payment === undefined ? (search.invoices ?? '') : '';
  const goTo = (next: { package?: string | undefined; invoices?: string; payment?: string }) =>
    void navigate({ to: '/account/credits/purchase', search: next, replace: true });

  const attempt = usePurchaseAttempt(async (purchase) => {
    await remember(purchase);
    goTo({ package: named === '' ? offer?.slug : undefined, payment: purchase.payment.id });
  });

  const purchase = search.payment === undefined ? null : (payment.data ?? null);
  const isPaid = purchase?.next.type === 'done';
  // A click that starts a payment leaves the page as it is; what it left open is resumed with the next click.
  const isHeld = attempt.busy || isPaid;
  const toPay = useInvoicesToPay(useHeldWhile(isHeld, named));
  const current = deskView({
    paymentId: search.payment,
    purchase,
    error: payment.error,
    invoices: toPay.state,
    otherCardFor,
  });
  const view = useHeldWhile(attempt.busy, current);
  const open = purchase !== null && isOpen(purchase) ? purchase : null;
  const subject = useHeldWhile(isHeld, subjectOf(toPay.state !== null, open));
  useOutcomeEffects({ view, purchase, attempt, returned: search.redirect_status !== undefined, onPricesStale });

  const invoices: readonly InvoiceSummary[] = purchase?.invoices ?? toPay.invoices;
  const total = totalOf(purchase, invoices, offer);
  const choices = methodChoices(options, saved);
  const choice =
    total === null ? null : markedChoice(choices, { picked, openMethod: open?.payment.method ?? null, total });
  const cardOption = options.find(({ kind }) => kind === 'card');
  const stripe = useStripeScript(cardOption?.publishable_key ?? null);
  const canSave = choice !== null && choice.saved === null && addable.includes(choice.option.method);
  const save = canSave ? (ticked ?? open?.payment.saves_method ?? false) : null;

  const start = (slug: string | undefined) => {
    attempt.dismiss();
    goTo({ package: slug });
  };
  const payInvoices = (ids: readonly string[]) => {
    attempt.dismiss();
    setPicked(null);
    goTo({ invoices: ids.join(',') });
  };
  return {
    view,
    subject,
    offers,
    offer,
    invoices,
    leftOut: toPay.leftOut,
    isUnderWay: toPay.isUnderWay,
    total,
    choices,
    choice,
    payment,
    /** Why the payment or the invoices of the address could not be read. */
    error: search.payment === undefined ? (toPay.state?.error ?? null) : payment.error,
    purchase,
    /** The payment that waits for a card, for PayPal or for the bank. */
    open,
    attempt,
    stripe,
    balance: balance.data === undefined ? null : creditsFromWire(balance.data.available),
    /** Whether the marked method is kept for later payments; null where it cannot be. */
    save,
    setSave: setTicked,
    remember,
    /** Begins with a package, without the payment shown before. */
    start,
    /** Null where nothing is on sale. */
    startAgain: offer === null ? null : () => start(offer.slug),
    payInvoices,
    choose: (key: string) => {
      attempt.dismiss();
      setPicked(key);
    },
    tryOtherCard: () => setOtherCardFor(open?.payment.id ?? null),
    check: () => purchase !== null && void attempt.checkAgain(purchase.payment.id),
    retry: () => (search.payment === undefined ? toPay.retry() : void payment.refetch()),
    /** Gives the payment up that waits for its payer, so that its invoices can be paid in another way. */
    async giveUp(): Promise<void> {
      if (purchase === null) return;
      const given = await api('cancelPayment', { params: { id: purchase.payment.id } });
      forgetPurchaseKeys(window.sessionStorage);
      await remember(given);
      const unpaid = given.invoices.filter(({ status }) => status === 'pending');
      if (given.payment.status === 'canceled' && unpaid.length > 0) payInvoices(unpaid.map(({ id }) => id));
    },
    order: (): Order => {
      if (choice === null) throw new Error('There is no method to pay by.');
      return orderOf(window.sessionStorage, { accountId, open, subject, invoices, offer, choice, save });
    },
    leave: () => void navigate({ to: '/account/billing', search: {}, replace: true }),
  };
}

/** Keeps something in place while an attempt runs, so that the gateway's form is not taken away in the middle of it. */
function useHeldWhile<Shown extends string>(held: boolean, current: Shown): Shown {
  const [shown, setShown] = useState(current);
  if (!held && shown !== current) setShown(current);
  return held ? shown : current;
}
