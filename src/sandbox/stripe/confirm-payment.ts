import type Stripe from 'stripe';
import { type Answer, type Call, ok } from './call.ts';
import { captureCharge, chargeCard } from './charge-card.ts';
import { type ErrorBody, refused } from './errors.ts';
import { openDispute } from './disputes.ts';
import { emit } from './events.ts';
import { authenticationStep, checkMethodFor, idOf, markCharged, markSetUp } from './intents.ts';
import { authenticationRequired, type Decline, declinedError, declineOf, magicCard } from './magic-cards.ts';
import { cardRecordOf, keepAttached } from './payment-methods.ts';

export type ConfirmOptions = { offSession: boolean; errorOnRequiresAction: boolean };

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/**
 * Confirms a payment with the method it has: charges the card, asks for authentication, or declines. A decline is an
 * answer, since it leaves a failed charge behind.
 */
export function confirmPayment(call: Call, intent: Stripe.PaymentIntent, options: ConfirmOptions): Answer {
  if (!confirmable.includes(intent.status)) throw unexpectedState('confirm', intent);
  const methodId = idOf(intent.payment_method);
  const method = methodId === null ? undefined : call.writer.get('payment_method', methodId);
  if (!method) throw missingMethod(intent);
  checkMethodFor(call, method, idOf(intent.customer), 'PaymentIntent');
  const record = cardRecordOf(call, method.id);
  const { authentication } = magicCard(record.number);
  const mustAuthenticate =
    authentication === 'always' ||
    (authentication === 'unless_set_up' && !record.isSetUp) ||
    (authentication === 'on_session' && !options.offSession);
  if (!mustAuthenticate) return chargeIntent(call, intent, method, false);
  if (options.offSession) return declineIntent(call, intent, method, authenticationRequired);
  if (options.errorOnRequiresAction) return refuseAction(call, intent, method);
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_action',
    next_action: authenticationStep,
    last_payment_error: null,
  };
  call.writer.put('payment_intent', intent.id, waiting);
  emit(call, 'payment_intent.requires_action', waiting);
  return ok(waiting);
}

/** Goes on where the authentication of the cardholder ended. The answer is the intent, whatever became of it. */
export function settleAuthentication(call: Call, intent: Stripe.PaymentIntent, outcome: 'complete' | 'fail'): Answer {
  if (intent.status !== 'requires_action') throw unexpectedState('authenticate', intent);
  const methodId = idOf(intent.payment_method);
  const method = methodId === null ? undefined : call.writer.get('payment_method', methodId);
  if (!method) throw missingMethod(intent);
  if (outcome === 'complete') chargeIntent(call, intent, method, true);
  else failIntent(call, intent, authenticationFailure(method));
  return ok(call.writer.get('payment_intent', intent.id) ?? intent);
}

function authenticationFailure(method: Stripe.PaymentMethod): Stripe.PaymentIntent.LastPaymentError {
  return {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    payment_method: method,
  };
}

function chargeIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  authenticated: boolean,
): Answer {
  const record = cardRecordOf(call, method.id);
  const decline = declineOf(record.number, record.cvcGiven, 'charge');
  if (decline) return declineIntent(call, intent, method, decline, authenticated);
  const capture = intent.capture_method !== 'manual';
  const charge = chargeCard(call, { intent, method, decline: null, authenticated, capture });
  const customer = idOf(intent.customer);
  const saved = intent.setup_future_usage !== null && customer !== null;
  const owned = saved ? keepAttached(call, method, customer) : method;
  if (saved) markSetUp(call, owned);
  markCharged(call, owned);
  const paid: Stripe.PaymentIntent = {
    ...intent,
    amount_capturable: capture ? 0 : intent.amount,
    amount_received: capture ? intent.amount : 0,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    status: capture ? 'succeeded' : 'requires_capture',
  };
  call.writer.put('payment_intent', intent.id, paid);
  emit(call, capture ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', paid);
  const { dispute } = magicCard(record.number);
  if (capture && dispute !== 'none') openDispute(call, charge, dispute);
  return ok(paid);
}

function declineIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  authenticated = false,
): Answer {
  const charge = chargeCard(call, { intent, method, decline, authenticated, capture: false });
  const error: ErrorBody = { ...declinedError(decline), charge: charge.id, payment_method: method };
  const failed = failIntent(call, { ...intent, latest_charge: charge.id }, error);
  return { status: 402, body: { error: { ...error, payment_intent: failed } } };
}

/** The caller said that it cannot show an authentication, so the attempt ends here. */
function refuseAction(call: Call, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Answer {
  const error: ErrorBody = {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: 'authentication_not_handled',
    message: 'This payment requires additional user action before it can be completed successfully.',
    payment_method: method,
  };
  const failed = failIntent(call, intent, error);
  return { status: 402, body: { error: { ...error, payment_intent: failed } } };
}

function failIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  error: Stripe.PaymentIntent.LastPaymentError,
): Stripe.PaymentIntent {
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: error,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  call.writer.put('payment_intent', intent.id, failed);
  emit(call, 'payment_intent.payment_failed', failed);
  return failed;
}

/** Captures an authorised payment. `amount` in minor units has been checked. */
export function captureIntent(call: Call, intent: Stripe.PaymentIntent, amount: number): Answer {
  const chargeId = idOf(intent.latest_charge);
  const charge = chargeId === null ? undefined : call.writer.get('charge', chargeId);
  if (!charge) throw unexpectedState('capture', intent);
  captureCharge(call, charge, amount);
  const captured: Stripe.PaymentIntent = {
    ...intent,
    amount_capturable: 0,
    amount_received: amount,
    status: 'succeeded',
  };
  call.writer.put('payment_intent', intent.id, captured);
  emit(call, 'payment_intent.succeeded', captured);
  return ok(captured);
}

/** What Stripe says to a step that the status does not allow; the intent rides along. */
export function unexpectedState(verb: string, intent: Stripe.PaymentIntent): Error {
  const message =
    verb === 'confirm' && intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`;
  return refused('payment_intent_unexpected_state', message, { payment_intent: intent });
}

function missingMethod(intent: Stripe.PaymentIntent): Error {
  return refused(
    'payment_intent_unexpected_state',
    "You cannot confirm this PaymentIntent because it's missing a payment method. Update it with a payment method, or " +
      'confirm it with a payment method or ConfirmationToken.',
    { payment_intent: intent },
  );
}
