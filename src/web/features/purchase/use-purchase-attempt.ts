import type { Stripe, StripeElements, StripeError } from '@stripe/stripe-js';
import { useRef, useState } from 'react';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import { type ApiArguments, api } from '#web/lib/api.ts';
import { type Purchase, pollDelay } from './payment-view.ts';

/** What the page buys with one click: a payment that is open already, or a package under its Idempotency-Key. */
export type Order =
  | { readonly paymentId: string }
  | { readonly body: ApiArguments<'purchaseCredits'>['body']; readonly idempotencyKey: string };

/** Where a click on Pay has got to. */
export type AttemptPhase = 'idle' | 'starting' | 'confirming' | 'checking';

/** What went wrong beyond the server's own word on the payment. */
export type AttemptTrouble =
  /** The gateway's script says so; the payment's own last error is shown from the server instead. */
  | { readonly kind: 'card'; readonly error: StripeError }
  | { readonly kind: 'request'; readonly error: unknown }
  /** The card was handed to the gateway and nobody could tell how it went. */
  | { readonly kind: 'unsure' };

type CardForm = { readonly stripe: Stripe; readonly elements: StripeElements };

/**
 * One click on Pay at a time: issues the invoice (or finds the open payment), hands the card to the gateway, and asks
 * the server how it went. `onPurchase` hears everything the server says on the way.
 */
export function usePurchaseAttempt(onPurchase: (purchase: Purchase) => Promise<void>) {
  const [phase, setPhase] = useState<AttemptPhase>('idle');
  const [trouble, setTrouble] = useState<AttemptTrouble | null>(null);
  const running = useRef(false);

  /** Runs one attempt unless one is running: state arrives a render too late to stop a double click. */
  async function once(attempt: () => Promise<AttemptTrouble | null>): Promise<void> {
    if (running.current) return;
    running.current = true;
    setTrouble(null);
    setPhase('starting');
    try {
      setTrouble(await attempt());
    } catch (error) {
      setTrouble({ kind: 'request', error });
    } finally {
      running.current = false;
      setPhase('idle');
    }
  }

  /** The server's word after the card was handed over, however long its answer takes to come through. */
  async function settle(paymentId: string, cardError: StripeError | undefined): Promise<AttemptTrouble | null> {
    setPhase('checking');
    const purchase = await confirmedPurchase(paymentId);
    if (purchase === null) return { kind: 'unsure' };
    await onPurchase(purchase);
    return troubleAfter(cardError, purchase);
  }

  async function pay({ stripe, elements }: CardForm, order: () => Order): Promise<void> {
    await once(async () => {
      const fields = await elements.submit();
      // The form marks its own fields; there is nothing to add and nothing has been sent.
      if (fields.error) return fields.error.type === 'validation_error' ? null : { kind: 'card', error: fields.error };
      const started = await startedPurchase(order());
      await onPurchase(started);
      if (started.next.type !== 'confirm_card') return null;
      setPhase('confirming');
      const { error } = await stripe.confirmPayment({
        elements,
        clientSecret: started.next.client_secret,
        confirmParams: { return_url: returnUrl(started.payment.id) },
        redirect: 'if_required',
      });
      return settle(started.payment.id, error);
    });
  }

  /** Takes up 3-D Secure where it was left, for a payment that waits for the payer's bank. */
  async function confirmWithBank(stripe: Stripe, purchase: Purchase): Promise<void> {
    const { next, payment } = purchase;
    if (next.type !== 'confirm_card') return;
    await once(async () => {
      setPhase('confirming');
      const { error } = await stripe.handleNextAction({ clientSecret: next.client_secret });
      return settle(payment.id, error);
    });
  }

  /** Asks again after an attempt whose outcome nobody could tell. */
  async function checkAgain(paymentId: string): Promise<void> {
    await once(() => settle(paymentId, undefined));
  }

  return { phase, trouble, busy: phase !== 'idle', pay, confirmWithBank, checkAgain, dismiss: () => setTrouble(null) };
}

const settleTriesMax = 5;

function startedPurchase(order: Order): Promise<Purchase> {
  return 'paymentId' in order
    ? // Asked through to the gateway: another tab may have paid it in the meantime.
      api('confirmPayment', { params: { id: order.paymentId } })
    : api('purchaseCredits', { body: order.body, idempotencyKey: order.idempotencyKey });
}

/** What the server says now, or null when it stays silent; a refusal is thrown. */
async function confirmedPurchase(paymentId: string): Promise<Purchase | null> {
  for (let tried = 1; tried <= settleTriesMax; tried += 1) {
    try {
      return await api('confirmPayment', { params: { id: paymentId } });
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (tried < settleTriesMax) await pause(pollDelay(tried));
    }
  }
  return null;
}

/** A card error is shown from the server's record of it; the script's own word counts only where the server has none. */
function troubleAfter(error: StripeError | undefined, purchase: Purchase): AttemptTrouble | null {
  if (error === undefined || error.type === 'validation_error') return null;
  if (purchase.next.type !== 'confirm_card') return null;
  if (error.type === 'card_error' && purchase.payment.last_payment_error !== null) return null;
  if (error.code === 'payment_intent_authentication_failure' && purchase.payment.last_payment_error !== null)
    return null;
  return { kind: 'card', error };
}

function returnUrl(paymentId: string): string {
  return `${window.location.origin}/account/credits/purchase?payment=${encodeURIComponent(paymentId)}`;
}

function mayPass(error: unknown): boolean {
  return error instanceof NetworkFailure || (error instanceof ApiProblem && error.status >= 500);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
