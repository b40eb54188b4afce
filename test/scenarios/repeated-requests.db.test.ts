import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import { accountState } from '#test/support/account-state.ts';
import {
  buy,
  cards,
  chargesOf,
  clientSecretOf,
  intentsOf,
  packageOf,
  payByCard,
  type Purchase,
} from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

describe('requests that are repeated', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  async function buyAtOnce(customer: Customer, keys: readonly string[]): Promise<Purchase[]> {
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'card' };
    return await Promise.all(keys.map((key) => app.ok('purchaseCredits', { as: customer, body, key })));
  }

  for (const times of [2, 5, 20]) {
    test(`${String(times)} clicks at once under one key are one invoice, one payment, one intent at the gateway`, async () => {
      const customer = await app.provision();
      const purchases = await buyAtOnce(
        customer,
        Array.from({ length: times }, () => 'one-click'),
      );
      const [first] = purchases;
      assert.ok(first !== undefined);
      for (const purchase of purchases) {
        assert.deepEqual(
          [purchase.invoice.id, purchase.invoice.number, purchase.payment.id, clientSecretOf(purchase)],
          [first.invoice.id, first.invoice.number, first.payment.id, clientSecretOf(first)],
        );
      }
      const state = await accountState(app.app, customer.accountId);
      assert.deepEqual([state.invoices.length, state.payments.length], [1, 1]);
      assert.equal(state.payments[0]?.status, 'requires_payment_method');
      assert.equal((await intentsOf(app.stripe.stripe, uuidOf(first.payment.id))).length, 1);
    });
  }

  test('clicks while a slow gateway still works on the first one are never taken for a refusal', async () => {
    const customer = await app.provision();
    const slow = { kind: 'slow_request', match: { method: 'POST', path: '/v1/payment_intents' }, times: 3, ms: 3_500 };
    await app.stripe.control('POST', 'faults', slow);
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'card' };
    const click = () => app.call('purchaseCredits', { as: customer, body, key: 'impatient' });
    const answers = await Promise.all([click(), click(), click()]);
    await app.stripe.control('DELETE', 'faults');
    // The gateway tells those who come too early that it is busy with the same request: they are to ask again.
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201, 503]));
    const state = await accountState(app.app, customer.accountId);
    assert.deepEqual([state.invoices.length, state.payments.length], [1, 1]);
    assert.equal(state.payments[0]?.status, 'requires_payment_method');
    const again = await app.ok('purchaseCredits', { as: customer, body, key: 'impatient' });
    await payByCard(app.stripe.sandbox, clientSecretOf(again), cards.accepted);
    const paid = await app.ok('confirmPayment', { as: customer, params: { id: again.payment.id } });
    assert.equal(paid.credits_available, 500);
  });

  test('purchases at once under keys of their own are all sold, to one customer at the gateway', async () => {
    const customer = await app.provision();
    const keys = Array.from({ length: 8 }, (_, index) => `click-${String(index)}`);
    const purchases = await buyAtOnce(customer, keys);
    assert.equal(new Set(purchases.map((purchase) => purchase.invoice.number)).size, 8);
    assert.equal(new Set(purchases.map((purchase) => purchase.payment.id)).size, 8);
    for (const purchase of purchases) {
      await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    }
    await Promise.all(
      purchases.map((purchase) => app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } })),
    );
    assert.equal((await app.ok('getCreditBalance', { as: customer })).available, 8 * 500);
    const customers = await app.stripe.stripe.customers.list({ limit: 100 });
    const own = customers.data.filter((item) => item.metadata['purser_account_id'] === customer.accountId);
    assert.equal(own.length, 1);
  });

  test('asked twenty times at once after the card was charged, the money is booked once', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    const ask = () => app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    for (const answer of answers)
      assert.deepEqual([answer.payment.status, answer.credits_available], ['succeeded', 500]);
    await app.drain();
    const state = await accountState(app.app, customer.accountId);
    assert.deepEqual(
      [state.lots.length, state.ledger.length, state.allocations.length, state.emails.length],
      [1, 1, 1, 1],
    );
    assert.deepEqual(await chargesOf(app.stripe.stripe, uuidOf(purchase.payment.id)), [{ paid: true, amount: 9_00 }]);
  });

  test('a key answers the same purchase in its current state, later too', async () => {
    const customer = await app.provision();
    const first = await buy(app, customer, { key: 'later' });
    await payByCard(app.stripe.sandbox, clientSecretOf(first), cards.accepted);
    const again = await buy(app, customer, { key: 'later' });
    assert.deepEqual([again.invoice.id, again.payment.id], [first.invoice.id, first.payment.id]);
    assert.deepEqual([again.payment.status, again.next.type, again.credits_available], ['succeeded', 'done', 500]);
  });

  test('a key with another body is refused, and nothing is sold', async () => {
    const customer = await app.provision();
    await buy(app, customer, { key: 'reused' });
    const earlier = await accountState(app.app, customer.accountId);
    const body = { package_id: await packageOf(app, customer, 'pro'), payment_method: 'card' };
    await app.refused('purchaseCredits', 'idempotency_key_reused', { as: customer, body, key: 'reused' });
    assert.deepEqual(await accountState(app.app, customer.accountId), earlier);
  });

  test('the order of members and white space make no other body', async () => {
    const customer = await app.provision();
    const id = await packageOf(app, customer, 'starter');
    const first = await buy(app, customer, { key: 'spelling' });
    const again = await app.ok('purchaseCredits', {
      as: customer,
      key: 'spelling',
      payload: ` { "payment_method" : "card",\n"package_id": "${id}" } `,
    });
    assert.equal(again.payment.id, first.payment.id);
  });

  test('the same key of another account is another key', async () => {
    const [one, other] = [await app.provision(), await app.provision()];
    const purchases = [await buy(app, one, { key: 'shared' }), await buy(app, other, { key: 'shared' })];
    assert.equal(new Set(purchases.map((purchase) => purchase.invoice.id)).size, 2);
  });

  test('the same key at another endpoint is refused', async () => {
    const ada = await app.signUp();
    await buy(app, ada, { key: 'everywhere' });
    const body = { name: 'Key', scopes: ['read'] };
    await app.refused('createAccountApiKey', 'idempotency_key_reused', { as: ada, body, key: 'everywhere' });
  });

  test('a refused request leaves its key free: the same may succeed later', async () => {
    const customer = await app.provision();
    const id = await packageOf(app, customer, 'enterprise');
    const setActive = (isActive: boolean) =>
      app.app.pool.pg.query(
        `update purser.credit_packages set is_active = ${String(isActive)} where id = '${uuidOf(id)}'`,
      );
    const body = { package_id: id, payment_method: 'card' };
    await setActive(false);
    try {
      await app.refused('purchaseCredits', 'package_inactive', { as: customer, body, key: 'patience' });
      await app.refused('purchaseCredits', 'package_inactive', { as: customer, body, key: 'patience' });
    } finally {
      await setActive(true);
    }
    const purchase = await app.ok('purchaseCredits', { as: customer, body, key: 'patience' });
    assert.equal(purchase.credits, 20_000);
    assert.deepEqual((await accountState(app.app, customer.accountId)).invoices.length, 1);
  });

  test('refused purchases use no number: the month has no gap', async () => {
    const rows = await inRead(app.app, 'system', (db) =>
      db.selectFrom('invoices').select(['sequence', 'number']).orderBy('sequence').execute(),
    );
    assert.deepEqual(
      rows.map((row) => row.sequence),
      rows.map((_, index) => BigInt(index + 1)),
    );
  });
});
