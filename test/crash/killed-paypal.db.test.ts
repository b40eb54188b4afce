import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { approveAsBuyer } from '#sandbox/index.ts';
import { openPool, type Pool } from '#server/platform/db/index.ts';
import { control } from '#test/sandbox/test-sandbox.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import type { SpawnedProcess } from '#test/support/spawned-process.ts';
import { createInstallation, eventually, type Installation } from '#test/support/spawned-purser.ts';
import { uuidOf } from '#test/support/test-client.ts';

type Bought = { readonly account: string; readonly paymentId: string; readonly orderId: string };

/** Where the process may die after PayPal was told to collect. */
const stepsOfCollection = ['gateway-answered', 'before-payment-commit', 'payment-applied'];

describe('killed while an order of PayPal is collected, and started again', () => {
  let installation: Installation;
  let pool: Pool;
  let packageId: string;
  let app: SpawnedProcess;
  let paypal: SpawnedProcess;

  before(async () => {
    installation = await createInstallation();
    pool = openPool(installation.database.connections.app, 2);
    paypal = await installation.startPayPal();
    // Nobody tells of anything: what was interrupted is found by asking.
    await control(installation.paypalUrl, 'POST', 'faults', { kind: 'drop_webhooks', times: 10_000 });
    app = await installation.startApp();
    const { body } = await installation.call('listCreditPackages', { account: await newAccount() });
    packageId = (body['data'] as { id: string; slug: string }[]).find((item) => item.slug === 'starter')?.id ?? '';
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

  async function approved(): Promise<Bought> {
    const account = await newAccount();
    const body = { package_id: packageId, payment_method: 'paypal' };
    const answer = await installation.call('purchaseCredits', { account, body, key: account });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { payment, next } = answer.body as { payment: { id: string }; next: { order_id: string } };
    await approveAsBuyer(installation.paypalUrl, 'orders', next.order_id);
    return { account, paymentId: payment.id, orderId: next.order_id };
  }

  async function assertPaidOnce({ account }: Bought): Promise<void> {
    await eventually('the purchase is paid', async () => {
      const { invoices } = await accountState({ pool }, uuidOf(account));
      return invoices[0]?.status === 'paid';
    });
    const state = await accountState({ pool }, uuidOf(account));
    assert.deepEqual([state.balance[0]?.available, state.lots.length, state.allocations.length], [500n, 1, 1]);
    assert.deepEqual(
      state.payments.map((payment) => payment.status),
      ['succeeded'],
    );
  }

  for (const step of stepsOfCollection) {
    test(`at ${step}: whoever comes back, or the sweep, finds it collected, once`, async () => {
      const [returning, leaving] = [await approved(), await approved()];
      for (const bought of [returning, leaving]) {
        await app.stop('SIGKILL');
        app = await installation.startApp({ PURSER_FAILPOINT: step, PURSER_ROLE: 'web' });
        const confirming = installation.call('confirmPayment', {
          account: bought.account,
          params: { id: bought.paymentId },
        });
        await assert.rejects(confirming, TypeError);
        assert.equal(await app.ended(), 'SIGKILL', `the process dies at ${step}`);
      }
      app = await installation.startApp();
      const again = await installation.call('confirmPayment', {
        account: returning.account,
        params: { id: returning.paymentId },
      });
      assert.equal(again.status, 200, JSON.stringify(again.body));
      await assertPaidOnce(returning);
      await installation.call('moveSandboxClock', { body: { advance_seconds: 61 } });
      await assertPaidOnce(leaving);
    });
  }

  test('PayPal is killed too and forgets nothing, and what could not be asked is asked again', async () => {
    const bought = await approved();
    await paypal.stop('SIGKILL');
    const params = { id: bought.paymentId };
    const unanswered = await installation.call('confirmPayment', { account: bought.account, params });
    assert.deepEqual([unanswered.status, unanswered.body['code']], [503, 'gateway_unavailable']);
    paypal = await installation.startPayPal();
    const answered = await installation.call('confirmPayment', { account: bought.account, params });
    assert.equal(answered.status, 200, JSON.stringify(answered.body));
    await assertPaidOnce(bought);
    await assertLedgerBalances({ pool });
  });
});
