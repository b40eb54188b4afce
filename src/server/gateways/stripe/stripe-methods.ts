import type Stripe from 'stripe';
import type { CardDetails, GatewayMethod, GatewaySetup } from '#server/modules/payments/gateway.ts';

/** Under which name our setup id travels in Stripe's metadata. */
export const setupIdKey = 'purser_setup_id';

/** A SetupIntent with its method, in our words (docs.stripe.com/payments/setup-intents). */
export function toGatewaySetup(intent: Stripe.SetupIntent): GatewaySetup {
  const method = intent.status === 'succeeded' ? keptMethodOf(intent.payment_method) : null;
  const isUnreadable = intent.status === 'succeeded' && method === null;
  return {
    reference: intent.id,
    status: isUnreadable ? 'failed' : statusOf(intent.status),
    clientSecret: intent.client_secret,
    setupId: intent.metadata?.[setupIdKey] ?? null,
    method,
    lastError: isUnreadable ? notACard : errorOf(intent.last_setup_error),
  };
}

/** A method that a customer keeps, in our words; null for one that is none's, and for what is no card. */
export function keptMethodOf(method: Stripe.PaymentMethod | string | null | undefined): GatewayMethod | null {
  if (method === null || method === undefined || typeof method === 'string') return null;
  if (method.customer === null || method.card === undefined) return null;
  return { reference: method.id, details: cardDetails(method.card), fingerprint: method.card.fingerprint ?? null };
}

function cardDetails(card: Stripe.PaymentMethod.Card): CardDetails {
  return {
    type: 'card',
    brand: card.brand,
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
  };
}

function statusOf(status: Stripe.SetupIntent.Status): GatewaySetup['status'] {
  if (status === 'succeeded') return 'succeeded';
  // A declined card leaves the intent open for another one.
  return status === 'canceled' ? 'failed' : 'open';
}

/** Only cards are kept; the account of Stripe may offer its payers more than that. */
const notACard = { code: 'method_not_kept', message: 'Only cards can be saved. Save a card instead.' };

function errorOf(error: Stripe.SetupIntent.LastSetupError | null): GatewaySetup['lastError'] {
  if (error === null) return null;
  const code =
    error.code === 'setup_intent_authentication_failure' ? 'authentication_failed' : (error.code ?? 'card_declined');
  return { code, message: error.message ?? 'The card was declined.' };
}
