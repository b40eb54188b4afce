import type Stripe from 'stripe';
import { billingDetailsFrom } from './addresses.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { type NewCard, readCard } from './cards.ts';
import { invalidParameter, missingResource, refused, StripeError } from './errors.ts';
import { emit } from './events.ts';
import { customerOf } from './existing-customer.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { declinedError, declineOf, magicNumber } from './magic-cards.ts';
import type { CardRecord } from './objects.ts';
import { given, Params } from './params.ts';

export const paymentMethodRoutes: Route[] = [
  { method: 'POST', path: '/v1/payment_methods', publishable: true, handle: createPaymentMethod },
  { method: 'GET', path: '/v1/payment_methods', handle: listPaymentMethods },
  { method: 'GET', path: '/v1/payment_methods/:id', handle: retrievePaymentMethod },
  { method: 'POST', path: '/v1/payment_methods/:id', handle: updatePaymentMethod },
  { method: 'POST', path: '/v1/payment_methods/:id/attach', handle: attachPaymentMethod },
  { method: 'POST', path: '/v1/payment_methods/:id/detach', handle: detachPaymentMethod },
];

type AllowRedisplay = 'always' | 'limited' | 'unspecified';

/** A payment method that is described but not yet kept: a card, whose it is, and how it may be shown again. */
export type MethodDraft = NewCard & {
  billingDetails: Stripe.PaymentMethod.BillingDetails;
  allowRedisplay: AllowRedisplay;
};

/** Reads the description of a card method, as in `payment_method_data`. Throws Stripe's errors for any other type. */
export function readMethodDraft(params: Params, now: number): MethodDraft {
  const type = params.word('type') ?? (params.has('card') ? 'card' : undefined);
  if (type === undefined) throw params.missing('type');
  if (type !== 'card') {
    throw invalidParameter(params.nameOf('type'), `The payment method type "${type}" is not activated.`);
  }
  const card = params.child('card');
  if (!card) throw params.missing('card');
  params.ignore('radar_options', 'referrer', 'payment_user_agent', 'guid', 'muid', 'sid', 'time_on_page', 'link');
  return {
    ...readCard(card, now),
    billingDetails: billingDetailsFrom(params),
    allowRedisplay: params.choice('allow_redisplay', ['always', 'limited', 'unspecified']) ?? 'unspecified',
  };
}

/** Keeps a payment method with its hidden card; it belongs to nobody yet. */
export function keepMethod(call: Call, draft: MethodDraft, metadata: Stripe.Metadata = {}): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: draft.allowRedisplay,
    billing_details: draft.billingDetails,
    card: draft.card,
    created: call.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    type: 'card',
  };
  call.writer.put('payment_method', method.id, method);
  call.writer.put('card', method.id, draft.record);
  return method;
}

/** The payment method of an id; a magic id such as `pm_card_visa` makes a new one, as at Stripe. */
export function paymentMethodFrom(call: Call, id: string, param: string): Stripe.PaymentMethod {
  const number = magicNumber(id);
  if (number === undefined) {
    const method = call.writer.get('payment_method', id);
    if (!method) throw missingResource('PaymentMethod', id, param);
    return method;
  }
  const form = { type: 'card', card: { number, exp_month: '12', exp_year: String(yearOf(call.now) + 3) } };
  return keepMethod(call, readMethodDraft(new Params(form), call.now));
}

function yearOf(seconds: number): number {
  return new Date(seconds * 1_000).getUTCFullYear();
}

/** The hidden side of a kept payment method. */
export function cardRecordOf(call: Call, methodId: string): CardRecord {
  const record = call.writer.get('card', methodId);
  if (!record) throw missingResource('PaymentMethod', methodId, 'payment_method');
  return record;
}

/** Refuses a method that was used without a customer, or detached from one: Stripe never lets it be used again. */
export function refuseSpent(call: Call, method: Stripe.PaymentMethod): void {
  if (!cardRecordOf(call, method.id).isSpent) return;
  throw refused(
    undefined,
    'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, ' +
      'and may not be used again.',
  );
}

