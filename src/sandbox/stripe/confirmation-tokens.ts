import type Stripe from 'stripe';
import { shippingFrom } from './addresses.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { missingResource, refused } from './errors.ts';
import { newId } from './ids.ts';
import type { ConfirmationTokenRecord } from './objects.ts';
import { keepMethod, type MethodDraft, readMethodDraft } from './payment-methods.ts';

export const confirmationTokenRoutes: Route[] = [
  { method: 'POST', path: '/v1/confirmation_tokens', publishable: true, handle: createConfirmationToken },
  { method: 'GET', path: '/v1/confirmation_tokens/:id', handle: retrieveConfirmationToken },
];

const futureUsages = ['off_session', 'on_session'] as const;
const lifetimeSeconds = 12 * 3_600;

function createConfirmationToken(call: Call): Answer {
  const data = call.params.child('payment_method_data');
  if (!data) throw call.params.missing('payment_method_data');
  const draft = readMethodDraft(data, call.now);
  const token: Stripe.ConfirmationToken = {
    id: newId('ctoken'),
    object: 'confirmation_token',
    created: call.now,
    expires_at: call.now + lifetimeSeconds,
    livemode: false,
    mandate_data: null,
    metadata: {},
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: previewOf(draft),
    return_url: call.params.text('return_url') ?? null,
    setup_future_usage: call.params.choice('setup_future_usage', futureUsages) ?? null,
    setup_intent: null,
    shipping: shippingFrom(call.params) ?? null,
    use_stripe_sdk: true,
  };
  call.params.ignore('mandate_data', 'client_context', 'use_stripe_sdk', 'set_as_default_payment_method');
  call.params.end();
  call.writer.put('confirmation_token', token.id, { token, card: draft.record, isSpent: false });
  return ok(token);
}

function previewOf(draft: MethodDraft): Stripe.ConfirmationToken.PaymentMethodPreview {
  return {
    allow_redisplay: draft.allowRedisplay,
    billing_details: draft.billingDetails,
    card: { ...draft.card, generated_from: null },
    customer: null,
    customer_account: null,
    type: 'card',
  };
}

function recordOf(call: Call, id: string, param: string): ConfirmationTokenRecord {
  const record = call.writer.get('confirmation_token', id);
  if (!record) throw missingResource('confirmation_token', id, param);
  return record;
}

function retrieveConfirmationToken(call: Call): Answer {
  call.params.end();
  return ok(recordOf(call, call.path['id'] ?? '', 'id').token);
}

/** Turns a token into its payment method, once. Throws when it was used before or has expired. */
export function spendConfirmationToken(
  call: Call,
  id: string,
  intentId: string,
): { method: Stripe.PaymentMethod; returnUrl: string | null; futureUsage: 'off_session' | 'on_session' | null } {
  const record = recordOf(call, id, 'confirmation_token');
  const { token } = record;
  if (record.isSpent) throw refused(undefined, `The ConfirmationToken ${id} has already been used.`);
  if ((token.expires_at ?? 0) <= call.now) throw refused(undefined, `The ConfirmationToken ${id} has expired.`);
  const preview = token.payment_method_preview;
  if (!preview?.card) throw missingResource('confirmation_token', id, 'confirmation_token');
  const method = keepMethod(call, {
    card: { ...preview.card, generated_from: null },
    record: record.card,
    billingDetails: preview.billing_details,
    allowRedisplay: 'unspecified',
  });
  const usedFor = intentId.startsWith('pi_') ? { payment_intent: intentId } : { setup_intent: intentId };
  call.writer.put('confirmation_token', id, { ...record, token: { ...token, ...usedFor }, isSpent: true });
  return {
    method,
    returnUrl: token.return_url,
    futureUsage: futureUsages.find((usage) => usage === token.setup_future_usage) ?? null,
  };
}
