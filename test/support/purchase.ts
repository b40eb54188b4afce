import assert from 'node:assert/strict';
import type Stripe from 'stripe';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import type { TestApp } from './test-app.ts';
import type { Caller, TestClient } from './test-client.ts';

/** A purchase as the API tells it. */
export type Purchase = CallResult<Contract['purchaseCredits']>;

/** Stripe's published test cards, by what they do. */
export const cards = {
  accepted: '4242424242424242',
  declined: '4000000000000002',
  withoutFunds: '4000000000009995',
  authenticated: '4000002760003184',
} as const;

/** The slugs of the sample packages. */
export type PackageSlug = 'starter' | 'pro' | 'business' | 'enterprise';

/** The id of a package on sale to the caller. */
export async function packageOf(client: TestClient, as: Caller, slug: PackageSlug): Promise<string> {
  const { data } = await client.ok('listCreditPackages', { as });
  const found = data.find((item) => item.slug === slug);
  assert.ok(found !== undefined, `${slug} is on sale`);
  return found.id;
}

/** Clicks on Pay: the invoice is issued and the payment started. */
export async function buy(
  client: TestClient,
  as: Caller,
  order: { slug?: PackageSlug; key?: string; method?: string } = {},
): Promise<Purchase> {
  const body = {
    package_id: await packageOf(client, as, order.slug ?? 'starter'),
    payment_method: order.method ?? 'card',
  };
  return await client.ok('purchaseCredits', { as, body, ...(order.key === undefined ? {} : { key: order.key }) });
}

/** What the browser needs to go on with a purchase. */
export function clientSecretOf(purchase: Purchase): string {
  assert.ok(purchase.next.type === 'confirm_card', `the payer confirms a card next, not: ${purchase.next.type}`);
  return purchase.next.client_secret;
}

/** The PayPal order the payer approves next. */
export function orderOf(purchase: Purchase): string {
  assert.ok(purchase.next.type === 'approve_paypal', `the payer approves in PayPal next, not: ${purchase.next.type}`);
  return purchase.next.order_id;
}

/** The PaymentIntent a client secret belongs to. */
export function intentOf(clientSecret: string): string {
  return clientSecret.split('_secret_')[0] ?? '';
}

/** Where the sandbox answers, as the browser's script is told: the address and the publishable key. */
export type BrowserOfStripe = { readonly url: string; readonly publishableKey: string };

/** Confirms a payment with a card number, as the browser's script does. Answers the status of the intent. */
export async function payByCard(stripe: BrowserOfStripe, clientSecret: string, card: string): Promise<string> {
  return await post(stripe, `${intentOf(clientSecret)}/confirm`, {
    client_secret: clientSecret,
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': card,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2040',
    'payment_method_data[card][cvc]': '123',
  });
}

/** What the cardholder chooses on the page of the bank. Answers the status of the intent. */
export async function answerChallenge(
  stripe: BrowserOfStripe,
  clientSecret: string,
  outcome: 'complete' | 'fail',
): Promise<string> {
  const form = { client_secret: clientSecret, outcome };
  return await post(stripe, `${intentOf(clientSecret)}/sandbox_authenticate`, form);
}

async function post(stripe: BrowserOfStripe, path: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(`${stripe.url}/v1/payment_intents/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.publishableKey}` },
    body: new URLSearchParams(form),
  });
  const answer = (await response.json()) as { status?: string; error?: { payment_intent?: { status: string } } };
  const status = answer.status ?? answer.error?.payment_intent?.status;
  assert.ok(status !== undefined, JSON.stringify(answer));
  return status;
}

/** Buys and pays with an accepted card, told by the return page, with everything done that follows. */
export async function buyAndPay(app: TestApp, as: Caller, slug: PackageSlug = 'starter'): Promise<Purchase> {
  const purchase = await buy(app, as, { slug });
  await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
  const paid = await app.ok('confirmPayment', { as, params: { id: purchase.payment.id } });
  await app.drain();
  return paid;
}

/** Every charge at the gateway that belongs to a payment of ours, and whether it took money. */
export async function chargesOf(stripe: Stripe, paymentId: string): Promise<{ paid: boolean; amount: number }[]> {
  const intents = await intentsOf(stripe, paymentId);
  const charges: { paid: boolean; amount: number }[] = [];
  for (const intent of intents) {
    for await (const charge of stripe.charges.list({ payment_intent: intent.id })) {
      charges.push({ paid: charge.paid, amount: charge.amount });
    }
  }
  return charges;
}

/** Every PaymentIntent that names a payment of ours, given by its UUID. */
export async function intentsOf(stripe: Stripe, paymentId: string): Promise<Stripe.PaymentIntent[]> {
  const found: Stripe.PaymentIntent[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 100 })) {
    if (intent.metadata['purser_payment_id'] === paymentId) found.push(intent);
  }
  return found;
}
