import type Stripe from 'stripe';
import { shippingFrom } from './addresses.ts';
import { checkChargeAmount, currencyFrom } from './amounts.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import {
  captureIntent,
  type ConfirmOptions,
  confirmPayment,
  settleAuthentication,
  unexpectedState,
} from './confirm-payment.ts';
import { invalidParameter, missingResource } from './errors.ts';
import { emit } from './events.ts';
import { customerOf } from './existing-customer.ts';
import {
  type ChosenMethod,
  checkClientSecret,
  checkMethodFor,
  checkReturnUrl,
  idOf,
  readAuthenticationOutcome,
  readMethodChoice,
  readOfferedMethods,
  readReturnUrl,
  resolveMethod,
} from './intents.ts';
import { listPage } from './lists.ts';
import { newPaymentIntent } from './new-payment-intent.ts';
import { given, type Params } from './params.ts';
import { refundCharge } from './refunds.ts';

export const paymentIntentRoutes: Route[] = [
  { method: 'POST', path: '/v1/payment_intents', handle: createPaymentIntent },
  { method: 'GET', path: '/v1/payment_intents', handle: listPaymentIntents },
  { method: 'GET', path: '/v1/payment_intents/:id', publishable: true, handle: retrievePaymentIntent },
  { method: 'POST', path: '/v1/payment_intents/:id', handle: updatePaymentIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/confirm', publishable: true, handle: confirmPaymentIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/cancel', handle: cancelPaymentIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/capture', handle: capturePaymentIntent },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/sandbox_authenticate',
    publishable: true,
    handle: authenticatePaymentIntent,
  },
];

const futureUsages = ['off_session', 'on_session'] as const;
const cancellationReasons = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
const changeable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const cancelable = [...changeable, 'requires_capture', 'processing'];

function createPaymentIntent(call: Call): Answer {
  const { params } = call;
  const amount = params.integer('amount');
  const currency = currencyFrom(params);
  const offered = readOfferedMethods(call);
  const customer = params.text('customer') ?? null;
  const choice = readMethodChoice(call);
  const confirm = params.flag('confirm') ?? false;
  const captureMethod = params.choice('capture_method', ['automatic', 'automatic_async', 'manual']);
  const confirmationMethod = params.choice('confirmation_method', ['automatic', 'manual']) ?? 'automatic';
  const details = readDetails(params);
  const metadata = params.metadata();
  const options = readConfirmOptions(params);
  const returnUrl = readReturnUrl(call);
  ignoreOthers(params);
  params.end();
  if (amount === undefined) throw params.missing('amount');
  if (currency === undefined) throw params.missing('currency');
  checkChargeAmount(amount, currency);
  if (customer !== null) customerOf(call.writer, customer, 'customer');
  const blank = newPaymentIntent({ amount, currency, customer, confirmationMethod, metadata, offered, now: call.now });
  const capture_method = captureMethod ?? (offered.automatic_payment_methods ? 'automatic_async' : 'automatic');
  const chosen = resolveMethod(call, choice, blank.id);
  const intent = withMethod(call, { ...blank, capture_method, ...given(details) }, chosen);
  call.writer.put('payment_intent', intent.id, intent);
  emit(call, 'payment_intent.created', intent);
  if (!confirm) return ok(intent);
  if (!options.offSession && intent.payment_method !== null) {
    checkReturnUrl(call, intent.automatic_payment_methods, returnUrl ?? chosen?.returnUrl ?? null);
  }
  return confirmPayment(call, intent, options);
}

/** The members that may be given at creation, update and confirmation alike. */
function readDetails(params: Params) {
  const usage = params.text('setup_future_usage');
  if (typeof usage === 'string' && !futureUsages.some((known) => known === usage)) {
    throw invalidParameter(
      'setup_future_usage',
      `Invalid setup_future_usage: must be one of ${futureUsages.join(', ')}`,
    );
  }
  return {
    description: params.text('description'),
    receipt_email: params.text('receipt_email'),
    setup_future_usage: usage,
    shipping: shippingFrom(params),
    statement_descriptor: params.text('statement_descriptor'),
    statement_descriptor_suffix: params.text('statement_descriptor_suffix'),
    transfer_group: params.text('transfer_group'),
  };
}

function ignoreOthers(params: Params): void {
  params.ignore('amount_details', 'application_fee_amount', 'hooks', 'payment_details', 'payment_method_configuration');
  params.ignore('payment_method_options', 'transfer_data', 'on_behalf_of');
}

function readConfirmOptions(params: Params): ConfirmOptions {
  const offSession = params.choice('off_session', ['true', 'false', 'one_off', 'recurring']) ?? 'false';
  return {
    offSession: offSession !== 'false',
    errorOnRequiresAction: params.flag('error_on_requires_action') ?? false,
  };
}

/** The intent with the method that a request names; without one it stays as it is. */
function withMethod(call: Call, intent: Stripe.PaymentIntent, chosen: ChosenMethod | undefined): Stripe.PaymentIntent {
  if (!chosen) return intent;
  checkMethodFor(call, chosen.method, idOf(intent.customer), 'PaymentIntent');
  return {
    ...intent,
    next_action: null,
    payment_method: chosen.method.id,
    setup_future_usage: chosen.futureUsage ?? intent.setup_future_usage,
    status: 'requires_confirmation',
  };
}

