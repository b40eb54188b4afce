import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { syncPayment } from '#server/flows/payments/sync-payment.ts';
import { system } from '#server/modules/team/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { uuidOfPublicId } from '#shared/ids/index.ts';
import { buy, cards, clientSecretOf, intentOf, payByCard } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';

describe('when something goes wrong around a payment', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });

  after(async () => {
    await app.close();
  });

  function uuid(prefix: 'pay' | 'inv', id: string): string {
    const found = uuidOfPublicId(prefix, id);
    assert.ok(found !== null);
    return found;
  }

  async function openInvoice(accountId: string): Promise<string> {
    const lines = [{ description: 'Plan', quantity: 1n, unitAmountMinor: 99_00n }];
    return await createInvoice(app.app, system, { accountId: accountId, lines });
  }

  test('money of another amount is never booked, is waited for by a person, and stops nothing', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const secret = clientSecretOf(purchase);
    await app.stripe.stripe.paymentIntents.update(intentOf(secret), { amount: 123 });
    await payByCard(app.stripe.sandbox, secret, cards.accepted);
    const seen = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([seen.payment.status, seen.next.type, seen.invoice.status], ['processing', 'wait', 'pending']);
    assert.equal(seen.credits_available, 0);
    const row = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('payments')
        .select('attention')
        .where('id', '=', uuid('pay', purchase.payment.id))
        .executeTakeFirstOrThrow(),
    );
    assert.match(row.attention ?? '', /^amount_mismatch: 123 USD/);
    await app.advance(7_200);
  });

  test('looking at a payment often does not put the sweep to sleep', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const target = { accountId: customer.accountId, paymentId: uuid('pay', purchase.payment.id) };
    for (let look = 0; look < 40; look += 1) await syncPayment(app.app, target, 'return_page');
    const row = await inRead(app.app, 'system', (db) =>
      db.selectFrom('payments').select('check_due_at').where('id', '=', target.paymentId).executeTakeFirstOrThrow(),
    );
    assert.ok(row.check_due_at !== null);
    assert.ok(row.check_due_at.getTime() - app.app.clock.now().getTime() <= 60_000);
  });

  test('reading a payment asks nobody and gives no secret away', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    const seen = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([seen.payment.status, seen.next], ['requires_payment_method', { type: 'resume' }]);
  });

  test('one key stands for one invoice: at the address of another it is refused', async () => {
    const customer = await app.provision();
    const [first, second] = [await openInvoice(customer.accountId), await openInvoice(customer.accountId)];
    const list = await app.ok('listInvoices', { as: customer });
    const idOf = (invoiceId: string) => list.data.find((row) => uuid('inv', row.id) === invoiceId)?.id ?? '';
    const request = { as: customer, body: { payment_method: 'card' }, key: 'the-same' };
    await app.ok('payInvoice', { ...request, params: { id: idOf(first) } });
    await app.refused('payInvoice', 'idempotency_key_reused', { ...request, params: { id: idOf(second) } });
  });

  test('a customer deleted at the gateway is made anew, and the purchase goes on', async () => {
    const customer = await app.provision();
    await buy(app, customer);
    const known = await gatewayCustomer(customer.accountId);
    await app.stripe.stripe.customers.del(known);
    const purchase = await buy(app, customer);
    assert.equal(purchase.next.type, 'confirm_card');
    assert.notEqual(await gatewayCustomer(customer.accountId), known);
  });

  test('when money arrives by a payment that was given up, the open one for the invoice is ended', async () => {
    const customer = await app.provision();
    const invoiceId = await openInvoice(customer.accountId);
    const [row] = (await app.ok('listInvoices', { as: customer })).data;
    assert.ok(row !== undefined);
    const pay = (key: string) =>
      app.ok('payInvoice', { as: customer, params: { id: row.id }, body: { payment_method: 'card' }, key });
    const first = await pay('first');
    const secret = clientSecretOf(first);
    // Given up by hand, as if the gateway had said so: the row alone, so that the intent can still collect.
    await inTransaction(app.app, 'system', async (tx) => {
      const id = uuid('pay', first.payment.id);
      await tx.updateTable('payments').set({ status: 'canceled', check_due_at: null }).where('id', '=', id).execute();
      await tx.updateTable('payment_invoices').set({ is_collectable: false }).where('payment_id', '=', id).execute();
    });
    const second = await pay('second');
    assert.notEqual(second.payment.id, first.payment.id);
    await payByCard(app.stripe.sandbox, secret, cards.accepted);
    const target = { accountId: customer.accountId, paymentId: uuid('pay', first.payment.id) };
    await syncPayment(app.app, target, 'webhook');
    await app.drain();
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: row.id } });
    assert.deepEqual([uuid('inv', invoice.id), invoice.status], [invoiceId, 'paid']);
    const states = invoice.payments.map((payment) => [payment.id === first.payment.id, payment.status]);
    assert.deepEqual(
      states.toSorted(([a], [b]) => Number(a) - Number(b)),
      [
        [false, 'canceled'],
        [true, 'succeeded'],
      ],
    );
  });

  test('a purchase whose payment the gateway has lost is voided, and keeps nobody else waiting', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await inTransaction(app.app, 'system', (tx) =>
      tx
        .updateTable('payments')
        .set({ gateway_reference: 'pi_nobody_knows' })
        .where('id', '=', uuid('pay', purchase.payment.id))
        .execute(),
    );
    const other = await buy(app, await app.provision());
    await app.advance(25 * 3_600);
    const invoices = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('invoices')
        .select('status')
        .where('id', 'in', [uuid('inv', purchase.invoice.id), uuid('inv', other.invoice.id)])
        .execute(),
    );
    assert.deepEqual(
      invoices.map((row) => row.status),
      ['void', 'void'],
    );
  });

  test('the way to the simulator leads nowhere else, and no other site may use it', async () => {
    const astray = await app.server.inject({ method: 'GET', url: '/sandbox/stripe//127.0.0.1:9/x.html' });
    assert.equal(astray.statusCode, 404);
    const foreign = await app.server.inject({
      method: 'POST',
      url: '/sandbox/stripe/_sandbox/faults',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
      payload: '{}',
    });
    assert.equal(foreign.statusCode, 403);
    assert.equal(foreign.json<{ code: string }>().code, 'foreign_origin');
  });

  async function gatewayCustomer(accountId: string): Promise<string> {
    const row = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('gateway_customers')
        .select('customer_reference')
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow(),
    );
    return row.customer_reference;
  }
});
