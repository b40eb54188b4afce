import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { confirmSetup, settleSetupAuthentication, unexpectedSetupState } from './confirm-setup.ts';
import { missingResource } from './errors.ts';
import { emit } from './events.ts';
import { customerOf } from './existing-customer.ts';
import { newClientSecret, newId } from './ids.ts';
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
import { given } from './params.ts';

export const setupIntentRoutes: Route[] = [
  { method: 'POST', path: '/v1/setup_intents', handle: createSetupIntent },
  { method: 'GET', path: '/v1/setup_intents', handle: listSetupIntents },
  { method: 'GET', path: '/v1/setup_intents/:id', publishable: true, handle: retrieveSetupIntent },
  { method: 'POST', path: '/v1/setup_intents/:id', handle: updateSetupIntent },
  { method: 'POST', path: '/v1/setup_intents/:id/confirm', publishable: true, handle: confirmSetupIntent },
  { method: 'POST', path: '/v1/setup_intents/:id/cancel', handle: cancelSetupIntent },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id/sandbox_authenticate',
    publishable: true,
    handle: authenticateSetupIntent,
  },
  { method: 'GET', path: '/v1/setup_attempts', handle: listSetupAttempts },
];

const open = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

function createSetupIntent(call: Call): Answer {
  const { params } = call;
  const offered = readOfferedMethods(call);
  const customer = params.text('customer') ?? null;
  const choice = readMethodChoice(call);
  const confirm = params.flag('confirm') ?? false;
  const returnUrl = readReturnUrl(call);
  const id = newId('seti');
  const blank: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    application: null,
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: call.now,
    customer,
    customer_account: null,
    description: params.text('description') ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: params.metadata(),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: params.choice('usage', ['off_session', 'on_session']) ?? 'off_session',
    ...offered,
  };
  params.ignore(
    'payment_method_options',
    'payment_method_configuration',
    'attach_to_self',
    'flow_directions',
    'single_use',
  );
  params.end();
  if (customer !== null) customerOf(call.writer, customer, 'customer');
  const chosen = resolveMethod(call, choice, id);
  const intent = withMethod(call, blank, chosen);
  call.writer.put('setup_intent', id, intent);
  emit(call, 'setup_intent.created', intent);
  if (!confirm) return ok(intent);
  checkReturnUrl(call, intent.automatic_payment_methods, returnUrl ?? chosen?.returnUrl ?? null);
  return confirmSetup(call, intent);
}

function withMethod(call: Call, intent: Stripe.SetupIntent, chosen: ChosenMethod | undefined): Stripe.SetupIntent {
  if (!chosen) return intent;
  checkMethodFor(call, chosen.method, idOf(intent.customer), 'SetupIntent');
  return { ...intent, next_action: null, payment_method: chosen.method.id, status: 'requires_confirmation' };
}

function existingSetupIntent(call: Call): Stripe.SetupIntent {
  const id = call.path['id'] ?? '';
  const intent = call.writer.get('setup_intent', id);
  if (!intent) throw missingResource('setupintent', id, 'intent');
  return intent;
}

function retrieveSetupIntent(call: Call): Answer {
  const intent = existingSetupIntent(call);
  checkClientSecret(call, 'setupintent', intent);
  call.params.end();
  return ok(intent);
}

function updateSetupIntent(call: Call): Answer {
  const { params } = call;
  const before = existingSetupIntent(call);
  const customer = params.text('customer');
  const choice = readMethodChoice(call);
  const changed: Stripe.SetupIntent = {
    ...before,
    ...given({ customer, description: params.text('description') }),
    metadata: params.metadata(before.metadata ?? {}),
  };
  params.ignore('payment_method_options', 'payment_method_configuration', 'attach_to_self', 'flow_directions');
  params.ignore('allowed_payment_method_types', 'excluded_payment_method_types');
  params.end();
  if (!open.includes(before.status)) throw unexpectedSetupState('update', before);
  if (typeof customer === 'string') customerOf(call.writer, customer, 'customer');
  const intent = withMethod(call, changed, resolveMethod(call, choice, before.id));
  call.writer.put('setup_intent', intent.id, intent);
  return ok(intent);
}

function confirmSetupIntent(call: Call): Answer {
  const before = existingSetupIntent(call);
  checkClientSecret(call, 'setupintent', before);
  const choice = readMethodChoice(call);
  const returnUrl = readReturnUrl(call);
  call.params.ignore('payment_method_options', 'allowed_payment_method_types');
  call.params.end();
  if (!open.includes(before.status)) throw unexpectedSetupState('confirm', before);
  const chosen = resolveMethod(call, choice, before.id);
  const intent = withMethod(call, before, chosen);
  checkReturnUrl(call, intent.automatic_payment_methods, returnUrl ?? chosen?.returnUrl ?? null);
  return confirmSetup(call, intent);
}

function authenticateSetupIntent(call: Call): Answer {
  const intent = existingSetupIntent(call);
  checkClientSecret(call, 'setupintent', intent);
  const outcome = readAuthenticationOutcome(call);
  call.params.end();
  return settleSetupAuthentication(call, intent, outcome);
}

function cancelSetupIntent(call: Call): Answer {
  const before = existingSetupIntent(call);
  const reason = call.params.choice('cancellation_reason', ['abandoned', 'duplicate', 'requested_by_customer']) ?? null;
  call.params.end();
  if (!open.includes(before.status)) throw unexpectedSetupState('cancel', before);
  const canceled: Stripe.SetupIntent = {
    ...before,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  };
  call.writer.put('setup_intent', canceled.id, canceled);
  emit(call, 'setup_intent.canceled', canceled);
  return ok(canceled);
}

function listSetupIntents(call: Call): Answer {
  const customer = call.params.word('customer');
  const method = call.params.word('payment_method');
  call.params.ignore('attach_to_self');
  return ok(
    listPage(
      call,
      '/v1/setup_intents',
      call.writer.all('setup_intent'),
      (intent) =>
        (customer === undefined || intent.customer === customer) &&
        (method === undefined || intent.payment_method === method),
    ),
  );
}

function listSetupAttempts(call: Call): Answer {
  const intent = call.params.requiredWord('setup_intent');
  const attempts = call.writer.all('setup_attempt');
  return ok(listPage(call, '/v1/setup_attempts', attempts, (attempt) => attempt.setup_intent === intent));
}
