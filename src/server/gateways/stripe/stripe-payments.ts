import type Stripe from 'stripe';
import type { CardDetails, GatewayPayment } from '#server/modules/payments/gateway.ts';
import { fromStripeAmount } from './stripe-amounts.ts';
import { keptMethodOf } from './stripe-methods.ts';

/** Under which name our payment id travels in Stripe's metadata. */
export const paymentIdKey = 'purser_payment_id';

/** A PaymentIntent with its latest charge, in our words. */
export function toGatewayPayment(intent: Stripe.PaymentIntent): GatewayPayment {
  const wasKept = intent.status === 'succeeded' && intent.setup_future_usage !== null;
  const kept = wasKept ? keptMethodOf(intent.payment_method) : null;
  return {
    reference: intent.id,
    status: statusOf(intent),
    amount: fromStripeAmount(intent.amount, intent.currency),
    received: fromStripeAmount(intent.amount_received, intent.currency),
    awaitsCollection: false,
    methodDetails: cardOf(intent),
    ...(kept === null ? {} : { keptMethod: kept }),
    lastError: errorOf(intent.last_payment_error),
    clientSecret: intent.client_secret,
    paymentId: intent.metadata[paymentIdKey] ?? null,
  };
}

function statusOf(intent: Stripe.PaymentIntent): GatewayPayment['status'] {
  switch (intent.status) {
    case 'requires_payment_method':
      return 'requires_payment_method';
    // The method is there but not yet confirmed: for the payer it is the same step.
    case 'requires_confirmation':
      return 'requires_payment_method';
    case 'requires_action':
      return 'requires_action';
    case 'processing':
      return 'processing';
    // We collect automatically; an intent that waits for a capture was changed by hand in Stripe's dashboard.
    case 'requires_capture':
      return 'processing';
    case 'succeeded':
      return 'succeeded';
    case 'canceled':
      return 'canceled';
    default:
      // A status newer than this code: the outcome is not known yet.
      return 'processing';
  }
}

function cardOf(intent: Stripe.PaymentIntent): CardDetails | null {
  const charge = intent.latest_charge;
  if (charge === null || typeof charge === 'string') return null;
  const card = charge.payment_method_details?.card;
  if (card === undefined || card === null) return null;
  return {
    type: 'card',
    brand: card.brand ?? 'card',
    last4: card.last4 ?? '',
    expMonth: card.exp_month,
    expYear: card.exp_year,
  };
}

/** Why the last attempt failed, by the most telling of Stripe's codes, with Stripe's sentence for the payer. */
function errorOf(error: Stripe.PaymentIntent.LastPaymentError | null): GatewayPayment['lastError'] {
  if (error === null) return null;
  const code =
    error.code === 'payment_intent_authentication_failure'
      ? 'authentication_failed'
      : (specificDeclines.get(error.decline_code ?? '') ?? error.code ?? 'card_declined');
  return { code, message: error.message ?? 'The payment was declined.' };
}

/** Decline codes that tell the payer what to do; all others are told as `card_declined` (docs.stripe.com/declines/codes). */
const specificDeclines = new Map([
  ['insufficient_funds', 'insufficient_funds'],
  ['expired_card', 'expired_card'],
  ['incorrect_cvc', 'incorrect_cvc'],
  ['processing_error', 'processing_error'],
]);