function existingIntent(call: Call): Stripe.PaymentIntent {
  const id = call.path['id'] ?? '';
  const intent = call.writer.get('payment_intent', id);
  if (!intent) throw missingResource('payment_intent', id, 'intent');
  return intent;
}

function retrievePaymentIntent(call: Call): Answer {
  const intent = existingIntent(call);
  checkClientSecret(call, 'payment_intent', intent);
  call.params.end();
  return ok(intent);
}

function updatePaymentIntent(call: Call): Answer {
  const { params } = call;
  const before = existingIntent(call);
  const amount = params.integer('amount');
  const currency = currencyFrom(params);
  const customer = params.text('customer');
  const choice = readMethodChoice(call);
  const details = { ...readDetails(params), capture_method: params.choice('capture_method', ['automatic', 'manual']) };
  const metadata = params.metadata(before.metadata);
  params.ignore('allowed_payment_method_types', 'excluded_payment_method_types');
  ignoreOthers(params);
  params.end();
  const changesMoney = amount !== undefined || currency !== undefined || customer !== undefined;
  if ((changesMoney || choice.kind !== 'none') && !changeable.includes(before.status)) {
    throw unexpectedState('update', before);
  }
  if (amount !== undefined || currency !== undefined) {
    checkChargeAmount(amount ?? before.amount, currency ?? before.currency);
  }
  if (typeof customer === 'string') customerOf(call.writer, customer, 'customer');
  const changed = { ...before, ...given({ ...details, amount, currency, customer }), metadata };
  // A changed amount has not been authenticated, so the customer is asked again.
  const reopened = changesMoney && before.status === 'requires_action';
  const open: Stripe.PaymentIntent = reopened
    ? { ...changed, next_action: null, status: 'requires_confirmation' }
    : changed;
  const intent = withMethod(call, open, resolveMethod(call, choice, before.id));
  call.writer.put('payment_intent', intent.id, intent);
  return ok(intent);
}

function confirmPaymentIntent(call: Call): Answer {
  const { params } = call;
  const before = existingIntent(call);
  checkClientSecret(call, 'payment_intent', before);
  const choice = readMethodChoice(call);
  const details = readDetails(params);
  const options = readConfirmOptions(params);
  const returnUrl = readReturnUrl(call);
  const expectedAmount = params.integer('amount_to_confirm');
  params.ignore('capture_method', 'allowed_payment_method_types', 'excluded_payment_method_types');
  ignoreOthers(params);
  params.end();
  if (!changeable.includes(before.status)) throw unexpectedState('confirm', before);
  if (expectedAmount !== undefined && expectedAmount !== before.amount) {
    throw invalidParameter('amount_to_confirm', `The amount of this PaymentIntent is ${before.amount}.`);
  }
  const chosen = resolveMethod(call, choice, before.id);
  const intent = withMethod(call, { ...before, ...given(details) }, chosen);
  if (!options.offSession && intent.payment_method !== null) {
    checkReturnUrl(call, intent.automatic_payment_methods, returnUrl ?? chosen?.returnUrl ?? null);
  }
  return confirmPayment(call, intent, options);
}

function authenticatePaymentIntent(call: Call): Answer {
  const intent = existingIntent(call);
  checkClientSecret(call, 'payment_intent', intent);
  const outcome = readAuthenticationOutcome(call);
  call.params.end();
  return settleAuthentication(call, intent, outcome);
}

function cancelPaymentIntent(call: Call): Answer {
  const before = existingIntent(call);
  const reason = call.params.choice('cancellation_reason', cancellationReasons) ?? null;
  call.params.end();
  if (!cancelable.includes(before.status)) throw unexpectedState('cancel', before);
  const chargeId = idOf(before.latest_charge);
  const charge = chargeId === null ? undefined : call.writer.get('charge', chargeId);
  if (charge && before.status === 'requires_capture') {
    refundCharge(call, charge, { amount: charge.amount, reason: null, metadata: {} });
  }
  const canceled: Stripe.PaymentIntent = {
    ...before,
    amount_capturable: 0,
    canceled_at: call.now,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  };
  call.writer.put('payment_intent', canceled.id, canceled);
  emit(call, 'payment_intent.canceled', canceled);
  return ok(canceled);
}

function capturePaymentIntent(call: Call): Answer {
  const before = existingIntent(call);
  const amount = call.params.integer('amount_to_capture') ?? before.amount_capturable;
  const metadata = call.params.metadata(before.metadata);
  call.params.ignore('final_capture', 'statement_descriptor', 'statement_descriptor_suffix');
  ignoreOthers(call.params);
  call.params.end();
  if (before.status !== 'requires_capture') throw unexpectedState('capture', before);
  if (amount < 1 || amount > before.amount_capturable) {
    throw invalidParameter(
      'amount_to_capture',
      `The amount to capture must be from 1 to ${before.amount_capturable}.`,
      amount < 1 ? 'parameter_invalid_integer' : 'amount_too_large',
    );
  }
  return captureIntent(call, { ...before, metadata }, amount);
}

function listPaymentIntents(call: Call): Answer {
  const customer = call.params.word('customer');
  return ok(
    listPage(
      call,
      '/v1/payment_intents',
      call.writer.all('payment_intent'),
      (intent) => customer === undefined || intent.customer === customer,
    ),
  );
}
