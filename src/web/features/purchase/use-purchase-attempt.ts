import type { Stripe, StripeElements, StripeError } from '@stripe/stripe-js';
import { useRef, useState } from 'react';
import type { Purchase } from './payment-view.ts';
import { confirmedPurchase, type Order, startedPurchase } from './purchase-order.ts';

/** Where a click on Pay has got to. */
export type AttemptPhase = 'idle' | 'starting' | 'confirming' | 'approving' | 'checking';

/** What went wrong beyond the server's own word on the payment. */
export type AttemptTrouble =
  /** The gateway's script says so; the payment's own last error is shown from the server instead. */
  | { readonly kind: 'card'; readonly error: StripeError }
  | { readonly kind: 'request'; readonly error: unknown }
  /** The window of PayPal was closed before anything was approved. */
  | { readonly kind: 'windowClosed' }
  /** The window of PayPal has failed, or ended without an approval. */
  | { readonly kind: 'windowFailed' }
  /** The method was handed to the gateway and nobody could tell how it went. */
  | { readonly kind: 'unsure' };

type CardForm = { readonly stripe: Stripe; readonly elements: StripeElements };

/** What the server said in the end, null when it stayed silent, and what went wrong beyond that. */
type Settled = { readonly purchase: Purchase | null; readonly trouble: AttemptTrouble | null };

/**
 * One click on Pay at a time: begins the payment (or finds the open one), hands the method to the gateway, and asks the
 * server how it went. `onPurchase` hears everything the server says on the way.
 */
export function usePurchaseAttempt(onPurchase: (purchase: Purchase) => Promise<void>) {
  const [phase, setPhase] = useState<AttemptPhase>('idle');
  const [trouble, setTrouble] = useState<AttemptTrouble | null>(null);
  const running = useRef(false);
  const inWindow = useRef<string | null>(null);

  /** Takes the one place there is; false when it is taken: state arrives a render too late to stop a double click. */
  function begin(): boolean {
    if (running.current) return false;
    running.current = true;
    setTrouble(null);
    setPhase('starting');
    return true;
  }

  function end(result: AttemptTrouble | null): void {
    running.current = false;
    inWindow.current = null;
    setTrouble(result);
    setPhase('idle');
  }

  async function once(attempt: () => Promise<AttemptTrouble | null>): Promise<void> {
    if (!begin()) return;
    try {
      end(await attempt());
    } catch (error) {
      end({ kind: 'request', error });
    }
  }

  /** The server's word after the method was handed over, however long its answer takes to come through. */
  async function settle(paymentId: string, cardError?: StripeError): Promise<Settled> {
    setPhase('checking');
    const purchase = await confirmedPurchase(paymentId);
    if (purchase === null) return { purchase, trouble: { kind: 'unsure' } };
    await onPurchase(purchase);
    return { purchase, trouble: troubleAfter(cardError, purchase) };
  }

  async function payByCard({ stripe, elements }: CardForm, order: () => Order): Promise<void> {
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
      return (await settle(started.payment.id, error)).trouble;
    });
  }

  /** Charges a saved method: the server does it, and only 3-D Secure needs the payer and the gateway's script. */
  async function payBySaved(loadStripe: (key: string) => Promise<Stripe>, order: () => Order): Promise<void> {
    await once(async () => {
      const started = await startedPurchase(order());
      await onPurchase(started);
      const { next, payment } = started;
      if (next.type !== 'confirm_card' || payment.status !== 'requires_action') return null;
      setPhase('confirming');
      const stripe = await loadStripe(next.publishable_key);
      const { error } = await stripe.handleNextAction({ clientSecret: next.client_secret });
      return (await settle(payment.id, error)).trouble;
    });
  }

  /** Starts a payment that its payer goes on with outside this page. */
  async function start(order: () => Order): Promise<void> {
    await once(async () => {
      await onPurchase(await startedPurchase(order()));
      return null;
    });
  }

  /** Takes up 3-D Secure where it was left, for a payment that waits for the payer's bank. */
  async function confirmWithBank(stripe: Stripe, { next, payment }: Purchase): Promise<void> {
    if (next.type !== 'confirm_card') return;
    await once(async () => {
      setPhase('confirming');
      const { error } = await stripe.handleNextAction({ clientSecret: next.client_secret });
      return (await settle(payment.id, error)).trouble;
    });
  }

  /** Asks again after an attempt whose outcome nobody could tell. */
  async function checkAgain(paymentId: string): Promise<void> {
    await once(async () => (await settle(paymentId)).trouble);
  }

  const paypal = {
    /** The order that PayPal's window is to show. @throws when there is none to approve; the page then says why. */
    async open(order: () => Order): Promise<string> {
      if (!begin()) throw new Error('A payment is under way already.');
      try {
        const started = await startedPurchase(order());
        await onPurchase(started);
        if (started.next.type !== 'approve_paypal') throw new NothingToApprove();
        inWindow.current = started.payment.id;
        setPhase('approving');
        return started.next.order_id;
      } catch (error) {
        end(error instanceof NothingToApprove ? null : { kind: 'request', error });
        throw error;
      }
    },
    /** The payer has approved: the server collects. A means of payment that is refused is chosen anew in the window. */
    async approved(restart: () => void): Promise<void> {
      const paymentId = inWindow.current;
      if (paymentId === null) return;
      try {
        const { purchase, trouble: after } = await settle(paymentId);
        if (purchase !== null && wantsOtherInstrument(purchase)) {
          setPhase('approving');
          restart();
          return;
        }
        const isOpen = purchase?.next.type === 'approve_paypal' && purchase.payment.last_payment_error === null;
        end(isOpen ? { kind: 'windowFailed' } : after);
      } catch (error) {
        end({ kind: 'request', error });
      }
    },
    closed(): void {
      if (inWindow.current !== null) end({ kind: 'windowClosed' });
    },
    failed(): void {
      if (inWindow.current !== null) end({ kind: 'windowFailed' });
    },
  };

  return {
    phase,
    trouble,
    busy: phase !== 'idle',
    payByCard,
    payBySaved,
    start,
    paypal,
    confirmWithBank,
    checkAgain,
    dismiss: () => setTrouble(null),
  };
}

/** The payment went on elsewhere before PayPal's window was there: paid in another tab, for instance. */
class NothingToApprove extends Error {}

/** A card error is shown from the server's record of it; the script's own word counts only where the server has none. */
function troubleAfter(error: StripeError | undefined, purchase: Purchase): AttemptTrouble | null {
  if (error === undefined || error.type === 'validation_error') return null;
  if (purchase.next.type !== 'confirm_card') return null;
  if (error.type === 'card_error' && purchase.payment.last_payment_error !== null) return null;
  if (error.code === 'payment_intent_authentication_failure' && purchase.payment.last_payment_error !== null)
    return null;
  return { kind: 'card', error };
}

function wantsOtherInstrument({ next, payment }: Purchase): boolean {
  return next.type === 'approve_paypal' && payment.last_payment_error?.code === 'instrument_declined';
}

function returnUrl(paymentId: string): string {
  return `${window.location.origin}/account/credits/purchase?payment=${encodeURIComponent(paymentId)}`;
}
