import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import { buy, orderOf, packageOf, type Purchase } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

const buyer = 'buyer@example.com';

describe('paying by PayPal', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
    await app.listen();
  });
  after(() => app.close());

  const start = (customer: Customer) => buy(app, customer, { method: 'paypal' });
  const approve = (purchase: Purchase, email = buyer) => app.paypal.sandbox.approveOrder(orderOf(purchase), email);
  const confirm = (customer: Customer, purchase: Purchase) =>
    app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
  const read = (customer: Customer, purchase: Purchase) =>
    app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });

  async function capturesOf(orderId: string): Promise<{ status: string; custom_id: string; invoice_id: string }[]> {
    const { body } = await app.paypal.api('GET', `/v2/checkout/orders/${orderId}`);
    const units = body['purchase_units'] as { payments?: { captures?: never[] } }[];
    return units.flatMap((unit) => unit.payments?.captures ?? []);
  }

  test('the payer approves an order, and coming back collects it: credits, invoice, receipt', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    assert.deepEqual(
      [purchase.payment.method, purchase.payment.gateway, purchase.payment.status],
      ['paypal', 'paypal', 'requires_payment_method'],
    );
    assert.ok(purchase.next.type === 'approve_paypal');
    assert.equal(purchase.next.client_id, app.paypal.sandbox.clientId);
    const early = await confirm(customer, purchase);
    assert.equal(early.next.type, 'approve_paypal', 'asked before it was approved it goes on waiting');
    await approve(purchase);
    const paid = await confirm(customer, purchase);
    assert.deepEqual([paid.payment.status, paid.next.type, paid.credits_available], ['succeeded', 'done', 500]);
    assert.deepEqual(paid.payment.method_details, { type: 'paypal', payer_email: buyer });
    assert.equal(paid.invoice.status, 'paid');
    const [capture] = await capturesOf(orderOf(purchase));
    assert.equal(capture?.custom_id, uuidOf(purchase.payment.id));
    assert.match(capture.invoice_id, new RegExp(`^${purchase.invoice.number ?? '-'} `));
  });

  test('a payer who approves and never comes back has paid: the webhook collects', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    await approve(purchase);
    await app.eventually('the payment succeeds', async () => {
      await app.drain();
      return (await read(customer, purchase)).payment.status === 'succeeded';
    });
    assert.equal((await capturesOf(orderOf(purchase))).length, 1);
  });

  test('without the webhook the sweep collects', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    await app.paypal.control('POST', 'faults', { kind: 'drop_webhooks', times: 3 });
    await approve(purchase);
    await app.advance(90);
    await app.paypal.control('DELETE', 'faults');
    assert.equal((await read(customer, purchase)).payment.status, 'succeeded');
  });

  test('however browser, webhook and sweep race, one order is one payment and one grant', async () => {
    const customers = await Promise.all(Array.from({ length: 6 }, () => app.provision()));
    const purchases = await Promise.all(customers.map((customer) => start(customer)));
    await Promise.all(purchases.map((purchase) => approve(purchase)));
    await Promise.all(
      customers.flatMap((customer, index) => {
        const purchase = purchases[index];
        assert.ok(purchase !== undefined);
        const params = { id: purchase.payment.id };
        // Of several at once PayPal may tell some to come again later; that is no answer about the money.
        const ask = () => app.call('confirmPayment', { as: customer, params });
        return [ask(), ask(), ask(), app.drain()];
      }),
    );
    await app.eventually('all have succeeded', async () => {
      await app.drain();
      const now = await Promise.all(
        customers.map((customer, index) => confirm(customer, purchases[index] ?? assert.fail())),
      );
      return now.every((purchase) => purchase.payment.status === 'succeeded');
    });
    const states = await Promise.all(customers.map((customer) => accountState(app.app, customer.accountId)));
    for (const state of states) {
      assert.deepEqual([state.lots.length, state.balance[0]?.available, state.allocations.length], [1, 500n, 1]);
      assert.equal(state.payments.length, 1);
    }
    for (const purchase of purchases) assert.equal((await capturesOf(orderOf(purchase))).length, 1);
    await assertLedgerBalances(app.app);
  });

  test('a declined source leaves the order open for another one', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    await approve(purchase, 'declined@example.com');
    const declined = await confirm(customer, purchase);
    assert.equal(declined.payment.status, 'requires_payment_method');
    assert.equal(declined.payment.last_payment_error?.code, 'instrument_declined');
    assert.equal(orderOf(declined), orderOf(purchase), 'the same order, for the window to open again');
    await approve(purchase, buyer);
    assert.equal((await confirm(customer, purchase)).payment.status, 'succeeded');
  });

  test('an eCheck is on its way for days, and grants when it arrives or nothing when it bounces', async () => {
    // Time passes at PayPal alone, so that only its webhook can tell.
    let days = 0;
    for (const [email, status, credits] of [
      ['echeck@example.com', 'succeeded', 500],
      ['echeck-bounces@example.com', 'failed', 0],
    ] as const) {
      const customer = await app.provision();
      const purchase = await start(customer);
      await approve(purchase, email);
      const pending = await confirm(customer, purchase);
      assert.deepEqual(
        [pending.payment.status, pending.next.type, pending.credits_available],
        ['processing', 'wait', 0],
        email,
      );
      days += 4;
      await app.paypal.control('POST', 'clock', { offset_ms: days * 86_400_000 });
      await app.eventually('PayPal tells how it ended', async () => {
        await app.drain();
        return (await read(customer, purchase)).payment.status !== 'processing';
      });
      const settled = await read(customer, purchase);
      assert.deepEqual([settled.payment.status, settled.credits_available], [status, credits], email);
    }
    await app.paypal.control('POST', 'clock', { offset_ms: app.app.clock.offsetMs() });
  });

  test('a capture that PayPal declines at once has failed', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    await approve(purchase, 'capture-declined@example.com');
    const failed = await confirm(customer, purchase);
    assert.deepEqual([failed.payment.status, failed.credits_available], ['failed', 0]);
    assert.ok(failed.payment.last_payment_error !== null);
  });

  test('an account that PayPal keeps a while after the payment is saved when PayPal tells', async () => {
    const customer = await app.provision();
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'paypal', save_method: true };
    const purchase = await app.ok('purchaseCredits', { as: customer, body });
    await approve(purchase, 'saved-late@example.com');
    assert.equal((await confirm(customer, purchase)).payment.status, 'succeeded');
    const saved = async () => (await app.ok('listSavedMethods', { as: customer })).data;
    assert.deepEqual(await saved(), []);
    await app.advance(120);
    await app.eventually('the account is saved', async () => {
      await app.drain();
      return (await saved()).length === 1;
    });
    assert.deepEqual((await saved())[0]?.details, { type: 'paypal', payer_email: 'saved-late@example.com' });
  });

  test('what was given up is not collected, though its payer approves it after all', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    const orderId = orderOf(purchase);
    const given = await app.ok('cancelPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.equal(given.payment.status, 'canceled');
    await app.paypal.sandbox.approveOrder(orderId, buyer);
    await app.drain();
    await app.call('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    await app.advance(90);
    assert.equal((await read(customer, purchase)).payment.status, 'canceled');
    assert.deepEqual(await capturesOf(orderId), []);
  });

  test('an approval nobody gave is forgotten by PayPal, and its payment is canceled without alarm', async () => {
    const customer = await app.provision();
    const purchase = await start(customer);
    const gone = { kind: 'fail_request', match: { method: 'GET', path: `/v2/checkout/orders/${orderOf(purchase)}` } };
    await app.paypal.control('POST', 'faults', { ...gone, status: 404, code: 'INVALID_RESOURCE_ID', times: 1 });
    const errors = app.errors.length;
    const ended = await confirm(customer, purchase);
    assert.deepEqual([ended.payment.status, ended.next.type], ['canceled', 'none']);
    assert.equal(app.errors.length, errors);
  });

  test('a gateway that does not answer leaves the payment as it is, and the same key goes on with it', async () => {
    const customer = await app.provision();
    const fault = { kind: 'timeout_after_effect', match: { method: 'POST', path: '/v2/checkout/orders' }, times: 2 };
    await app.paypal.control('POST', 'faults', fault);
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'paypal' };
    await app.refused('purchaseCredits', 'gateway_unavailable', { as: customer, body, key: 'once' });
    const again = await app.ok('purchaseCredits', { as: customer, body, key: 'once' });
    await approve(again);
    assert.equal((await confirm(customer, again)).payment.status, 'succeeded');
    const state = await accountState(app.app, customer.accountId);
    assert.deepEqual([state.invoices.length, state.payments.length, state.lots.length], [1, 1, 1]);
  });

  test('a start that was never answered learns its order from the webhook', async () => {
    const customer = await app.provision();
    const fault = { kind: 'timeout_after_effect', match: { method: 'POST', path: '/v2/checkout/orders' }, times: 2 };
    await app.paypal.control('POST', 'faults', fault);
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'paypal' };
    await app.refused('purchaseCredits', 'gateway_unavailable', { as: customer, body });
    const payment = async () =>
      await inRead(app.app, { account: customer.accountId }, (db) =>
        db.selectFrom('payments').select(['id', 'status', 'gateway_reference']).executeTakeFirstOrThrow(),
      );
    const { id, gateway_reference: unknown } = await payment();
    assert.equal(unknown, null);
    // The order is there: PayPal answers with it to whoever knows its request id.
    const order = { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: '9.00' } }] };
    const { status, body: made } = await app.paypal.api('POST', '/v2/checkout/orders', order, {
      'paypal-request-id': id,
    });
    assert.equal(status, 200, 'made before');
    await app.paypal.sandbox.approveOrder(String(made['id']), buyer);
    await app.eventually('the payment succeeds', async () => {
      await app.drain();
      return (await payment()).status === 'succeeded';
    });
    assert.equal((await payment()).gateway_reference, made['id']);
    assert.equal((await capturesOf(String(made['id']))).length, 1);
  });

  test('an account whose currency PayPal does not take is not offered it, and refused before anything is made', async () => {
    const customer = await app.provision({ country: 'PK', name: 'Karachi Prints' });
    const { data } = await app.ok('listPaymentMethods', {
      as: customer,
      query: { currency: 'PKR', amount: 2_500_00 },
    });
    assert.ok(!data.some((option) => option.method === 'paypal'));
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'paypal' };
    await app.refused('purchaseCredits', 'payment_method_unavailable', { as: customer, body });
    const state = await accountState(app.app, customer.accountId);
    assert.deepEqual([state.invoices.length, state.payments.length], [0, 0]);
  });
});
