import assert from 'node:assert/strict';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import type { BrowserOfStripe } from './purchase.ts';
import type { TestApp } from './test-app.ts';
import type { Caller } from './test-client.ts';

/** The saving of a method as the API tells it. */
export type Setup = CallResult<Contract['addPaymentMethod']>;

/** A card as it is typed. */
export type TypedCard = { readonly number: string; readonly expMonth?: number; readonly expYear?: number };

/** Test cards, by what they do when they are saved and charged later. */
export const savable = {
  visa: '4242424242424242',
  mastercard: '5555555555554444',
  amex: '378282246310005',
  /** Can be saved, and is declined whenever it is charged. */
  declinedLater: '4000000000000341',
  /** The bank wants the payer to authenticate every payment. */
  authenticated: '4000002760003184',
} as const;

/** What the browser needs to go on with a setup. */
export function setupSecretOf(setup: Setup): string {
  assert.ok(setup.next.type === 'confirm_card', `the payer confirms a card next, not: ${setup.next.type}`);
  return setup.next.client_secret;
}

/** The SetupIntent a client secret belongs to. */
export function setupIntentOf(clientSecret: string): string {
  return clientSecret.split('_secret_')[0] ?? '';
}

/** Confirms a setup with a card, as the browser's script does. Answers the status of the intent. */
export async function setUpCard(stripe: BrowserOfStripe, clientSecret: string, card: TypedCard): Promise<string> {
  return await post(stripe, `${setupIntentOf(clientSecret)}/confirm`, {
    client_secret: clientSecret,
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': card.number,
    'payment_method_data[card][exp_month]': String(card.expMonth ?? 12),
    'payment_method_data[card][exp_year]': String(card.expYear ?? 2040),
    'payment_method_data[card][cvc]': '123',
  });
}

/** What the cardholder chooses on the page of the bank. Answers the status of the intent. */
export async function answerSetupChallenge(
  stripe: BrowserOfStripe,
  clientSecret: string,
  outcome: 'complete' | 'fail',
): Promise<string> {
  const form = { client_secret: clientSecret, outcome };
  return await post(stripe, `${setupIntentOf(clientSecret)}/sandbox_authenticate`, form);
}

async function post(stripe: BrowserOfStripe, path: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(`${stripe.url}/v1/setup_intents/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.publishableKey}` },
    body: new URLSearchParams(form),
  });
  const answer = (await response.json()) as { status?: string; error?: { setup_intent?: { status: string } } };
  const status = answer.status ?? answer.error?.setup_intent?.status;
  assert.ok(status !== undefined, JSON.stringify(answer));
  return status;
}

/** Starts saving a card. */
export async function startSetup(app: TestApp, as: Caller, key?: string): Promise<Setup> {
  const body = { method: 'card' };
  return await app.ok('addPaymentMethod', { as, body, ...(key === undefined ? {} : { key }) });
}

/** Saves a card as the page does, its bank agreeing where it is asked. Answers the confirmed setup. */
export async function saveCard(app: TestApp, as: Caller, card: TypedCard): Promise<Setup> {
  const setup = await startSetup(app, as);
  const secret = setupSecretOf(setup);
  const status = await setUpCard(app.stripe.sandbox, secret, card);
  if (status === 'requires_action') await answerSetupChallenge(app.stripe.sandbox, secret, 'complete');
  return await app.ok('confirmMethodSetup', { as, params: { id: setup.id } });
}

/** The saved methods as the page lists them: last digits, and which is the default. */
export async function savedCards(app: TestApp, as: Caller): Promise<string[]> {
  const { data } = await app.ok('listSavedMethods', { as });
  return data.map(({ details, is_default: isDefault }) => {
    const name = details.type === 'card' ? details.last4 : 'paypal';
    return isDefault ? `${name} default` : name;
  });
}
