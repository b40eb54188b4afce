import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { inRead, openPool, type Pool } from '#server/platform/db/index.ts';
import { sandboxPublishableKey } from '#sandbox/index.ts';
import { clientOf, control } from '#test/sandbox/test-sandbox.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import { cards, chargesOf, intentsOf, payByCard } from '#test/support/purchase.ts';
import type { SpawnedProcess } from '#test/support/spawned-process.ts';
import { createInstallation, eventually, type Installation } from '#test/support/spawned-purser.ts';
import { uuidOf } from '#test/support/test-client.ts';

/** Where the process may die while somebody clicks on Pay, in the order of the steps. */
const stepsOfPurchase = [
  'before-purchase-commit',
  'purchase-committed',
  'customer-created',
  'gateway-answered',
  'before-payment-commit',
  'payment-applied',
];

/** Where it may die while a webhook tells of the money. */
const stepsOfWebhook = ['event-stored', 'gateway-answered', 'before-payment-commit', 'payment-applied'];

type State = Awaited<ReturnType<typeof accountState>>;

describe('killed at any step of a purchase and started again', () => {
  let installation: Installation;
  let stripe: Stripe;
  let pool: Pool;
  let packageId: string;
  let app: SpawnedProcess;
  let stripeProcess: SpawnedProcess;
  /** What becomes of a purchase during which nothing dies. */
  let plain: State;

  before(async () => {
    installation = await createInstallation();
    pool = openPool(installation.database.connections.app, 2);
    stripeProcess = await installation.startStripe();
    stripe = clientOf(Number(new URL(installation.stripeUrl).port));
    // What is not taken is sent again at once, so that a test need not wait as long as Stripe does.
    await control(installation.stripeUrl, 'POST', 'webhooks/retry-schedule', {
      delays_ms: Array.from({ length: 40 }, () => 300),
    });
    // Nothing tells of a purchase but the money: else the process would die of a webhook before somebody clicks on Pay.
    await control(installation.stripeUrl, 'POST', 'faults', {
      kind: 'drop_webhooks',
      match: { types: ['customer.created', 'payment_intent.created'] },
      times: 10_000,
    });
    app = await installation.startApp();
    const account = await newAccount();
    const packages = await installation.call('listCreditPackages', { account });
    const starter = (packages.body['data'] as { id: string; slug: string }[]).find((item) => item.slug === 'starter');
    packageId = starter?.id ?? '';
    const { body } = await purchase(account, 'plain');
    await pay((body['payment'] as { id: string }).id);
    plain = await settledState(account);
    assert.deepEqual([plain.invoices[0]?.status, plain.balance[0]?.available, plain.lots.length], ['paid', 500n, 1]);
  });
  beforeEach(async () => {
    // A test that failed may have left it dead.
    if (!app.isRunning()) app = await installation.startApp();
  });
  after(async () => {
    await pool.close();
    await installation.close();
  });

  async function newAccount(): Promise<string> {
    const body = { name: 'Fernwood Studio', country: 'US', billing_email: 'pay@fernwood.example' };
    const answer = await installation.call('createAccount', { body, key: crypto.randomUUID() });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body['id']);
  }

  async function purchase(account: string, key: string) {
    const body = { package_id: packageId, payment_method: 'card' };
    const answer = await installation.call('purchaseCredits', { account, body, key });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer;
  }

  /** Pays as the browser does that was given the client secret before everything died. */
  async function pay(paymentId: string): Promise<void> {
    const [intent] = await intentsOf(stripe, uuidOf(paymentId));
    const browser = { url: installation.stripeUrl, publishableKey: sandboxPublishableKey };
    assert.equal(await payByCard(browser, intent?.client_secret ?? '', cards.accepted), 'succeeded');
  }

  /** What has become of an account once its money is booked and its mail is sent. */
  async function settledState(account: string): Promise<State> {
    await eventually('the purchase is settled and told', async () => {
      const { invoices, emails, documents } = await accountState({ pool }, uuidOf(account));
      return invoices[0]?.status === 'paid' && emails[0]?.status === 'sent' && documents.length === 2;
    });
    return await accountState({ pool }, uuidOf(account));
  }

  async function assertPaidOnce(account: string, paymentId: string): Promise<void> {
    assert.deepEqual(await settledState(account), plain);
    assert.equal((await intentsOf(stripe, uuidOf(paymentId))).length, 1);
    assert.deepEqual(await chargesOf(stripe, uuidOf(paymentId)), [{ paid: true, amount: 9_00 }]);
    const customers = await stripe.customers.list({ limit: 100 });
    const own = customers.data.filter((item) => item.metadata['purser_account_id'] === uuidOf(account));
    assert.equal(own.length, 1, 'the account is one customer at the gateway');
  }

  /** The one payment of an account, if there is one. */
  async function paymentOf(account: string): Promise<string | null> {
    const { body } = await installation.call('listInvoices', { account });
    const [invoice] = body['data'] as { open_payment_id: string | null }[];
    return invoice?.open_payment_id ?? null;
  }

  /** Has somebody click on Pay while the process that serves the click is bound to die at a step. */
  async function purchaseThatDies(step: string, account: string): Promise<void> {
    await app.stop('SIGKILL');
    app = await installation.startApp({ PURSER_FAILPOINT: step, PURSER_ROLE: 'web' });
    await assert.rejects(purchase(account, `dies-${step}`), TypeError);
    assert.equal(await app.ended(), 'SIGKILL', `the process dies at ${step}`);
  }

  for (const step of stepsOfPurchase) {
    test(`at ${step}: a retry goes on with it, and so does the sweep when nobody retries`, async () => {
      const [retrying, leaving] = [await newAccount(), await newAccount()];
      await purchaseThatDies(step, retrying);
      await purchaseThatDies(step, leaving);
      app = await installation.startApp();

      const { body } = await purchase(retrying, `dies-${step}`);
      const retried = (body['payment'] as { id: string }).id;
      await pay(retried);
      await assertPaidOnce(retrying, retried);

      const left = await paymentOf(leaving);
      if (step === 'before-purchase-commit') {
        assert.equal(left, null);
        const { invoices, payments } = await accountState({ pool }, uuidOf(leaving));
        assert.deepEqual([invoices, payments], [[], []], 'nothing was committed, so that nothing is there');
        return;
      }
      assert.ok(left !== null);
      // The sweep looks after a minute; nobody else tells the gateway about a payment it may not know yet.
      await installation.call('moveSandboxClock', { body: { advance_seconds: 61 } });
      await eventually(
        'the gateway knows the payment',
        async () => (await intentsOf(stripe, uuidOf(left))).length === 1,
      );
      await pay(left);
      await assertPaidOnce(leaving, left);
    });
  }

  for (const step of stepsOfWebhook) {
    test(`at ${step} of a webhook: it comes again, and the money is booked once`, async () => {
      const account = await newAccount();
      const { body } = await purchase(account, `webhook-${step}`);
      const paymentId = (body['payment'] as { id: string }).id;
      await app.stop('SIGKILL');
      app = await installation.startApp({ PURSER_FAILPOINT: step });
      await pay(paymentId);
      assert.equal(await app.ended(), 'SIGKILL', `the process dies at ${step}`);
      app = await installation.startApp();
      await assertPaidOnce(account, paymentId);
    });
  }

  test('paid while the app was down: it hears of it when it is back', async () => {
    const account = await newAccount();
    const { body } = await purchase(account, 'while-down');
    const paymentId = (body['payment'] as { id: string }).id;
    await app.stop('SIGKILL');
    await pay(paymentId);
    app = await installation.startApp();
    await assertPaidOnce(account, paymentId);
  });

  test('the gateway is killed too and forgets nothing, and what could not be asked is asked again', async () => {
    const account = await newAccount();
    const { body } = await purchase(account, 'gateway-dies');
    const paymentId = (body['payment'] as { id: string }).id;
    await stripeProcess.stop('SIGKILL');
    const unanswered = await installation.call('confirmPayment', { account, params: { id: paymentId } });
    assert.deepEqual([unanswered.status, unanswered.body['code']], [503, 'gateway_unavailable']);
    stripeProcess = await installation.startStripe();
    await pay(paymentId);
    await stripeProcess.stop('SIGKILL');
    stripeProcess = await installation.startStripe();
    await assertPaidOnce(account, paymentId);
  });

  test('after all this every number was given once, none is missing, and the books balance', async () => {
    await assertLedgerBalances({ pool });
    const issued = await inRead({ pool }, 'system', (db) =>
      db.selectFrom('invoices').select('sequence').orderBy('sequence').execute(),
    );
    assert.ok(issued.length > stepsOfPurchase.length);
    assert.deepEqual(
      issued.map((invoice) => invoice.sequence),
      issued.map((_, index) => BigInt(index + 1)),
    );
  });
});
