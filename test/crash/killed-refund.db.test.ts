import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { makeStaff } from '#server/modules/identity/index.ts';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { sandboxPublishableKey } from '#sandbox/index.ts';
import { clientOf, control } from '#test/sandbox/test-sandbox.ts';
import { cards, intentsOf, payByCard } from '#test/support/purchase.ts';
import type { SpawnedProcess } from '#test/support/spawned-process.ts';
import { createInstallation, eventually, type Installation } from '#test/support/spawned-purser.ts';
import { testPassword, uuidOf } from '#test/support/test-client.ts';

/** Where the process may die while staff refund a payment, in the order of the steps. */
const steps = ['refund-opened', 'refund-answered', 'before-refund-commit', 'refund-applied'];

describe('killed at any step of a refund and started again', () => {
  let installation: Installation;
  let stripe: Stripe;
  let pool: Pool;
  let packageId: string;
  let app: SpawnedProcess;
  /** The session of a member of the staff. */
  let headers: Readonly<Record<string, string>>;

  before(async () => {
    installation = await createInstallation();
    pool = openPool(installation.database.connections.app, 2);
    await installation.startStripe();
    stripe = clientOf(Number(new URL(installation.stripeUrl).port));
    // Nothing tells of a refund: what is not finished by a retry is finished by the sweep.
    await control(installation.stripeUrl, 'POST', 'faults', { kind: 'drop_webhooks', match: {}, times: 10_000 });
    app = await installation.startApp();
    const account = await newAccount();
    const packages = await installation.call('listCreditPackages', { account });
    const starter = (packages.body['data'] as { id: string; slug: string }[]).find((item) => item.slug === 'starter');
    packageId = starter?.id ?? '';
    headers = await signInAsStaff();
  });
  beforeEach(async () => {
    // A test that failed may have left it dead.
    if (!app.isRunning()) app = await installation.startApp();
  });
  after(async () => {
    await pool.close();
    await installation.close();
  });

  async function signInAsStaff(): Promise<Readonly<Record<string, string>>> {
    const email = 'finance@purser.example';
    const origin = `http://localhost:${new URL(installation.url).port}`;
    const body = { name: 'Fay', email, password: testPassword, account_name: 'Office', country: 'US' };
    const response = await fetch(`${installation.url}/v1/auth/sign-up/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 201, await response.clone().text());
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const { user } = (await response.json()) as { user: { id: string } };
    await inTransaction({ pool }, 'system', (tx) =>
      makeStaff(tx, { userId: uuidOf(user.id), role: 'finance', now: new Date() }),
    );
    return { cookie, origin };
  }

  async function newAccount(): Promise<string> {
    const body = { name: 'Fernwood Studio', country: 'US', billing_email: 'pay@fernwood.example' };
    const answer = await installation.call('createAccount', { body, key: crypto.randomUUID() });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body['id']);
  }

  /** The id of a payment that has succeeded. */
  async function bought(): Promise<string> {
    const account = await newAccount();
    const body = { package_id: packageId, payment_method: 'card' };
    const answer = await installation.call('purchaseCredits', { account, body, key: crypto.randomUUID() });
    const { id } = answer.body['payment'] as { id: string };
    const [intent] = await intentsOf(stripe, uuidOf(id));
    const browser = { url: installation.stripeUrl, publishableKey: sandboxPublishableKey };
    assert.equal(await payByCard(browser, intent?.client_secret ?? '', cards.accepted), 'succeeded');
    const paid = await installation.call('confirmPayment', { account, params: { id }, body: {} });
    assert.equal(paid.status, 200, JSON.stringify(paid.body));
    return id;
  }

  async function refund(id: string) {
    const body = { reason: 'Bought by mistake', amount: 450 };
    return await installation.call('refundPayment', { headers, params: { id }, body, key: `refund-${id}` });
  }

  /** Has staff refund a payment while the process that serves them is bound to die at a step. */
  async function refundThatDies(step: string, id: string): Promise<void> {
    await app.stop('SIGKILL');
    app = await installation.startApp({ PURSER_FAILPOINT: step, PURSER_ROLE: 'web' });
    await assert.rejects(refund(id), TypeError);
    assert.equal(await app.ended(), 'SIGKILL', `the process dies at ${step}`);
  }

  async function assertRefundedOnce(id: string): Promise<void> {
    await eventually('the refund is through, and told', async () => {
      const { body } = await installation.call('getAnyPayment', { headers, params: { id } });
      return (body['refunds'] as { status: string }[])[0]?.status === 'succeeded';
    });
    const { body } = await installation.call('getAnyPayment', { headers, params: { id } });
    const refunds = body['refunds'] as { amount: number; credits_taken_back: number }[];
    assert.deepEqual(
      refunds.map((one) => [one.amount, one.credits_taken_back]),
      [[450, 250]],
    );
    assert.equal((body['credit_notes'] as unknown[]).length, 1);
    const { data } = await stripe.refunds.list({ payment_intent: String(body['gateway_reference']) });
    assert.deepEqual(
      data.map((one) => [one.amount, one.status]),
      [[450, 'succeeded']],
    );
  }

  for (const step of steps) {
    test(`at ${step}: a retry goes on with it, and so does the sweep when nobody retries`, async () => {
      const [retrying, leaving] = [await bought(), await bought()];
      await refundThatDies(step, retrying);
      await refundThatDies(step, leaving);
      app = await installation.startApp();
      const retried = await refund(retrying);
      assert.equal(retried.status, 201, JSON.stringify(retried.body));
      await assertRefundedOnce(retrying);
      await installation.call('moveSandboxClock', { body: { advance_seconds: 61 } });
      await assertRefundedOnce(leaving);
    });
  }

  test('after all this the books hold, and no credit note is missing', async () => {
    await eventually('every document is made', async () => await verifyBooks({ pool }, () => undefined));
  });
});
