import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { deskView } from './desk-view.ts';
import type { PaymentOption } from './method-picker.tsx';
import type { CreditPackage } from './package-grid.tsx';
import type { Purchase } from './payment-view.ts';
import { purchaseKey } from './purchase-key.ts';
import { useOutcomeEffects } from './use-outcome-effects.ts';
import { usePayment, useRememberPayment } from './use-payment.ts';
import { type Order, usePurchaseAttempt } from './use-purchase-attempt.ts';
import { useStripeScript } from './use-stripe-script.ts';

/** A list that holds at least one. */
type AtLeastOne<Item> = readonly [Item, ...Item[]];

/** What is on sale and how it can be paid. */
export type DeskOffers = {
  accountId: string;
  offers: AtLeastOne<CreditPackage>;
  options: AtLeastOne<PaymentOption>;
  /** Hears that the prices shown are not those of the server any more. */
  onPricesStale: () => void;
};

/** Everything the desk shows and does. The address holds the package and the payment, so that a reload finds both. */
export function usePurchaseDesk({ accountId, offers, options, onPricesStale }: DeskOffers) {
  const search = useSearch({ from: '/house/account/account/credits/purchase' });
  const navigate = useNavigate();
  const payment = usePayment(search.payment);
  const remember = useRememberPayment();
  const balance = useQuery(endpointQuery('getCreditBalance'));
  const [optionId, setOptionId] = useState(options[0].id);
  const [otherCardFor, setOtherCardFor] = useState<string | null>(null);

  const offer = chosenOffer(offers, search.package);
  const option = options.find(({ id }) => id === optionId) ?? options[0];
  const stripe = useStripeScript(option.publishable_key);

  const goTo = (next: { package: string; payment?: string }) =>
    void navigate({ to: '/account/credits/purchase', search: next, replace: true });

  const attempt = usePurchaseAttempt(async (purchase) => {
    await remember(purchase);
    goTo({ package: offer.slug, payment: purchase.payment.id });
  });

  const purchase = search.payment === undefined ? null : (payment.data ?? null);
  const current = deskView({ paymentId: search.payment, purchase, error: payment.error, otherCardFor });
  const view = useHeldWhile(attempt.busy, current);
  const open = purchase !== null && purchase.next.type === 'confirm_card' ? purchase : null;
  // A click that starts a payment leaves the page as it is; what it left open is resumed with the next click.
  const resumes = useHeldWhile(attempt.busy || current === 'paid', open !== null);
  useOutcomeEffects({ view, purchase, attempt, returned: search.redirect_status !== undefined, onPricesStale });

  const start = (slug: string) => {
    attempt.dismiss();
    goTo({ package: slug });
  };
  return {
    view,
    offers,
    offer,
    options,
    option,
    payment,
    purchase,
    /** The payment that waits for a card or for the bank. */
    open,
    /** The payment the page takes up again, instead of selling a package. */
    resumed: resumes ? purchase : null,
    attempt,
    stripe,
    balance: balance.data === undefined ? null : creditsFromWire(balance.data.available),
    /** Begins with a package, without the payment shown before. */
    start,
    startAgain: () => start(offer.slug),
    chooseOption: setOptionId,
    tryOtherCard: () => setOtherCardFor(open?.payment.id ?? null),
    check: () => purchase !== null && void attempt.checkAgain(purchase.payment.id),
    order: () => orderOf(accountId, open, offer, option),
    leave: () => void navigate({ to: '/account/billing', search: {}, replace: true }),
  };
}

function chosenOffer(offers: AtLeastOne<CreditPackage>, slug: string | undefined): CreditPackage {
  return offers.find((offer) => offer.slug === slug) ?? offers.find((offer) => offer.is_featured) ?? offers[0];
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

/** Keeps something in place while an attempt runs, so that the gateway's form is not taken away in the middle of it. */
function useHeldWhile<Shown>(held: boolean, current: Shown): Shown {
  const [shown, setShown] = useState(current);
  if (!held && shown !== current) setShown(current);
  return held ? shown : current;
}
