import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import {
  answerChallenge,
  buy,
  buyAndPay,
  cards,
  chargesOf,
  clientSecretOf,
  intentOf,
  packageOf,
  payByCard,
} from '#test/support/purchase.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { uuidOf } from '#test/support/test-client.ts';

describe('a customer buys credits by card', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  test('signs up, buys, pays, and holds credits, a paid invoice, its document and a receipt', async () => {
    const ada = await app.signUp();
    const purchase = await buy(app, ada, { slug: 'pro' });
    assert.match(purchase.invoice.number ?? '', /^INV-\d{4}-\d{2}-\d{5}$/);
    assert.deepEqual(
      [purchase.invoice.status, purchase.invoice.total, purchase.invoice.amount_due, purchase.invoice.currency],
      ['pending', 29_00, 29_00, 'USD'],
    );
    assert.deepEqual([purchase.payment.status, purchase.credits], ['requires_payment_method', 2_000]);
    assert.equal(purchase.credits_available, 0);

    assert.equal(await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted), 'succeeded');
    const paid = await app.ok('confirmPayment', { as: ada, params: { id: purchase.payment.id } });
    assert.deepEqual(
      [paid.payment.status, paid.invoice.status, paid.invoice.amount_due, paid.next.type, paid.credits_available],
      ['succeeded', 'paid', 0, 'done', 2_000],
    );
    assert.ok(paid.payment.method_details?.type === 'card');
    assert.equal(paid.payment.method_details.last4, '4242');
    await app.drain();

    const invoice = await app.ok('getInvoice', { as: ada, params: { id: purchase.invoice.id } });
    assert.equal(invoice.lines[0]?.amount, 29_00);
    assert.equal(invoice.buyer.email, ada.email);
    assert.equal((await app.ok('getCreditBalance', { as: ada })).available, 2_000);
    const mail = await app.ok('listSandboxMessages', { query: { to: ada.email } });
    assert.deepEqual(
      mail.data.map(({ template, status }) => [template, status]),
      [
        ['payment_success', 'sent'],
        ['verify_email', 'sent'],
      ],
    );
    assert.deepEqual(await chargesOf(app.stripe.stripe, uuidOf(purchase.payment.id)), [{ paid: true, amount: 29_00 }]);
  });

  test('both renditions of the invoice are kept with the hash of their bytes, and the paid one is served and mailed', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await app.drain();
    const issued = await app.call('getInvoicePdf', { as: customer, params: { id: purchase.invoice.id } });
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    await app.drain();
    const paid = await app.call('getInvoicePdf', { as: customer, params: { id: purchase.invoice.id } });
    assert.deepEqual([issued.status, paid.status, paid.headers['content-type']], [200, 200, 'application/pdf']);
    assert.notEqual(issued.headers['etag'], paid.headers['etag']);

    const files = await inRead(app.app, { account: customer.accountId }, (db) =>
      db
        .selectFrom('invoice_documents')
        .innerJoin('files', 'files.id', 'invoice_documents.file_id')
        .select(['rendition', 'files.id', 'sha256', 'content', 'filename'])
        .orderBy('rendition')
        .execute(),
    );
    assert.deepEqual(
      files.map((file) => file.rendition),
      ['issued', 'paid'],
    );
    for (const file of files) {
      assert.deepEqual(createHash('sha256').update(file.content).digest(), file.sha256);
      assert.equal(file.content.subarray(0, 5).toString(), '%PDF-');
      assert.equal(file.filename, `${purchase.invoice.number ?? ''}.pdf`);
    }
    const etags = files.map((file) => `"${file.sha256.toString('hex')}"`);
    assert.deepEqual(etags, [issued.headers['etag'], paid.headers['etag']]);
    const [email] = await inRead(app.app, { account: customer.accountId }, (db) =>
      db.selectFrom('email_messages').select(['template', 'html', 'text', 'attachment_file_ids']).execute(),
    );
    assert.equal(email?.template, 'payment_success');
    assert.deepEqual(email.attachment_file_ids, [files[1]?.id]);
    assert.ok(email.html?.includes(purchase.invoice.number ?? '?') && email.text?.includes('9.00'));

    const again = await app.call('getInvoicePdf', {
      as: customer,
      params: { id: purchase.invoice.id },
      headers: { 'if-none-match': String(paid.headers['etag']) },
    });
    assert.deepEqual([again.status, again.body], [304, '']);
  });

  test('a declined card leaves the same payment open for another card', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const secret = clientSecretOf(purchase);
    for (const [card, code] of [
      [cards.declined, 'card_declined'],
      [cards.withoutFunds, 'insufficient_funds'],
    ] as const) {
      assert.equal(await payByCard(app.stripe.sandbox, secret, card), 'requires_payment_method');
      const declined = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
      assert.equal(declined.payment.id, purchase.payment.id);
      assert.deepEqual([declined.payment.status, declined.invoice.status], ['requires_payment_method', 'pending']);
      assert.equal(declined.payment.last_payment_error?.code, code);
      assert.equal(declined.invoice.last_payment_error?.code, code);
      assert.equal(declined.invoice.open_payment_id, purchase.payment.id);
      assert.equal(declined.credits_available, 0);
      assert.equal(clientSecretOf(declined), secret);
    }
    await payByCard(app.stripe.sandbox, secret, cards.accepted);
    const paid = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([paid.payment.status, paid.invoice.status], ['succeeded', 'paid']);
    assert.deepEqual([paid.payment.last_payment_error, paid.invoice.last_payment_error], [null, null]);
    assert.equal(paid.credits_available, 500);
    const charges = await chargesOf(app.stripe.stripe, uuidOf(purchase.payment.id));
    assert.equal(charges.length, 3);
    assert.equal(charges.filter((charge) => charge.paid).length, 1);
    await app.drain();
    const { emails } = await accountState(app.app, customer.accountId);
    assert.deepEqual(
      emails.map((email) => email.template),
      ['payment_success'],
    );
  });

  test('the time of a declined attempt stays that of the attempt, however often it is asked about', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.declined);
    const first = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    await app.advance(60);
    const later = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.ok(first.payment.last_payment_error !== null);
    assert.deepEqual(later.payment.last_payment_error, first.payment.last_payment_error);
    assert.deepEqual(later.invoice.last_payment_error, first.invoice.last_payment_error);
  });

  test('a card that wants its holder is charged when the holder says yes', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const secret = clientSecretOf(purchase);
    assert.equal(await payByCard(app.stripe.sandbox, secret, cards.authenticated), 'requires_action');
    const waiting = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([waiting.payment.status, waiting.next.type], ['requires_action', 'confirm_card']);
    assert.equal(await answerChallenge(app.stripe.sandbox, secret, 'complete'), 'succeeded');
    const paid = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([paid.payment.status, paid.credits_available], ['succeeded', 500]);
  });

  test('when the holder says no nothing is charged, and another card may be used', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const secret = clientSecretOf(purchase);
    await payByCard(app.stripe.sandbox, secret, cards.authenticated);
    assert.equal(await answerChallenge(app.stripe.sandbox, secret, 'fail'), 'requires_payment_method');
    const refused = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.equal(refused.payment.status, 'requires_payment_method');
    assert.equal(refused.payment.last_payment_error?.code, 'authentication_failed');
    await payByCard(app.stripe.sandbox, secret, cards.accepted);
    const paid = await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([paid.payment.status, paid.credits_available], ['succeeded', 500]);
  });

  test('the currency is that of the account and fixed by its first invoice', async () => {
    const customer = await app.provision({ country: 'DE' });
    const fresh = await app.ok('getAccountSettings', { as: customer });
    assert.deepEqual([fresh.currency, fresh.currency_fixed], ['EUR', false]);
    const wrong = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'card', currency: 'USD' };
    await app.refused('purchaseCredits', 'currency_mismatch', { as: customer, body: wrong });
    assert.equal((await app.ok('getAccountSettings', { as: customer })).currency_fixed, false);
    const { invoice } = await buy(app, customer);
    assert.equal(invoice.currency, 'EUR');
    assert.equal((await app.ok('getAccountSettings', { as: customer })).currency_fixed, true);
    const changing = `update purser.accounts set currency = 'USD' where id = '${customer.accountId}'`;
    await assert.rejects(runStatement(app.app, changing), /fixed by its first invoice/);
  });

  test('a package without a price in the currency of the account is neither shown nor sold', async () => {
    const provisioned = await app.refused('createAccount', 'validation_failed', {
      as: app.platform,
      body: { name: 'Kaito', country: 'JP', currency: 'JPY', billing_email: 'kaito@example.com' },
    });
    assert.equal(provisioned.errors?.[0]?.pointer, '/body/currency');
    const customer = await app.provision();
    const id = await packageOf(app, customer, 'business');
    await runStatement(
      app.app,
      `delete from purser.credit_package_prices where currency = 'EUR'
      and package_id = '${uuidOf(id)}'`,
    );
    const german = await app.provision({ country: 'DE' });
    const shown = await app.ok('listCreditPackages', { as: german });
    assert.ok(!shown.data.some((item) => item.id === id));
    const body = { package_id: id, payment_method: 'card' };
    await app.refused('purchaseCredits', 'package_price_missing', { as: german, body });
    assert.deepEqual((await accountState(app.app, german.accountId)).invoices, []);
  });

  test('a price that changed since it was shown is asked about again', async () => {
    const customer = await app.provision();
    const body = { package_id: await packageOf(app, customer, 'pro'), payment_method: 'card', expected_total: 19_00 };
    const problem = await app.refused('purchaseCredits', 'price_changed', { as: customer, body });
    assert.deepEqual([problem['expected_total'], problem['total'], problem['currency']], [19_00, 29_00, 'USD']);
    await app.ok('purchaseCredits', { as: customer, body: { ...body, expected_total: 29_00 } });
  });

  test('a purchase needs no webhook, no return page and no second look: the sweep alone brings it home', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    await app.advance(90);
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(invoice.status, 'paid');
    assert.equal((await app.ok('getCreditBalance', { as: customer })).available, 500);
  });

  test('whoever buys again gets the next number and further credits, and the books balance', async () => {
    const customer = await app.provision();
    const first = await buyAndPay(app, customer);
    const second = await buyAndPay(app, customer, 'business');
    assert.equal(second.credits_available, 5_500);
    const [one = 0, two = 0] = [first, second].map(({ invoice }) => Number(invoice.number?.slice(-5)));
    assert.equal(two, one + 1);
    const intents = [first, second].map(({ payment }) => payment.id);
    assert.equal(new Set(intents).size, 2);
    const customers = await app.stripe.stripe.customers.list({ limit: 100 });
    const own = customers.data.filter((item) => item.metadata['purser_account_id'] === customer.accountId);
    assert.equal(own.length, 1, 'the account is one customer at the gateway');
    await assertLedgerBalances(app.app);
  });

  test('while the gateway does not answer the purchase says so, and the same key goes on later', async () => {
    const customer = await app.provision();
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'card' };
    const fault = { kind: 'fail_request', match: { path: '/v1/payment_intents' }, times: 3, status: 500 };
    await app.stripe.control('POST', 'faults', fault);
    await app.refused('purchaseCredits', 'gateway_unavailable', { as: customer, body, key: 'patient' });
    const open = await accountState(app.app, customer.accountId);
    assert.deepEqual([open.invoices.length, open.payments[0]?.status], [1, 'created']);
    const purchase = await app.ok('purchaseCredits', { as: customer, body, key: 'patient' });
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
    const state = await accountState(app.app, customer.accountId);
    assert.deepEqual([state.invoices.length, state.payments.length, state.lots.length], [1, 1, 1]);
  });

  test('an answer that gets lost on the way from the gateway makes no second payment there', async () => {
    const customer = await app.provision();
    const fault = { kind: 'timeout_after_effect', match: { method: 'POST', path: '/v1/payment_intents' }, times: 1 };
    await app.stripe.control('POST', 'faults', fault);
    const purchase = await buy(app, customer);
    const created = await app.stripe.stripe.paymentIntents.list({ limit: 100 });
    const own = created.data.filter((item) => item.metadata['purser_payment_id'] === uuidOf(purchase.payment.id));
    assert.deepEqual(
      own.map((item) => item.id),
      [intentOf(clientSecretOf(purchase))],
    );
  });
});
