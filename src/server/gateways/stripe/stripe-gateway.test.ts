import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { money } from '#shared/money/index.ts';
import {
  GatewayRefused,
  GatewayUnavailable,
  type PaymentGateway,
  type PaymentRequest,
  WebhookSignatureInvalid,
} from '#server/modules/payments/gateway.ts';
import { startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';
import { answerChallenge, cards, payByCard } from '#test/support/purchase.ts';
import { createStripeGateway } from './index.ts';

const webhookSecret = 'whsec_of_the_gateway_tests';

describe('the Stripe gateway', () => {
  let box: TestSandbox;
  let gateway: PaymentGateway;

  before(async () => {
    box = await startTestSandbox();
    gateway = createStripeGateway({
      publishableKey: box.sandbox.publishableKey,
      secretKey: box.sandbox.secretKey,
      webhookSecret,
      apiUrl: new URL(box.sandbox.url),
    });
  });
  after(() => box.close());

  async function request(changes: Partial<PaymentRequest> = {}): Promise<PaymentRequest> {
    const customer = { accountId: randomUUID(), name: 'Fernwood', email: 'pay@fernwood.example', replaces: null };
    return {
      paymentId: randomUUID(),
      amount: money(29_00n, 'USD'),
      description: 'INV-2026-11-00001',
      customerReference: await gateway.createCustomer(customer),
      savedMethodReference: null,
      payerIsPresent: true,
      keepsMethod: false,
      returnUrl: 'https://purser.example/payments',
      ...changes,
    };
  }

  test('an account is one customer, and a payment id one payment, however often it is asked', async () => {
    const customer = { accountId: randomUUID(), name: 'Fernwood', email: 'pay@fernwood.example', replaces: null };
    const known = await gateway.createCustomer(customer);
    assert.equal(await gateway.createCustomer(customer), known);
    assert.notEqual(
      await gateway.createCustomer({ ...customer, replaces: known }),
      known,
      'one that is gone is replaced',
    );
    const wanted = await request();
    const [one, other] = [await gateway.startPayment(wanted), await gateway.startPayment(wanted)];
    assert.deepEqual(one, other);
    assert.deepEqual(
      [one.status, one.amount, one.received.amountMinor],
      ['requires_payment_method', wanted.amount, 0n],
    );
    assert.equal(one.paymentId, wanted.paymentId);
    assert.ok(one.clientSecret?.startsWith(`${one.reference ?? ''}_secret_`));
  });

  test('amounts go and come back in minor units of ISO 4217, whatever Stripe counts in', async () => {
    for (const amount of [money(1_250n, 'JPY'), money(500_00n, 'PKR'), money(12_340n, 'KWD'), money(5_000n, 'ISK')]) {
      const started = await gateway.startPayment(await request({ amount }));
      assert.deepEqual(started.amount, amount);
      await payByCard(box.sandbox, started.clientSecret ?? '', cards.accepted);
      const paid = await gateway.retrievePayment(started.reference ?? '');
      assert.deepEqual(paid.received, amount);
    }
  });

  test('says what became of a card in words of ours', async () => {
    const outcomes: [string, string, string | null][] = [
      [cards.accepted, 'succeeded', null],
      [cards.declined, 'requires_payment_method', 'card_declined'],
      [cards.withoutFunds, 'requires_payment_method', 'insufficient_funds'],
      ['4000000000000069', 'requires_payment_method', 'expired_card'],
      ['4000000000000127', 'requires_payment_method', 'incorrect_cvc'],
      ['4000000000000119', 'requires_payment_method', 'processing_error'],
      // What an issuer says of a stolen card is not for whoever holds it.
      ['4000000000009979', 'requires_payment_method', 'card_declined'],
      [cards.authenticated, 'requires_action', null],
    ];
    for (const [card, status, code] of outcomes) {
      const started = await gateway.startPayment(await request());
      await payByCard(box.sandbox, started.clientSecret ?? '', card);
      const answer = await gateway.retrievePayment(started.reference ?? '');
      assert.deepEqual([answer.status, answer.lastError?.code ?? null], [status, code], card);
    }
  });

  test('a holder who says no is told as such, and the card that paid is named by its last digits', async () => {
    const started = await gateway.startPayment(await request());
    const secret = started.clientSecret ?? '';
    await payByCard(box.sandbox, secret, cards.authenticated);
    await answerChallenge(box.sandbox, secret, 'fail');
    const refused = await gateway.retrievePayment(started.reference ?? '');
    assert.deepEqual([refused.status, refused.lastError?.code], ['requires_payment_method', 'authentication_failed']);
    await payByCard(box.sandbox, secret, '5555555555554444');
    const paid = await gateway.retrievePayment(started.reference ?? '');
    assert.deepEqual(paid.methodDetails, {
      type: 'card',
      brand: 'mastercard',
      last4: '4444',
      expMonth: 12,
      expYear: 2040,
    });
  });

  test('canceling answers what became of the payment, which may be that it was paid', async () => {
    const open = await gateway.startPayment(await request());
    assert.equal((await gateway.cancelPayment(open.reference ?? '')).status, 'canceled');
    assert.equal((await gateway.cancelPayment(open.reference ?? '')).status, 'canceled', 'twice is once');
    const paid = await gateway.startPayment(await request());
    await payByCard(box.sandbox, paid.clientSecret ?? '', cards.accepted);
    assert.equal((await gateway.cancelPayment(paid.reference ?? '')).status, 'succeeded');
  });

  test('tells a gateway that does not answer from one that refuses', async () => {
    const fault = { kind: 'fail_request', match: { path: '/v1/customers' }, times: 3, status: 500 };
    await box.control('POST', 'faults', fault);
    await assert.rejects(request(), GatewayUnavailable);
    await assert.rejects(gateway.retrievePayment('pi_nothing'), GatewayRefused);
    await assert.rejects(gateway.startPayment(await request({ customerReference: 'cus_nobody' })), GatewayRefused);
    const nobody = createStripeGateway({
      publishableKey: 'pk_test_x',
      secretKey: 'sk_test_x',
      webhookSecret,
      apiUrl: new URL('http://127.0.0.1:1'),
    });
    await assert.rejects(nobody.retrievePayment('pi_nothing'), GatewayUnavailable);
  });

  function signed(body: string, at = Date.now(), secret = webhookSecret) {
    const seconds = String(Math.floor(at / 1_000));
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return { 'stripe-signature': `t=${seconds},v1=${signature}` };
  }

  test('a webhook is believed to come from Stripe only with a fresh signature over its very bytes', () => {
    const body = '{"id": "evt_1", "object": "event", "type": "charge.succeeded", "data": {"object": {}}}';
    const now = new Date();
    const verify = (text: string, headers: Record<string, string | string[]>) =>
      gateway.verifyWebhook(Buffer.from(text), headers, now);
    assert.deepEqual(verify(body, signed(body)), { eventId: 'evt_1', type: 'charge.succeeded' });
    const forged: [string, Record<string, string | string[]>][] = [
      [body, {}],
      [body, { 'stripe-signature': '' }],
      [`${body}\n`, signed(body)],
      [body, signed(body, Date.now(), 'whsec_another')],
      [body, signed(body, Date.now() - 301_000)],
      [body, { 'stripe-signature': [signed(body)['stripe-signature']] }],
    ];
    for (const [text, headers] of forged) assert.throws(() => verify(text, headers), WebhookSignatureInvalid);
  });

  test('an event is a hint about a payment, in the old shape and the new, or says why it is nothing', () => {
    const meaningOf = (type: string, object: object) =>
      gateway.translateEvent(Buffer.from(JSON.stringify({ type, data: { object } })));
    const known = { kind: 'payment', reference: 'pi_1', paymentId: 'ours' };
    const metadata = { purser_payment_id: 'ours' };
    assert.deepEqual(meaningOf('payment_intent.succeeded', { id: 'pi_1', metadata }), known);
    assert.deepEqual(meaningOf('charge.succeeded', { id: 'ch_1', payment_intent: 'pi_1', metadata }), known);
    assert.deepEqual(meaningOf('charge.failed', { id: 'ch_1', payment_intent: { id: 'pi_1' }, metadata }), known);
    assert.deepEqual(meaningOf('payment_intent.canceled', { id: 'pi_1' }), { ...known, paymentId: null });
    const refunds = { kind: 'refunds', paymentReference: 'pi_1' };
    assert.deepEqual(meaningOf('refund.created', { id: 're_1', payment_intent: 'pi_1' }), refunds);
    assert.deepEqual(meaningOf('charge.refunded', { id: 'ch_1', payment_intent: { id: 'pi_1' } }), refunds);
    for (const type of ['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated']) {
      const meaning = meaningOf(`charge.dispute.${type}`, { id: 'dp_1', payment_intent: 'pi_1' });
      assert.deepEqual(meaning, { kind: 'dispute', reference: 'dp_1' }, type);
    }
    for (const [type, object] of [
      ['charge.succeeded', { id: 'ch_1', payment_intent: null }],
      ['customer.created', { id: 'cus_1' }],
      ['payment_intent.succeeded', {}],
      ['toString', { id: 'pi_1' }],
    ] as const) {
      const meaning = meaningOf(type, object);
      assert.ok(meaning.kind === 'ignored' && meaning.reason.length > 10, type);
    }
    assert.equal(gateway.translateEvent(Buffer.from('[]')).kind, 'ignored');
  });
});
