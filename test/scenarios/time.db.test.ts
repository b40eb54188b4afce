import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import { buy, buyAndPay, cards, clientSecretOf, intentOf, payByCard } from '#test/support/purchase.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

const minute = 60;
const hour = 60 * minute;

describe('what time does to a purchase', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  async function templatesOf(customer: Customer): Promise<string[]> {
    const { emails } = await accountState(app.app, customer.accountId);
    return emails.map((email) => email.template);
  }

  test('a purchase that is left is announced after a quarter of an hour and not before, once', async () => {
    const customer = await app.provision();
    const { invoice } = await buy(app, customer);
    await app.advance(14 * minute);
    assert.deepEqual(await templatesOf(customer), []);
    await app.advance(minute + 1);
    assert.deepEqual(await templatesOf(customer), ['invoice_created']);
    await app.advance(12 * hour);
    assert.deepEqual(await templatesOf(customer), ['invoice_created']);
    const mail = await app.ok('listSandboxMessages', { query: { to: 'pay@fernwood.example' } });
    const message = await app.ok('getSandboxMessage', { params: { id: mail.data[0]?.id ?? '' } });
    assert.ok(message.subject.includes(invoice.number ?? '?'));
    assert.deepEqual(
      message.attachments.map((file) => file.filename),
      [`${invoice.number ?? ''}.pdf`],
    );
  });

  test('a purchase paid within the quarter is not announced but receipted', async () => {
    const customer = await app.provision();
    await buyAndPay(app, customer);
    await app.advance(hour);
    assert.deepEqual(await templatesOf(customer), ['payment_success']);
  });

  test('a purchase left for a day is void, keeps its number, and can no longer be paid at the gateway', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await app.advance(24 * hour - minute);
    const pending = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(pending.status, 'pending');
    await app.advance(minute + 1);
    const expired = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.deepEqual([expired.status, expired.number], ['void', purchase.invoice.number]);
    assert.ok(expired.voided_at !== null && expired.void_reason !== null);
    assert.deepEqual([expired.amount_due, expired.open_payment_id], [0, null]);
    assert.equal(expired.payments[0]?.status, 'canceled');
    const secret = clientSecretOf(purchase);
    const intent = await app.stripe.stripe.paymentIntents.retrieve(intentOf(secret));
    assert.equal(intent.status, 'canceled');
    assert.equal(await payByCard(app.stripe.sandbox, secret, cards.accepted), 'canceled');
    const later = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([later.next.type, later.credits_available], ['none', 0]);

    const next = await buy(app, await app.provision());
    assert.notEqual(next.invoice.number, purchase.invoice.number, 'a number is given once');
  });

  test('a purchase whose money came just before its day was over is settled and not voided', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await app.advance(hour);
    // From now on the gateway tells nobody: only the end of the day makes Purser ask.
    await runStatement(
      app.app,
      `update purser.payments set check_due_at = null where id = '${uuidOf(purchase.payment.id)}'`,
    );
    await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
    await app.advance(24 * hour);
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(invoice.status, 'paid');
    assert.equal((await app.ok('getCreditBalance', { as: customer })).available, 500);
  });

  test('a gateway that is away at the end of the day puts the end off, and no invoice is voided by a guess', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const fault = { kind: 'fail_request', match: { path: '/v1/payment_intents' }, times: 10_000, status: 503 };
    await app.advance(23 * hour);
    await app.stripe.control('POST', 'faults', fault);
    await app.advance(hour + minute);
    const waiting = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(waiting.status, 'pending');
    await app.stripe.control('DELETE', 'faults');
    await app.advance(2 * hour);
    const expired = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(expired.status, 'void');
  });

  test('money that arrives for a payment that was canceled is kept in sight and never booked away', async () => {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    await app.advance(25 * hour);
    const paymentId = uuidOf(purchase.payment.id);
    const voided = await accountState(app.app, customer.accountId);
    assert.deepEqual([voided.invoices[0]?.status, voided.payments[0]?.status], ['void', 'canceled']);

    // A bank may report success after all; to the gateway's customer it is the same payment.
    const late = await app.stripe.stripe.paymentIntents.create({
      amount: 9_00,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata: { purser_payment_id: paymentId },
    });
    await runStatement(
      app.app,
      `update purser.payments set gateway_reference = '${late.id}' where id = '${paymentId}'`,
    );
    await app.listen();
    const [event] = (await app.stripe.stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 })).data;
    await app.stripe.control('POST', `events/${event?.id ?? ''}/resend`);
    await app.eventually('the event is stored', async () => {
      await app.drain();
      return (await accountState(app.app, customer.accountId)).payments[0]?.status === 'succeeded';
    });
    const state = await accountState(app.app, customer.accountId);
    assert.match(state.payments[0]?.attention ?? '', /^more_than_due: 900 /);
    assert.deepEqual([state.invoices[0]?.status, state.invoices[0]?.amount_paid_minor], ['void', 0n]);
    assert.deepEqual([state.lots, state.allocations], [[], []]);
    await assertLedgerBalances(app.app);
  });
});

