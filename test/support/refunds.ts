import assert from 'node:assert/strict';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { buy, clientSecretOf, intentOf, type PackageSlug, payByCard, type Purchase } from './purchase.ts';
import type { TestApp } from './test-app.ts';
import type { Caller, Customer } from './test-client.ts';

/** Stripe's test cards by what becomes of a refund or a payment later. */
export const laterCards = {
  refundPending: '4000000000007726',
  refundFails: '4000000000005126',
  disputed: '4000000000000259',
  inquired: '4000000000001976',
} as const;

/** A purchase that is paid, with what a refund of it needs. */
export type Bought = {
  readonly customer: Customer;
  readonly purchase: Purchase;
  readonly params: { readonly id: string };
  /** The PaymentIntent. */
  readonly intent: string;
};

/** A new account that has bought a package by card, with everything done that follows. */
export async function bought(app: TestApp, card: string, slug: PackageSlug = 'starter'): Promise<Bought> {
  const customer = await app.provision();
  const started = await buy(app, customer, { slug });
  const secret = clientSecretOf(started);
  await payByCard(app.stripe.sandbox, secret, card);
  const purchase = await app.ok('confirmPayment', { as: customer, params: { id: started.payment.id } });
  await app.drain();
  return { customer, purchase, params: { id: started.payment.id }, intent: intentOf(secret) };
}

/** What the customer can spend, and what is held. */
export async function creditsOf(app: TestApp, as: Caller): Promise<[available: number, held: number]> {
  const { available, held } = await app.ok('getCreditBalance', { as });
  return [available, held];
}

/** Spends credits by an operation that costs one credit a unit. */
export async function spend(app: TestApp, as: Caller, operation: string, quantity: number): Promise<number> {
  return (await app.call('consumeCredits', { as, body: { operation, quantity } })).status;
}

/** Asserts that `purser verify` would find nothing. */
export async function assertBooksHold(app: TestApp): Promise<void> {
  const problems: string[] = [];
  await verifyBooks(app.app, (result) => {
    problems.push(...result.offenders.map(({ subject, problem }) => `${result.name}: ${subject}: ${problem}`));
  });
  assert.deepEqual(problems, []);
}
