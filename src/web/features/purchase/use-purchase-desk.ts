import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Money, money } from '#shared/money/index.ts';
import { api } from '#web/lib/api.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { deskView } from './desk-view.ts';
import {
  type MethodChoice,
  markedChoice,
  methodChoices,
  type PaymentOption,
  type SavedMethod,
} from './method-choices.ts';
import type { CreditPackage } from './package-grid.tsx';
import type { Purchase } from './payment-view.ts';
import { forgetPurchaseKeys, purchaseKey } from './purchase-key.ts';
import { type Order, wayToPay } from './purchase-order.ts';
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

/** What is paid: a package, invoices the address names, or a payment that was begun before. */
export type Subject = 'package' | 'invoices' | 'payment';

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
      return orderOf({ accountId, open, subject, invoices, offer, choice, save });
    },
    leave: () => void navigate({ to: '/account/billing', search: {}, replace: true }),
  };
}

/** Whether a payment waits for what this form gives: a card, or an approval at PayPal. */
function isOpen({ next }: Purchase): boolean {
  return next.type === 'confirm_card' || next.type === 'approve_paypal';
}

function subjectOf(hasInvoices: boolean, open: Purchase | null): Subject {
  if (hasInvoices) return 'invoices';
  return open === null ? 'package' : 'payment';
}

function chosenOffer(offers: readonly CreditPackage[], slug: string | undefined): CreditPackage | null {
  return offers.find((offer) => offer.slug === slug) ?? offers.find((offer) => offer.is_featured) ?? offers[0] ?? null;
}

/** What is paid, or null where invoices of several currencies are named. */
function totalOf(
  purchase: Purchase | null,
  invoices: readonly InvoiceSummary[],
  offer: CreditPackage | null,
): Money | null {
  if (purchase !== null) return moneyFromWire(purchase.payment.amount, purchase.payment.currency);
  const [first] = invoices;
  if (first === undefined) return offer === null ? null : moneyFromWire(offer.price, offer.currency);
  const { currency } = moneyFromWire(first.amount_due, first.currency);
  if (invoices.some((invoice) => invoice.currency !== currency)) return null;
  return money(
    invoices.reduce((sum, invoice) => sum + BigInt(invoice.amount_due), 0n),
    currency,
  );
}

/** Whether the open payment is gone on with: a card or PayPal given anew, kept or not, as the payment was begun. */
function goesOn({ payment }: Purchase, { option, saved }: MethodChoice, save: boolean | null): boolean {
  return saved === null && option.method === payment.method && (save === null || save === payment.saves_method);
}

/** What the click pays: the payment that is open, the invoices by another method, or the package at the price shown. */
function orderOf({
  accountId,
  open,
  subject,
  invoices,
  offer,
  choice,
  save,
}: {
  accountId: string;
  open: Purchase | null;
  subject: Subject;
  invoices: readonly InvoiceSummary[];
  offer: CreditPackage | null;
  choice: MethodChoice;
  save: boolean | null;
}): Order {
  if (open !== null && goesOn(open, choice, save)) return { kind: 'open', paymentId: open.payment.id };
  const storage = window.sessionStorage;
  const way = wayToPay(choice, save);
  if (open !== null || subject !== 'package') {
    const invoiceIds = (open?.invoices ?? invoices).map(({ id }) => id);
    // Paying in place of an open payment, and after a refusal, is another intent each time.
    const after =
      open === null
        ? invoices.map((invoice) => [invoice.open_payment_id, invoice.last_payment_error?.at ?? null])
        : [open.payment.id, open.payment.last_payment_error?.at ?? null];
    const idempotencyKey = purchaseKey(storage, accountId, { invoiceIds, ...way, after });
    return { kind: 'invoices', invoiceIds, body: way, idempotencyKey };
  }
  if (offer === null) throw new Error('There is nothing to buy.');
  const body = { package_id: offer.id, ...way, currency: offer.currency, expected_total: offer.price };
  return { kind: 'package', body, idempotencyKey: purchaseKey(storage, accountId, body) };
}

/** Keeps something in place while an attempt runs, so that the gateway's form is not taken away in the middle of it. */
function useHeldWhile<Shown extends string>(held: boolean, current: Shown): Shown {
  const [shown, setShown] = useState(current);
  if (!held && shown !== current) setShown(current);
  return held ? shown : current;
}
