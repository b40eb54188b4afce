import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import { inRead } from '#server/platform/db/index.ts';
import { makeOperation } from '#test/support/metering.ts';
import { buyAndPay, cards, intentsOf } from '#test/support/purchase.ts';
import { assertBooksHold, bought, creditsOf, laterCards, spend } from '#test/support/refunds.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newStaff } from '#test/support/test-people.ts';
import { type Caller, uuidOf } from '#test/support/test-client.ts';

type AdminPayment = CallResult<Contract['getAnyPayment']>;

describe('disputes', () => {
  let app: TestApp;
  let staff: Caller;

  before(async () => {
    app = await createTestApp();
    await app.listen();
    staff = await newStaff(app, 'finance');
    await makeOperation(app.app, 'work');
  });
  after(async () => {
    await app.close();
  });

  /** Waits until everything that was to be sent has arrived, and does what follows. */
  async function told(): Promise<void> {
    await app.eventually('the gateway has told it', async () => {
      const { recent_events: events } = await app.stripe.control('GET', '');
      const deliveries = (events as { deliveries: { status: string }[] }[]).flatMap((event) => event.deliveries);
      return deliveries.every((delivery) => delivery.status !== 'pending');
    });
    await app.drain();
  }

  async function look(id: string): Promise<AdminPayment> {
    return await app.ok('getAnyPayment', { as: staff, params: { id } });
  }

  function disputesOf(payment: AdminPayment): [string, boolean, number, number][] {
    return payment.disputes.map((one) => [one.status, one.takes_money, one.amount, one.credits_frozen]);
  }

  async function accountAttention(accountId: string): Promise<string | null> {
    const row = await inRead(app.app, 'system', (db) =>
      db.selectFrom('accounts').select('attention').where('id', '=', accountId).executeTakeFirstOrThrow(),
    );
    return row.attention;
  }

  async function disputed(): Promise<Awaited<ReturnType<typeof bought>> & { dispute: string }> {
    const found = await bought(app, cards.accepted);
    await spend(app, found.customer, 'work', 120);
    const { id } = await app.stripe.control('POST', `payment_intents/${found.intent}/dispute`);
    await told();
    return { ...found, dispute: String(id) };
  }

  test('what is left of the credits is frozen, staff are told, payment and account are flagged', async () => {
    const { customer, params, dispute } = await disputed();
    const payment = await look(params.id);
    assert.deepEqual(disputesOf(payment), [['needs_response', true, 900, 380]]);
    assert.deepEqual(await creditsOf(app, customer), [0, 380]);
    assert.equal(await spend(app, customer, 'work', 1), 402);
    const hold = await app.call('createHold', { as: customer, body: { operation: 'work', quantity: 1 } });
    assert.equal(hold.status, 402);
    assert.match(payment.attention ?? '', new RegExp(`^disputed: ${dispute} `));
    assert.match((await accountAttention(customer.accountId)) ?? '', /^disputed: payment /);
    assert.equal(payment.refundable, 0);
    await app.refused('refundPayment', 'payment_not_refundable', { as: staff, params, body: { reason: 'No' } });
    const { data } = await app.ok('listSandboxMessages', { query: { limit: 20 } });
    const alert = data.find((message) => /disputes a payment of USD.9\.00/.test(message.subject ?? ''));
    assert.ok(alert !== undefined);
    const listed = await app.ok('listDisputes', { as: staff, query: { open: 'true', limit: 1 } });
    assert.deepEqual([listed.data[0]?.gateway_reference, listed.data[0]?.payment_id], [dispute, params.id]);
    await assertBooksHold(app);
  });

  test('won: the credits can be spent again, nothing else has changed', async () => {
    const { customer, params, dispute } = await disputed();
    await app.stripe.stripe.disputes.update(dispute, { evidence: { uncategorized_text: 'winning_evidence' } });
    await told();
    const payment = await look(params.id);
    assert.deepEqual(disputesOf(payment), [['won', true, 900, 0]]);
    assert.deepEqual([payment.attention, payment.refundable, payment.refunds], [null, 900, []]);
    assert.equal(await accountAttention(customer.accountId), null);
    assert.deepEqual(await creditsOf(app, customer), [380, 0]);
    const closed = await app.ok('listDisputes', { as: staff, query: { open: 'false', limit: 1 } });
    assert.equal(closed.data[0]?.gateway_reference, dispute);
    await assertBooksHold(app);
  });

  test('lost: the credits are taken, the payment counts as refunded, a credit note says so', async () => {
    const { customer, purchase, params, dispute } = await disputed();
    await app.stripe.stripe.disputes.close(dispute);
    await told();
    const payment = await look(params.id);
    assert.deepEqual(disputesOf(payment), [['lost', true, 900, 0]]);
    assert.deepEqual(
      payment.refunds.map((one) => [one.status, one.amount, one.credits_taken_back, one.reason]),
      [['succeeded', 900, 380, 'Disputed with the bank']],
    );
    assert.deepEqual([payment.refundable, payment.amount_refunded], [0, 900]);
    assert.match(payment.attention ?? '', /^dispute_lost: /);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(invoice.credit_notes[0]?.total, 900);
    await assertBooksHold(app);
  });

  test('an inquiry freezes nothing and can be refunded; escalated, it freezes', async () => {
    const first = await bought(app, laterCards.inquired);
    await told();
    assert.deepEqual(disputesOf(await look(first.params.id)), [['needs_response', false, 900, 0]]);
    assert.deepEqual(await creditsOf(app, first.customer), [500, 0]);
    await app.ok('refundPayment', { as: staff, params: first.params, body: { amount: 450, reason: 'Settled' } });
    const [inquiry] = (await app.stripe.stripe.disputes.list({ payment_intent: first.intent })).data;
    await app.stripe.stripe.disputes.update(inquiry?.id ?? '', {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    });
    await told();
    // All that the bank can still take is the other half.
    assert.deepEqual(disputesOf(await look(first.params.id)), [['needs_response', true, 900, 250]]);
    assert.deepEqual(await creditsOf(app, first.customer), [0, 250]);
    await app.stripe.control('POST', `disputes/${inquiry?.id ?? ''}/decide`, { outcome: 'lost' });
    await told();
    assert.equal((await look(first.params.id)).amount_refunded, 900);
    assert.deepEqual(await creditsOf(app, first.customer), [0, 0]);
    await assertBooksHold(app);
  });

  test('every word of it twice and in reverse ends the same; the sweep does without any', async () => {
    const { customer, params, intent } = await bought(app, cards.accepted);
    await app.stripe.control('POST', 'faults', { kind: 'hold_webhooks', match: {}, times: 100 });
    const { id } = await app.stripe.control('POST', `payment_intents/${intent}/dispute`);
    await app.stripe.stripe.disputes.update(String(id), { evidence: { uncategorized_text: 'losing_evidence' } });
    await app.stripe.control('DELETE', 'faults');
    const { recent_events: events } = await app.stripe.control('GET', '');
    const newestFirst = (events as { id: string }[]).map((event) => event.id);
    await app.stripe.control('POST', 'webhooks/release', { order: newestFirst });
    await told();
    for (const event of newestFirst.slice(0, 6)) await app.stripe.control('POST', `events/${event}/resend`);
    await told();
    const payment = await look(params.id);
    assert.deepEqual(disputesOf(payment), [['lost', true, 900, 0]]);
    assert.deepEqual([payment.refunds.length, payment.credit_notes.length], [1, 1]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);

    const other = await disputed();
    await app.stripe.control('POST', 'faults', { kind: 'drop_webhooks', match: {}, times: 100 });
    await app.stripe.control('POST', `disputes/${other.dispute}/decide`, { outcome: 'won' });
    await app.stripe.control('DELETE', 'faults');
    await app.advance(3_600);
    assert.deepEqual(disputesOf(await look(other.params.id)), [['won', true, 900, 0]]);
    assert.deepEqual(await creditsOf(app, other.customer), [380, 0]);
    await assertBooksHold(app);
  });

  test('a gateway that lists what a dispute took as a refund too, before or after: it counts once', async () => {
    const early = await disputed();
    await app.stripe.control('POST', `payment_intents/${early.intent}/refund`);
    await told();
    assert.deepEqual(await creditsOf(app, early.customer), [0, 380]);
    await app.stripe.control('POST', `disputes/${early.dispute}/decide`, { outcome: 'lost' });
    await told();
    assert.deepEqual(await creditsOf(app, early.customer), [0, 0]);
    assert.deepEqual(
      (await look(early.params.id)).refunds.map((one) => [one.amount, one.reason]),
      [[900, null]],
    );

    const late = await disputed();
    await app.stripe.control('POST', `disputes/${late.dispute}/decide`, { outcome: 'lost' });
    await told();
    await app.stripe.control('POST', `payment_intents/${late.intent}/refund`);
    await told();
    const payment = await look(late.params.id);
    assert.deepEqual([payment.amount_refunded, payment.refunds.length, payment.credit_notes.length], [900, 1, 1]);
    assert.match(payment.attention ?? '', /^dispute_lost: /);
    await assertBooksHold(app);
  });

  test('won, while another one of the account is open: the account stays flagged', async () => {
    const customer = await app.provision();
    const disputes: string[] = [];
    for (const slug of ['starter', 'pro'] as const) {
      const { payment } = await buyAndPay(app, customer, slug);
      const [intent] = await intentsOf(app.stripe.stripe, uuidOf(payment.id));
      const { id } = await app.stripe.control('POST', `payment_intents/${intent?.id ?? ''}/dispute`);
      await told();
      disputes.push(String(id));
    }
    for (const [index, dispute] of disputes.entries()) {
      await app.stripe.stripe.disputes.update(dispute, { evidence: { uncategorized_text: 'winning_evidence' } });
      await told();
      assert.equal((await accountAttention(customer.accountId)) === null, index === 1);
    }
    await assertBooksHold(app);
  });

  test('a dispute that races spending freezes what is left, to the last credit', async () => {
    const { customer, params, intent } = await bought(app, cards.accepted);
    const spending = Array.from({ length: 40 }, () => spend(app, customer, 'work', 10));
    await app.stripe.control('POST', `payment_intents/${intent}/dispute`);
    const freezing = told();
    const spent = (await Promise.all(spending)).filter((status) => status < 300).length * 10;
    await freezing;
    const [dispute] = (await look(params.id)).disputes;
    assert.equal(spent + (dispute?.credits_frozen ?? 0), 500);
    await assertBooksHold(app);
  });
});

describe('disputes that keep the credits', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ environment: { DISPUTE_CREDITS: 'keep' } });
    await app.listen();
  });
  after(async () => {
    await app.close();
  });

  test('can be spent while it is open; a lost one takes what is left', async () => {
    const { customer, intent } = await bought(app, laterCards.disputed);
    const [dispute] = (await app.stripe.stripe.disputes.list({ payment_intent: intent })).data;
    await app.eventually('it is written down', async () => {
      await app.drain();
      const rows = await inRead(app.app, 'system', (db) => db.selectFrom('disputes').select('takes_money').execute());
      return rows.some((row) => row.takes_money);
    });
    assert.deepEqual(await creditsOf(app, customer), [500, 0]);
    await app.stripe.stripe.disputes.close(dispute?.id ?? '');
    await app.eventually('it is lost', async () => {
      await app.drain();
      return (await creditsOf(app, customer))[0] === 0;
    });
    await assertBooksHold(app);
  });
});
