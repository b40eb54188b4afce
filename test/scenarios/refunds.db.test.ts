import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import { giveCredits, makeOperation } from '#test/support/metering.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { buy, buyAndPay, cards, clientSecretOf, intentOf, payByCard } from '#test/support/purchase.ts';
import { assertBooksHold, bought, creditsOf, laterCards, spend } from '#test/support/refunds.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newStaff } from '#test/support/test-people.ts';
import { buyByTransfer, declare, inPakistan } from '#test/support/transfers.ts';
import { type Caller, type Customer, uuidOf } from '#test/support/test-client.ts';

type AdminPayment = CallResult<Contract['getAnyPayment']>;

describe('refunds', () => {
  let app: TestApp;
  let staff: Caller;

  before(async () => {
    app = await createTestApp();
    staff = await newStaff(app, 'finance');
    await makeOperation(app.app, 'work');
  });
  after(async () => {
    await app.close();
  });

  async function refund(id: string, amount?: number): Promise<AdminPayment> {
    const body = { reason: 'As agreed', ...(amount === undefined ? {} : { amount }) };
    const payment = await app.ok('refundPayment', { as: staff, params: { id }, body });
    await app.drain();
    return payment;
  }

  async function look(id: string): Promise<AdminPayment> {
    return await app.ok('getAnyPayment', { as: staff, params: { id } });
  }

  /** Status, amount and credits of each refund. */
  function refundsOf(payment: AdminPayment): [string, number, number][] {
    return payment.refunds.map((one) => [one.status, one.amount, one.credits_taken_back]);
  }

  test('an amount the gateway cannot count in is refused before anything moves', async () => {
    await runStatement(
      app.app,
      `insert into purser.credit_package_prices (package_id, currency, price_minor)
       select id, 'KWD', 12340 from purser.credit_packages where slug = 'starter'`,
    );
    const customer = await app.provision({ country: 'KW', currency: 'KWD' });
    const { payment } = await buyAndPay(app, customer);
    const params = { id: payment.id };
    for (const name of ['previewRefund', 'refundPayment'] as const) {
      const body = { amount: 1_234, ...(name === 'refundPayment' ? { reason: 'As agreed' } : {}) };
      const problem = await app.refused(name, 'validation_failed', { as: staff, params, body });
      assert.equal(problem.errors?.[0]?.pointer, '/body/amount');
    }
    assert.deepEqual([(await look(payment.id)).refunds, await creditsOf(app, customer)], [[], [500, 0]]);
    assert.deepEqual(refundsOf(await refund(payment.id, 1_230)), [['succeeded', 1_230, 49]]);
    await assertBooksHold(app);
  });

  test('in full: the money, the credits, the credit note, the e-mail', async () => {
    const { customer, purchase, params, intent } = await bought(app, cards.accepted);
    const preview = await app.ok('previewRefund', { as: staff, params, body: {} });
    assert.deepEqual(preview, {
      amount: 900,
      currency: 'USD',
      refundable: 900,
      credits_bought: 500,
      credits_share: 500,
      credits_taken_back: 500,
      credits_spent: 0,
      by_hand: false,
    });
    const refunded = await refund(params.id);
    assert.deepEqual([refunded.refundable, refunded.amount_refunded, refunded.attention], [0, 900, null]);
    assert.deepEqual(refundsOf(refunded), [['succeeded', 900, 500]]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    const atStripe = await app.stripe.stripe.refunds.list({ payment_intent: intent });
    assert.deepEqual(
      atStripe.data.map((one) => [one.amount, one.status]),
      [[900, 'succeeded']],
    );
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.deepEqual([invoice.status, invoice.refunds.length], ['paid', 1]);
    const [note] = invoice.credit_notes;
    assert.ok(note !== undefined);
    assert.match(note.number, /^CN-\d{4}-\d{2}-\d{5}$/);
    assert.deepEqual([note.subtotal, note.tax, note.total, note.voided_at], [900, 0, 900, null]);
    const pdf = await app.call('getCreditNotePdf', { as: customer, params: { id: note.id } });
    assert.deepEqual([pdf.status, pdf.headers['content-type']], [200, 'application/pdf']);
    assert.match(pdf.body.slice(0, 8), /^%PDF-/);
    await app.refused('getCreditNotePdf', 'not_found', { as: await app.provision(), params: { id: note.id } });
    const messages = await app.ok('listSandboxMessages', { query: { to: 'pay@fernwood.example', limit: 1 } });
    const message = await app.ok('getSandboxMessage', { params: { id: messages.data[0]?.id ?? '' } });
    assert.match(message.subject ?? '', /USD.9\.00 from .* is on its way back to you/);
    assert.deepEqual(
      message.attachments.map((file) => file.filename),
      [`${note.number}.pdf`],
    );
    const statement = await app.ok('getCreditStatement', { as: customer });
    const [entry] = statement.data;
    assert.deepEqual([entry?.kind, entry?.change, entry?.reason], ['clawback', -500, 'As agreed']);
    const why = await app.ok('explainCreditEntry', { as: customer, params: { id: entry?.id ?? '' } });
    assert.deepEqual([why.lots.length, why.lots[0]?.change], [1, -500]);
    await assertBooksHold(app);
  });

  test('in parts: each takes its share of what is left of that very lot, never more than was paid', async () => {
    const { customer, purchase, params } = await bought(app, cards.accepted);
    await spend(app, customer, 'work', 350);
    const preview = await app.ok('previewRefund', { as: staff, params, body: { amount: 300 } });
    assert.deepEqual([preview.credits_share, preview.credits_taken_back, preview.credits_spent], [166, 150, 16]);
    assert.deepEqual(refundsOf(await refund(params.id, 300)), [['succeeded', 300, 150]]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    const problem = await app.refused('refundPayment', 'refund_too_large', {
      as: staff,
      params,
      body: { amount: 601, reason: 'Too much' },
    });
    assert.deepEqual([problem['refundable'], problem.errors?.[0]?.pointer], [600, '/body/amount']);
    await refund(params.id, 599);
    const last = await refund(params.id);
    assert.deepEqual(refundsOf(last), [
      ['succeeded', 300, 150],
      ['succeeded', 599, 0],
      ['succeeded', 1, 0],
    ]);
    assert.equal(last.refundable, 0);
    await app.refused('refundPayment', 'payment_not_refundable', { as: staff, params, body: { reason: 'Again' } });
    await app.refused('previewRefund', 'payment_not_refundable', { as: staff, params, body: {} });
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.deepEqual(
      invoice.credit_notes.map((note) => note.total),
      [300, 599, 1],
    );
    await assertBooksHold(app);
  });

  test('credits of another purchase are not touched', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    await giveCredits(app.app, customer.accountId, 70n);
    await spend(app, customer, 'work', 100);
    assert.deepEqual(refundsOf(await refund(params.id)), [['succeeded', 900, 400]]);
    assert.deepEqual(await creditsOf(app, customer), [70, 0]);
    await assertBooksHold(app);
  });

  test('what a hold reserves is not taken; a later refund catches up', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    const hold = await app.ok('createHold', { as: customer, body: { operation: 'work', quantity: 400 } });
    assert.deepEqual(refundsOf(await refund(params.id, 450)), [['succeeded', 450, 100]]);
    assert.deepEqual(await creditsOf(app, customer), [0, 400]);
    await app.ok('releaseHold', { as: customer, params: { id: hold.id }, body: {} });
    assert.deepEqual((await refund(params.id)).refunds[1]?.credits_taken_back, 400);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await assertBooksHold(app);
  });

  test('a refund that would take another number of credits by now is refused', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    await spend(app, customer, 'work', 1);
    const body = { reason: 'As shown', expected_credits_taken_back: 500 };
    const problem = await app.refused('refundPayment', 'refund_changed', { as: staff, params, body });
    assert.equal(problem['credits_taken_back'], 499);
    assert.deepEqual(await creditsOf(app, customer), [499, 0]);
    assert.deepEqual((await look(params.id)).refunds, []);
    await app.ok('refundPayment', { as: staff, params, body: { ...body, expected_credits_taken_back: 499 } });
  });

  test('the same key gives back once; another body under it is refused', async () => {
    const { params, intent } = await bought(app, cards.accepted);
    const request = { as: staff, params, body: { amount: 100, reason: 'Once' }, key: `once-${params.id}` };
    const [one, other] = await Promise.all([app.ok('refundPayment', request), app.ok('refundPayment', request)]);
    assert.equal(one.refunds[0]?.id, other.refunds[0]?.id);
    await app.ok('refundPayment', request);
    assert.equal((await look(params.id)).amount_refunded, 100);
    assert.equal((await app.stripe.stripe.refunds.list({ payment_intent: intent })).data.length, 1);
    const changed = { ...request, body: { amount: 200, reason: 'Once' } };
    await app.refused('refundPayment', 'idempotency_key_reused', changed);
  });

  test('only staff with the right role refund', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    const body = { reason: 'Mine' };
    for (const as of [customer, await newStaff(app, 'support'), await newStaff(app, 'read_only')]) {
      await app.refused('refundPayment', 'forbidden', { as, params, body });
    }
    await app.refused('previewRefund', 'validation_failed', { as: staff, params, body: { amount: 0 } });
  });

  test('an answer that never came: the refund is pending, and the sweep asks', async () => {
    const { customer, params, intent } = await bought(app, cards.accepted);
    const match = { method: 'POST', path: '/v1/refunds' };
    await app.stripe.control('POST', 'faults', { kind: 'timeout_after_effect', match, times: 2 });
    await app.refused('refundPayment', 'gateway_unavailable', { as: staff, params, body: { reason: 'Lost' } });
    await app.stripe.control('DELETE', 'faults');
    const waiting = await look(params.id);
    assert.deepEqual([refundsOf(waiting), waiting.refundable], [[['pending', 900, 500]], 0]);
    assert.deepEqual([waiting.credit_notes, await creditsOf(app, customer)], [[], [0, 0]]);
    await assertBooksHold(app);
    await app.advance(180);
    const settled = await look(params.id);
    assert.deepEqual([refundsOf(settled), settled.credit_notes.length], [[['succeeded', 900, 500]], 1]);
    assert.equal((await app.stripe.stripe.refunds.list({ payment_intent: intent })).data.length, 1);
    await assertBooksHold(app);
  });

  test('a gateway that could not be reached: a repetition with the key goes on', async () => {
    const { params, intent } = await bought(app, cards.accepted);
    const match = { method: 'POST', path: '/v1/refunds' };
    await app.stripe.control('POST', 'faults', { kind: 'fail_request', match, status: 500, times: 2 });
    const request = { as: staff, params, body: { reason: 'Try' }, key: `retry-${params.id}` };
    await app.refused('refundPayment', 'gateway_unavailable', request);
    await app.stripe.control('DELETE', 'faults');
    assert.deepEqual(refundsOf(await app.ok('refundPayment', request)), [['succeeded', 900, 500]]);
    assert.equal((await app.stripe.stripe.refunds.list({ payment_intent: intent })).data.length, 1);
  });

  test('a refund the gateway refuses leaves everything as it was', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    await spend(app, customer, 'work', 100);
    const match = { method: 'POST', path: '/v1/refunds' };
    await app.stripe.control('POST', 'faults', {
      kind: 'fail_request',
      match,
      status: 400,
      code: 'insufficient_funds',
    });
    const refused = await refund(params.id);
    assert.deepEqual([refundsOf(refused), refused.refundable], [[['failed', 900, 0]], 900]);
    assert.match(refused.refunds[0]?.failure ?? '', /stripe refused/);
    assert.match(refused.attention ?? '', /^refund_failed: /);
    assert.deepEqual([refused.credit_notes, await creditsOf(app, customer)], [[], [400, 0]]);
    assert.deepEqual(refundsOf(await refund(params.id))[1], ['succeeded', 900, 400]);
    await assertBooksHold(app);
  });

  test('a refund that waits at the bank has its credit note when it is through', async () => {
    const { customer, params } = await bought(app, laterCards.refundPending);
    const waiting = await refund(params.id);
    assert.deepEqual([refundsOf(waiting), waiting.credit_notes], [[['pending', 900, 500]], []]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await app.advance(600);
    const settled = await look(params.id);
    assert.deepEqual([refundsOf(settled), settled.credit_notes.length], [[['succeeded', 900, 500]], 1]);
    await assertBooksHold(app);
  });

  test('what was paid by hand goes back by hand, and is written down at once', async () => {
    const customer = await app.provision(inPakistan);
    const started = await buyByTransfer(app, customer);
    const params = { id: started.payment.id };
    await declare(app, customer, params.id, '31415926535');
    await app.ok('approvePayment', { as: staff, params, body: {} });
    await app.drain();
    const preview = await app.ok('previewRefund', { as: staff, params, body: {} });
    assert.deepEqual([preview.by_hand, preview.credits_taken_back], [true, preview.credits_bought]);
    const refunded = await refund(params.id);
    assert.deepEqual(
      [refunded.refunds[0]?.status, refunded.refundable, refunded.credit_notes.length],
      ['succeeded', 0, 1],
    );
    const messages = await app.ok('listSandboxMessages', { query: { to: inPakistan.billing_email, limit: 1 } });
    const message = await app.ok('getSandboxMessage', { params: { id: messages.data[0]?.id ?? '' } });
    assert.match(message.text ?? '', /where it came from: Easypaisa\./);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await assertBooksHold(app);
  });

  test('a part that was paid and given back before the rest: its share of the credits is never there', async () => {
    const customer = await app.provision(inPakistan);
    const started = await buyByTransfer(app, customer);
    const params = { id: started.payment.id };
    await declare(app, customer, params.id, '31415926536');
    await app.ok('approvePayment', { as: staff, params, body: { amount: 100_000 } });
    await app.drain();
    const preview = await app.ok('previewRefund', { as: staff, params, body: {} });
    assert.deepEqual([preview.refundable, preview.credits_bought], [100_000, 0]);
    await refund(params.id);
    const invoice = { id: started.invoice.id };
    const due = (await app.ok('getInvoice', { as: customer, params: invoice })).amount_due;
    assert.equal(due, started.invoice.total - 100_000);
    const rest = await app.ok('payInvoice', { as: customer, params: invoice, body: { payment_method: 'easypaisa' } });
    await declare(app, customer, rest.payment.id, '31415926537');
    await app.ok('approvePayment', { as: staff, params: { id: rest.payment.id }, body: {} });
    await app.drain();
    const share = Math.floor((started.credits * 100_000) / started.invoice.total);
    assert.deepEqual(await creditsOf(app, customer), [started.credits - share, 0]);
    await assertBooksHold(app);
  });

  test('refunds that race each other give back no more than was paid', async () => {
    const { customer, params, intent } = await bought(app, cards.accepted);
    const requests = Array.from({ length: 6 }, () =>
      app.call('refundPayment', { as: staff, params, body: { amount: 300, reason: 'Race' } }),
    );
    const statuses = (await Promise.all(requests)).map((answer) => answer.status).toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [201, 201, 201, 409, 409, 409]);
    await app.drain();
    const payment = await look(params.id);
    assert.deepEqual([payment.amount_refunded, payment.credit_notes.length], [900, 3]);
    assert.equal((await app.stripe.stripe.refunds.list({ payment_intent: intent })).data.length, 3);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await assertBooksHold(app);
  });

  test('refunds that race spending take back what is left, to the last credit', async () => {
    const { customer, params } = await bought(app, cards.accepted);
    const spending = Array.from({ length: 40 }, () => spend(app, customer, 'work', 10));
    const refunding = Array.from({ length: 3 }, () =>
      app.call('refundPayment', { as: staff, params, body: { amount: 300, reason: 'Race' } }),
    );
    const spent = (await Promise.all(spending)).filter((status) => status < 300).length * 10;
    for (const answer of await Promise.all(refunding)) assert.equal(answer.status, 201, answer.body);
    await app.drain();
    const payment = await look(params.id);
    const takenBack = payment.refunds.reduce((sum, one) => sum + one.credits_taken_back, 0);
    assert.equal(spent + takenBack, 500, 'every credit was either spent or taken back');
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await assertBooksHold(app);
  });

  describe('told by the gateway', () => {
    /** Has the sandbox tell the app everything from now on, each twice. */
    async function told(): Promise<void> {
      await app.drain();
      await app.eventually('the gateway has told it', async () => {
        const { recent_events: events } = await app.stripe.control('GET', '');
        const deliveries = (events as { deliveries: { status: string }[] }[]).flatMap((event) => event.deliveries);
        return deliveries.every((delivery) => delivery.status !== 'pending');
      });
      await app.drain();
    }

    before(async () => {
      await app.listen();
      // A session belongs to the address it was made at.
      staff = await newStaff(app, 'finance');
    });

    test('a refund from the dashboard is mirrored once, with claw-back and credit note', async () => {
      const { customer, params, intent } = await bought(app, cards.accepted);
      await spend(app, customer, 'work', 100);
      await app.stripe.control('POST', 'faults', { kind: 'duplicate_webhooks', match: {}, times: 100 });
      await app.stripe.control('POST', `payment_intents/${intent}/refund`, { amount: 450 });
      await told();
      await app.stripe.control('DELETE', 'faults');
      const payment = await look(params.id);
      assert.deepEqual(refundsOf(payment), [['succeeded', 450, 250]]);
      assert.deepEqual([payment.refundable, payment.credit_notes.length], [450, 1]);
      assert.deepEqual(await creditsOf(app, customer), [150, 0]);
      await app.stripe.control('POST', `payment_intents/${intent}/refund`);
      await told();
      assert.deepEqual(refundsOf(await look(params.id)).at(-1), ['succeeded', 450, 150]);
      await assertBooksHold(app);
    });

    /** A payment and a refund of half of it in the dashboard, of which the app has heard nothing. */
    async function unheard(): Promise<{ customer: Customer; id: string }> {
      const customer = await app.provision();
      const { payment, next } = await buy(app, customer);
      assert.ok(next.type === 'confirm_card');
      await payByCard(app.stripe.sandbox, next.client_secret, cards.accepted);
      await app.stripe.control('POST', `payment_intents/${intentOf(next.client_secret)}/refund`, { amount: 450 });
      return { customer, id: payment.id };
    }

    async function assertHalfBack({ customer, id }: { customer: Customer; id: string }, how: string): Promise<void> {
      const payment = await look(id);
      assert.deepEqual(refundsOf(payment), [['succeeded', 450, 250]], how);
      assert.deepEqual([payment.status, payment.credit_notes.length, payment.attention], ['succeeded', 1, null], how);
      assert.deepEqual(await creditsOf(app, customer), [250, 0], how);
    }

    test('payment and refund told in any order end the same', async () => {
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        await app.stripe.control('POST', 'faults', { kind: 'hold_webhooks', match: {}, times: 100 });
        const what = await unheard();
        await app.stripe.control('DELETE', 'faults');
        await app.stripe.control('POST', 'webhooks/release', { seed });
        await told();
        await assertHalfBack(what, `seed ${String(seed)}`);
      }
      await assertBooksHold(app);
    });

    test('one event of the refund is enough, whichever it is', async () => {
      const all = ['payment_intent.succeeded', 'charge.succeeded', 'refund.created', 'charge.refunded'];
      for (const heard of ['refund.created', 'charge.refunded']) {
        const types = all.filter((type) => type !== heard);
        await app.stripe.control('POST', 'faults', { kind: 'drop_webhooks', match: { types }, times: 100 });
        const what = await unheard();
        await app.stripe.control('DELETE', 'faults');
        await told();
        await assertHalfBack(what, heard);
      }
      await assertBooksHold(app);
    });

    test('a refund in the dashboard before ours: ours fails, and theirs counts', async () => {
      const { customer, params, intent } = await bought(app, cards.accepted);
      await app.stripe.control('POST', 'faults', { kind: 'drop_webhooks', match: {}, times: 100 });
      await app.stripe.control('POST', `payment_intents/${intent}/refund`);
      const payment = await refund(params.id);
      await app.stripe.control('DELETE', 'faults');
      assert.deepEqual(refundsOf(payment), [
        ['failed', 900, 0],
        ['succeeded', 900, 500],
      ]);
      assert.deepEqual(await creditsOf(app, customer), [0, 0]);
      await assertBooksHold(app);
    });

    test('a refund that looked well and failed: credits are back, the credit note is void, staff are told', async () => {
      const { customer, purchase, params, intent } = await bought(app, laterCards.refundFails);
      await spend(app, customer, 'work', 100);
      assert.deepEqual(refundsOf(await refund(params.id)), [['succeeded', 900, 400]]);
      const [made] = (await app.stripe.stripe.refunds.list({ payment_intent: intent })).data;
      await app.stripe.control('POST', `refunds/${made?.id ?? ''}/settle`, { outcome: 'failed' });
      await told();
      const payment = await look(params.id);
      assert.deepEqual([refundsOf(payment), payment.refundable], [[['failed', 900, 0]], 900]);
      assert.match(payment.attention ?? '', /^refund_failed: expired_or_canceled_card/);
      assert.deepEqual(await creditsOf(app, customer), [400, 0]);
      const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
      assert.equal(invoice.credit_notes.length, 1);
      assert.notEqual(invoice.credit_notes[0]?.voided_at, null);
      await assertBooksHold(app);
    });

    test('two payments for one invoice: the second goes back by itself, is flagged, and brings nothing', async () => {
      const customer = await app.provision();
      const first = await buy(app, customer);
      const late = clientSecretOf(first);
      // As if the gateway had called it canceled, and its payer had confirmed it at that very moment.
      await inTransaction(app.app, 'system', async (tx) => {
        const id = uuidOf(first.payment.id);
        await tx.updateTable('payments').set({ status: 'canceled', check_due_at: null }).where('id', '=', id).execute();
        await tx.updateTable('payment_invoices').set({ is_collectable: false }).where('payment_id', '=', id).execute();
      });
      const invoice = { id: first.invoice.id };
      const second = await app.ok('payInvoice', { as: customer, params: invoice, body: { payment_method: 'card' } });
      await payByCard(app.stripe.sandbox, clientSecretOf(second), cards.accepted);
      await payByCard(app.stripe.sandbox, late, cards.accepted);
      await told();
      const payments = [await look(first.payment.id), await look(second.payment.id)];
      const doubled = payments.find((payment) => payment.refunds.length > 0);
      assert.ok(doubled !== undefined);
      assert.deepEqual(
        [refundsOf(doubled), doubled.credit_notes, doubled.refundable],
        [[['succeeded', 900, 0]], [], 0],
      );
      assert.match(doubled.attention ?? '', /^more_than_due: 900 /);
      assert.match(doubled.refunds[0]?.reason ?? '', /paid already/);
      assert.deepEqual(
        payments.map((payment) => payment.status),
        ['succeeded', 'succeeded'],
      );
      assert.deepEqual(await creditsOf(app, customer), [500, 0]);
      await assertBooksHold(app);
    });
  });
});