/** Gives a method to a customer. Throws the card error of cards that refuse to be saved. */
export function attachToCustomer(
  call: Call,
  method: Stripe.PaymentMethod,
  customer: Stripe.Customer,
): Stripe.PaymentMethod {
  if (method.customer === customer.id) return method;
  if (method.customer !== null) {
    throw refused(undefined, 'The payment method you provided has already been attached to a customer.');
  }
  refuseSpent(call, method);
  const record = cardRecordOf(call, method.id);
  const decline = declineOf(record.number, record.cvcGiven, 'attach');
  if (decline) throw new StripeError(402, { ...declinedError(decline), param: '' });
  return keepAttached(call, method, customer.id);
}

/** Writes down that a method belongs to a customer; its card has been checked, or charged, before. */
export function keepAttached(call: Call, method: Stripe.PaymentMethod, customerId: string): Stripe.PaymentMethod {
  if (method.customer === customerId) return method;
  const attached: Stripe.PaymentMethod = { ...method, customer: customerId };
  call.writer.put('payment_method', method.id, attached);
  emit(call, 'payment_method.attached', attached);
  return attached;
}

/** Takes a method from its customer for good. */
export function detachFromCustomer(call: Call, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  const detached: Stripe.PaymentMethod = { ...method, customer: null };
  call.writer.put('payment_method', method.id, detached);
  call.writer.put('card', method.id, { ...cardRecordOf(call, method.id), isSpent: true });
  emit(call, 'payment_method.detached', detached, method);
  return detached;
}

function createPaymentMethod(call: Call): Answer {
  const draft = readMethodDraft(call.params, call.now);
  const metadata = call.params.metadata();
  call.params.ignore('client_attribution_metadata');
  call.params.end();
  return ok(keepMethod(call, draft, metadata));
}

function retrievePaymentMethod(call: Call): Answer {
  call.params.end();
  return ok(paymentMethodFrom(call, call.path['id'] ?? '', 'payment_method'));
}

function updatePaymentMethod(call: Call): Answer {
  const before = paymentMethodFrom(call, call.path['id'] ?? '', 'payment_method');
  const card = call.params.child('card');
  const expiry = card && given({ exp_month: card.integer('exp_month'), exp_year: card.integer('exp_year') });
  card?.ignore('networks');
  const method: Stripe.PaymentMethod = {
    ...before,
    ...given({ allow_redisplay: call.params.choice('allow_redisplay', ['always', 'limited', 'unspecified']) }),
    ...(before.card && expiry ? { card: { ...before.card, ...expiry } } : {}),
    billing_details: billingDetailsFrom(call.params, before.billing_details),
    metadata: call.params.metadata(before.metadata ?? {}),
  };
  call.params.end();
  if (before.customer === null) {
    throw refused(undefined, 'You must save this PaymentMethod to a customer before you can update it.');
  }
  call.writer.put('payment_method', method.id, method);
  emit(call, 'payment_method.updated', method, before);
  return ok(method);
}

function attachPaymentMethod(call: Call): Answer {
  const customerId = call.params.requiredWord('customer');
  call.params.end();
  const customer = customerOf(call.writer, customerId, 'customer');
  const method = paymentMethodFrom(call, call.path['id'] ?? '', 'payment_method');
  return ok(attachToCustomer(call, method, customer));
}

function detachPaymentMethod(call: Call): Answer {
  call.params.end();
  const method = paymentMethodFrom(call, call.path['id'] ?? '', 'payment_method');
  if (method.customer === null) {
    const message = 'The payment method you provided is not attached to a customer so detachment is impossible.';
    throw refused(undefined, message);
  }
  return ok(detachFromCustomer(call, method));
}

function listPaymentMethods(call: Call): Answer {
  const customer = call.params.word('customer');
  const type = call.params.word('type');
  const methods = call.writer.all('payment_method');
  return ok(
    listPage(
      call,
      '/v1/payment_methods',
      methods,
      (method) =>
        (customer === undefined ? method.customer !== null : method.customer === customer) &&
        (type === undefined || method.type === type),
    ),
  );
}
