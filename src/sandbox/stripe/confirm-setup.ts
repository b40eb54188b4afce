import type Stripe from 'stripe';
import { type Answer, type Call, ok } from './call.ts';
import { type ErrorBody, refused } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { authenticationStep, checkMethodFor, idOf, markSetUp } from './intents.ts';
import { declinedError, declineOf, magicCard } from './magic-cards.ts';
import { cardRecordOf, keepAttached } from './payment-methods.ts';

/** Confirms a setup with the method it has: saves the card, asks for authentication, or refuses it with a 402 answer. */
export function confirmSetup(call: Call, intent: Stripe.SetupIntent): Answer {
  const method = methodOf(call, intent);
  checkMethodFor(call, method, idOf(intent.customer), 'SetupIntent');
  const record = cardRecordOf(call, method.id);
  const { authentication } = magicCard(record.number);
  if (authentication === 'always' || authentication === 'unless_set_up') {
    const attempt = newAttempt(call, intent, method, 'requires_action', null);
    const waiting: Stripe.SetupIntent = {
      ...intent,
      last_setup_error: null,
      latest_attempt: attempt.id,
      next_action: authenticationStep,
      status: 'requires_action',
    };
    call.writer.put('setup_intent', intent.id, waiting);
    emit(call, 'setup_intent.requires_action', waiting);
    return ok(waiting);
  }
  return saveCard(call, intent, method);
}

/** Goes on where the authentication of the cardholder ended. The answer is the intent, whatever became of it. */
export function settleSetupAuthentication(
  call: Call,
  intent: Stripe.SetupIntent,
  outcome: 'complete' | 'fail',
): Answer {
  if (intent.status !== 'requires_action') throw unexpectedSetupState('authenticate', intent);
  const method = methodOf(call, intent);
  if (outcome === 'complete') saveCard(call, intent, method);
  else {
    failSetup(call, intent, method, {
      type: 'invalid_request_error',
      code: 'setup_intent_authentication_failure',
      message:
        'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
      payment_method: method,
    });
  }
  return ok(call.writer.get('setup_intent', intent.id) ?? intent);
}

function methodOf(call: Call, intent: Stripe.SetupIntent): Stripe.PaymentMethod {
  const id = idOf(intent.payment_method);
  const method = id === null ? undefined : call.writer.get('payment_method', id);
  if (method) return method;
  throw refused(
    'setup_intent_unexpected_state',
    "You cannot confirm this SetupIntent because it's missing a payment method.",
    { setup_intent: intent },
  );
}

function saveCard(call: Call, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): Answer {
  const record = cardRecordOf(call, method.id);
  const decline = declineOf(record.number, record.cvcGiven, 'attach');
  if (decline) {
    const error: ErrorBody = { ...declinedError(decline), payment_method: method };
    const failed = failSetup(call, intent, method, error);
    return { status: 402, body: { error: { ...error, setup_intent: failed } } };
  }
  const customer = idOf(intent.customer);
  const owned = customer === null ? method : keepAttached(call, method, customer);
  markSetUp(call, owned);
  const attempt = newAttempt(call, intent, method, 'succeeded', null);
  const saved: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: null,
    latest_attempt: attempt.id,
    next_action: null,
    status: 'succeeded',
  };
  call.writer.put('setup_intent', intent.id, saved);
  emit(call, 'setup_intent.succeeded', saved);
  return ok(saved);
}

function failSetup(
  call: Call,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  error: Stripe.SetupIntent.LastSetupError,
): Stripe.SetupIntent {
  const attempt = newAttempt(call, intent, method, 'failed', error);
  const failed: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: error,
    latest_attempt: attempt.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  call.writer.put('setup_intent', intent.id, failed);
  emit(call, 'setup_intent.setup_failed', failed);
  return failed;
}

function newAttempt(
  call: Call,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  status: 'failed' | 'requires_action' | 'succeeded',
  error: Stripe.SetupIntent.LastSetupError | null,
): Stripe.SetupAttempt {
  const card = method.card;
  const attempt: Stripe.SetupAttempt = {
    id: newId('setatt'),
    object: 'setup_attempt',
    application: null,
    created: call.now,
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: {
      type: 'card',
      card: {
        brand: card?.brand ?? null,
        checks: card?.checks ?? null,
        country: card?.country ?? null,
        exp_month: card?.exp_month ?? null,
        exp_year: card?.exp_year ?? null,
        fingerprint: card?.fingerprint ?? null,
        funding: card?.funding ?? null,
        last4: card?.last4 ?? null,
        network: card?.brand ?? null,
        three_d_secure: null,
        wallet: null,
      },
    },
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  };
  call.writer.put('setup_attempt', attempt.id, attempt);
  return attempt;
}

/** What Stripe says to a step that the status does not allow; the intent rides along. */
export function unexpectedSetupState(verb: string, intent: Stripe.SetupIntent): Error {
  const message = `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`;
  return refused('setup_intent_unexpected_state', message, { setup_intent: intent });
}
