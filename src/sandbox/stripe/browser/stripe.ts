import type { StripeElementsOptions, StripeError } from '@stripe/stripe-js';
import {
  type ApiResult,
  callApi,
  fetchIntent,
  type FormMembers,
  integrationError,
  type Intent,
  intentIdOf,
  type IntentKind,
  kindOfSecret,
} from './api-client.ts';
import { askCardholder, readableAmount } from './challenge-dialog.ts';
import { checkForm, type GroupInside, insideOf, methodDataFrom, newElementsGroup } from './elements-group.ts';

type ConfirmOptions = {
  elements?: unknown;
  clientSecret?: string;
  confirmParams?: FormMembers;
  redirect?: 'always' | 'if_required';
};

type Outcome = { error: StripeError } | { paymentIntent: Intent } | { setupIntent: Intent };

const releaseTrain = 'endive';

/** `Stripe(key)`: the object behind every call of the page, with Stripe.js's own names. */
function newStripe(key: string) {
  if (!/^pk_\w+$/.test(key)) {
    throw integrationError('Please call Stripe() with your publishable key. You used something else.');
  }
  return {
    elements: (options?: StripeElementsOptions) => newElementsGroup(key, options),
    confirmPayment: (options: ConfirmOptions) => confirmIntent(key, 'payment_intent', options),
    confirmSetup: (options: ConfirmOptions) => confirmIntent(key, 'setup_intent', options),
    confirmCardPayment: (clientSecret: string, data: FormMembers = {}) =>
      sendConfirmation(key, 'payment_intent', clientSecret, { ...methodOf(data), use_stripe_sdk: true }),
    confirmCardSetup: (clientSecret: string, data: FormMembers = {}) =>
      sendConfirmation(key, 'setup_intent', clientSecret, { ...methodOf(data), use_stripe_sdk: true }),
    handleNextAction: (options: { clientSecret: string }) => handleNextAction(key, options.clientSecret),
    retrievePaymentIntent: (clientSecret: string) => retrieveIntent(key, 'payment_intent', clientSecret),
    retrieveSetupIntent: (clientSecret: string) => retrieveIntent(key, 'setup_intent', clientSecret),
    createPaymentMethod: (options: { elements?: unknown; params?: FormMembers }) => createPaymentMethod(key, options),
    createConfirmationToken: (options: { elements?: unknown; params?: FormMembers }) =>
      createConfirmationToken(key, options),
    createToken: () => Promise.resolve({ error: unavailable('createToken') }),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

function unavailable(name: string): StripeError {
  return { type: 'invalid_request_error', message: `The sandbox does not offer ${name}.` };
}

/** `payment_method` of the older calls: an id. A card Element does not exist here. */
function methodOf(data: FormMembers): FormMembers {
  const method = data['payment_method'];
  if (typeof method === 'string') return { payment_method: method };
  throw integrationError('The sandbox confirms with the id of a payment method or with the Payment Element.');
}

async function confirmIntent(key: string, kind: IntentKind, options: ConfirmOptions): Promise<Outcome> {
  const params = options.confirmParams ?? {};
  const redirect = options.redirect ?? 'always';
  const returnUrl = params['return_url'];
  if (redirect === 'always' && typeof returnUrl !== 'string') {
    throw integrationError('confirmParams.return_url is required when redirect is "always".');
  }
  const group = options.elements === undefined ? undefined : insideOf(options.elements);
  const clientSecret = options.clientSecret ?? group?.clientSecret;
  if (clientSecret === undefined) throw integrationError('Pass a clientSecret, or elements that were made with one.');
  const refusal = group && (await refusalOf(key, group, clientSecret));
  if (refusal) return { error: refusal };
  const outcome = await sendConfirmation(key, kind, clientSecret, bodyOf(params, group));
  if (redirect === 'if_required' || typeof returnUrl !== 'string' || 'error' in outcome) return outcome;
  return leavePage(kind, outcome, returnUrl);
}

/** What keeps the form from being sent. The page has to have called `submit` when the intent was made after the form. */
async function refusalOf(key: string, group: GroupInside, clientSecret: string): Promise<StripeError | undefined> {
  if (group.deferred && !group.isSubmitted) {
    throw integrationError('elements.submit() must be called, and its result checked, before the intent is confirmed.');
  }
  const problem = checkForm(group);
  if (problem || !group.deferred) return problem;
  const { value, error } = await fetchIntent(key, clientSecret);
  if (error) return error;
  if (value.object !== 'payment_intent') return undefined;
  const { amount, currency } = group.deferred;
  if (
    (amount === undefined || amount === value.amount) &&
    (currency ?? value.currency).toLowerCase() === value.currency
  ) {
    return undefined;
  }
  const message = `Elements were created for ${amount} ${currency}, but the PaymentIntent is over ${value.amount} ${value.currency}.`;
  return { type: 'invalid_request_error', message };
}

function bodyOf(params: FormMembers, group: GroupInside | undefined): FormMembers {
  const { payment_method_data: added, ...others } = params;
  const extra = typeof added === 'object' && added !== null ? added : {};
  return {
    ...others,
    use_stripe_sdk: true,
    ...(group && params['payment_method'] === undefined ? { payment_method_data: methodDataFrom(group, extra) } : {}),
  };
}

async function sendConfirmation(
  key: string,
  kind: IntentKind,
  clientSecret: string,
  members: FormMembers,
): Promise<Outcome> {
  const path = `/v1/${kind}s/${intentIdOf(clientSecret, kind)}/confirm`;
  const { value, error } = await callApi<Intent>(key, 'POST', path, { client_secret: clientSecret, ...members });
  if (error) return { error };
  return settle(key, kind, clientSecret, value);
}

/** Carries out the next action if there is one, and says how the intent came out of it. */
async function settle(key: string, kind: IntentKind, clientSecret: string, intent: Intent): Promise<Outcome> {
  if (intent.status !== 'requires_action') return outcomeOf(intent);
  const purpose =
    intent.object === 'payment_intent' ? `pay ${readableAmount(intent.amount, intent.currency)}` : 'save this card';
  const outcome = await askCardholder(purpose);
  const path = `/v1/${kind}s/${intent.id}/sandbox_authenticate`;
  const result = await callApi<Intent>(key, 'POST', path, { client_secret: clientSecret, outcome });
  return result.error ? { error: result.error } : outcomeOf(result.value);
}

function outcomeOf(intent: Intent): Outcome {
  if (intent.object === 'payment_intent') {
    const error = intent.last_payment_error;
    if (intent.status === 'requires_payment_method' && error)
      return { error: withIntent(error, { payment_intent: intent }) };
    return { paymentIntent: intent };
  }
  const error = intent.last_setup_error;
  if (intent.status === 'requires_payment_method' && error)
    return { error: withIntent(error, { setup_intent: intent }) };
  return { setupIntent: intent };
}

/** The API's error object and Stripe.js's are the same thing under two types. */
function withIntent(error: object, intent: Record<string, Intent>): StripeError {
  const merged: object = { ...error, ...intent };
  return merged as StripeError;
}

function leavePage(kind: IntentKind, outcome: Outcome, returnUrl: string): Promise<Outcome> {
  const intent =
    'paymentIntent' in outcome ? outcome.paymentIntent : 'setupIntent' in outcome ? outcome.setupIntent : undefined;
  const url = new URL(returnUrl, location.href);
  url.searchParams.set(kind, intent?.id ?? '');
  url.searchParams.set(`${kind}_client_secret`, intent?.client_secret ?? '');
  url.searchParams.set('redirect_status', redirectStatusOf(intent?.status));
  location.assign(url);
  // The page is going away, and nothing that waits for this may go on before it has.
  return new Promise(() => undefined);
}

function redirectStatusOf(status: string | undefined): string {
  return status === 'processing' ? 'pending' : status === 'requires_payment_method' ? 'failed' : 'succeeded';
}

async function handleNextAction(key: string, clientSecret: string): Promise<Outcome> {
  const { value, error } = await fetchIntent(key, clientSecret);
  return error ? { error } : settle(key, kindOfSecret(clientSecret), clientSecret, value);
}

async function retrieveIntent(key: string, kind: IntentKind, clientSecret: string): Promise<Outcome> {
  intentIdOf(clientSecret, kind);
  const { value, error } = await fetchIntent(key, clientSecret);
  if (error) return { error };
  return value.object === 'payment_intent' ? { paymentIntent: value } : { setupIntent: value };
}

async function createPaymentMethod(key: string, options: { elements?: unknown; params?: FormMembers }) {
  const group = insideOf(options.elements);
  const problem = checkForm(group);
  if (problem) return { error: problem };
  const members = methodDataFrom(group, options.params);
  const result: ApiResult<object> = await callApi(key, 'POST', '/v1/payment_methods', members);
  return result.error ? { error: result.error } : { paymentMethod: result.value };
}

async function createConfirmationToken(key: string, options: { elements?: unknown; params?: FormMembers }) {
  const group = insideOf(options.elements);
  const problem = checkForm(group);
  if (problem) return { error: problem };
  const { payment_method_data: added, ...others } = options.params ?? {};
  const data = methodDataFrom(group, typeof added === 'object' && added !== null ? added : {});
  const members = { ...others, payment_method_data: data };
  const result: ApiResult<object> = await callApi(key, 'POST', '/v1/confirmation_tokens', members);
  return result.error ? { error: result.error } : { confirmationToken: result.value };
}

Object.assign(window, { Stripe: Object.assign(newStripe, { version: releaseTrain }) });
