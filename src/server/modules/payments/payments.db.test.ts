import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { buy } from '#test/support/purchase.ts';
import { uuidOf } from '#test/support/test-client.ts';
import { gatewayCustomerOf, lockPayment, rememberGatewayCustomer, transitionPayment } from './index.ts';

const nothingNew = { reference: null, methodDetails: null, lastError: null };

describe('payments in the database', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  test('who an account is at a gateway is remembered once, whoever tells it at the same moment', async () => {
    for (let round = 0; round < 60; round += 1) {
      const { accountId } = await app.provision();
      const reference = `cus_of_round_${String(round)}`;
      const tell = () =>
        inTransaction(app.app, { account: accountId }, (tx) =>
          rememberGatewayCustomer(tx, accountId, 'stripe', reference, app.app.clock.now()),
        );
      await Promise.all(Array.from({ length: 16 }, tell));
      const known = await inRead(app.app, { account: accountId }, (db) => gatewayCustomerOf(db, accountId, 'stripe'));
      assert.equal(known, reference);
    }
  });

  test('a payment moves along its table, writes every step down, and an older answer changes nothing', async () => {
    const customer = await app.provision();
    const id = uuidOf((await buy(app, customer)).payment.id);
    const moveTo = async (status: 'processing' | 'succeeded' | 'requires_payment_method' | 'canceled') =>
      await inTransaction(app.app, { account: customer.accountId }, async (tx) =>
        transitionPayment(tx, app.app, await lockPayment(tx, id), status, 'sweep', nothingNew),
      );
    assert.equal(await moveTo('processing'), true);
    assert.equal(await moveTo('processing'), false);
    assert.equal(await moveTo('canceled'), true);
    assert.equal(await moveTo('requires_payment_method'), false, 'what has ended is not opened again');
    assert.equal(await moveTo('succeeded'), true, 'money wins');
    assert.equal(await moveTo('canceled'), false);
    const steps = await inRead(app.app, { account: customer.accountId }, (db) =>
      db
        .selectFrom('payment_transitions')
        .select(['from_status', 'to_status', 'cause'])
        .where('payment_id', '=', id)
        .orderBy('id')
        .execute(),
    );
    assert.deepEqual(
      steps.map((step) => `${step.from_status} ${step.to_status} ${step.cause}`),
      [
        'created requires_payment_method purchase',
        'requires_payment_method processing sweep',
        'processing canceled sweep',
        'canceled succeeded sweep',
      ],
    );
  });

  test('an invoice has at most one payment that can still collect, and what was allocated stays', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const other = await buy(app, customer);
    const row = `'${uuidOf(other.payment.id)}', '${uuidOf(purchase.invoice.id)}', '${customer.accountId}'`;
    await assert.rejects(
      runStatement(
        app.app,
        `insert into purser.payment_invoices (payment_id, invoice_id, account_id, amount_minor, is_collectable)
        values (${row}, 900, true)`,
      ),
      { code: '23505', constraint: 'payment_invoices_one_collectable' },
    );
    for (const table of ['payment_allocations', 'payment_transitions']) {
      await assert.rejects(runStatement(app.app, `delete from purser.${table}`), { code: '42501' });
    }
  });
});