describe('numbers over months', () => {
  let app: TestApp;

  before(async () => {
    // Half an hour before April begins in Dublin, where it is summer time already.
    app = await createTestApp({ at: new Date('2027-03-31T22:30:00Z') });
  });
  after(() => app.close());

  test('the month of a number is that of the seller, and every month starts at one', async () => {
    const customer = await app.provision({ country: 'IE' });
    const numbers = async (): Promise<(string | null)[]> => {
      const { data } = await app.ok('listInvoices', { as: customer, query: { sort: 'issued_on' } });
      return data.map((invoice) => invoice.number);
    };
    await buyAndPay(app, customer);
    await buyAndPay(app, customer);
    assert.deepEqual(await numbers(), ['INV-2027-03-00001', 'INV-2027-03-00002']);

    await app.advanceTo(new Date('2027-03-31T23:00:01Z'));
    const april = await buyAndPay(app, customer);
    assert.deepEqual(
      [april.invoice.number, april.invoice.issued_on, april.invoice.due_on],
      ['INV-2027-04-00001', '2027-04-01', '2027-04-08'],
    );

    // In winter the month ends at midnight of UTC.
    await app.advanceTo(new Date('2027-12-31T23:30:00Z'));
    assert.equal((await buyAndPay(app, customer)).invoice.number, 'INV-2027-12-00001');
    await app.advanceTo(new Date('2028-01-01T00:00:01Z'));
    const january = await buyAndPay(app, customer);
    assert.deepEqual([january.invoice.number, january.invoice.issued_on], ['INV-2028-01-00001', '2028-01-01']);
    assert.equal((await numbers()).length, 5);
    assert.equal((await app.ok('getCreditBalance', { as: customer })).available, 2_500);
  });

  test('the list finds invoices by a part of the number, by date and by state', async () => {
    const customer = await app.provision();
    const paid = await buyAndPay(app, customer);
    const open = await buy(app, customer);
    const numbersOf = async (query: Record<string, string>) => {
      const { data } = await app.ok('listInvoices', { as: customer, query });
      return data.map((invoice) => invoice.number);
    };
    assert.deepEqual(await numbersOf({ status: 'paid' }), [paid.invoice.number]);
    assert.deepEqual(await numbersOf({ status: 'pending' }), [open.invoice.number]);
    assert.deepEqual(await numbersOf({ status: 'overdue' }), []);
    assert.deepEqual(await numbersOf({ search: (paid.invoice.number ?? '').slice(-4) }), [paid.invoice.number]);
    assert.deepEqual(await numbersOf({ search: '%' }), [], 'a wildcard is a character like any other');
    assert.deepEqual(await numbersOf({ issued_from: '2028-01-01', issued_to: '2028-01-01' }), [
      open.invoice.number,
      paid.invoice.number,
    ]);
    assert.deepEqual(await numbersOf({ issued_from: '2028-01-02' }), []);
  });
});
