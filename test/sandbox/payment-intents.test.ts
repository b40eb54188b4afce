import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { errorOf, idOf, startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';

const dollars = { amount: 29_00, currency: 'usd' };
const atOnce = {
  ...dollars,
  confirm: true,
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
} as const;

describe('payment intents of the Stripe sandbox', () => {
  let box: TestSandbox;
  let stripe: Stripe;

  before(async () => {
    box = await startTestSandbox();
    stripe = box.stripe;
  });
  after(() => box.close());

  test('a payment goes from creation to success and shows its charge', async () => {
    const created = await stripe.paymentIntents.create({ ...dollars, metadata: { invoice: '7' }, description: 'Pro' });
    assert.equal(created.status, 'requires_payment_method');
    assert.equal(created.amount, 29_00);
    assert.deepEqual(created.metadata, { invoice: '7' });
    assert.ok(created.client_secret?.startsWith(`${created.id}_secret_`));
    assert.deepEqual(created.automatic_payment_methods, { enabled: true, allow_redirects: 'always' });
    const ready = await stripe.paymentIntents.update(created.id, { payment_method: 'pm_card_visa' });
    assert.equal(ready.status, 'requires_confirmation');
    const paid = await stripe.paymentIntents.confirm(created.id, { return_url: 'https://shop.example/back' });
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.amount_received, 29_00);
    const again = await stripe.paymentIntents.retrieve(created.id, { expand: ['latest_charge.balance_transaction'] });
    assert.ok(typeof again.latest_charge === 'object' && again.latest_charge !== null);
    assert.equal(again.latest_charge.payment_method_details?.card?.last4, '4242');
    const booking = again.latest_charge.balance_transaction;
    assert.ok(typeof booking === 'object' && booking !== null);
    assert.equal(booking.net, booking.amount - booking.fee);
    assert.equal(booking.amount, 29_00);
  });

  const declines = [
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
    ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
  ] as const;
  for (const [method, code, declineCode] of declines) {
    test(`${method} is declined with ${code} and leaves the payment open`, async () => {
      const error = await errorOf(stripe.paymentIntents.create({ ...atOnce, payment_method: method }));
      assert.equal(error.statusCode, 402);
      assert.equal(error.type, 'StripeCardError');
      assert.equal(error.code, code);
      assert.equal(error.decline_code, declineCode);
      assert.ok(error.doc_url?.endsWith(code.replaceAll('_', '-')));
      const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '');
      assert.equal(intent.status, 'requires_payment_method');
      assert.equal(intent.payment_method, null);
      assert.equal(intent.last_payment_error?.code, code);
      assert.equal(intent.last_payment_error?.charge, intent.latest_charge);
      const charge = await stripe.charges.retrieve(idOf(intent.latest_charge));
      assert.equal(charge.status, 'failed');
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
      assert.equal(paid.status, 'succeeded');
      assert.equal(paid.last_payment_error, null);
    });
  }

  test('a wrong security code is declined only when one is given', async () => {
    const card = { number: '4000000000000127', exp_month: 12, exp_year: 2040 };
    const without = await stripe.paymentMethods.create({ type: 'card', card });
    const paid = await stripe.paymentIntents.create({ ...atOnce, payment_method: without.id });
    assert.equal(paid.status, 'succeeded');
    const withCode = await stripe.paymentMethods.create({ type: 'card', card: { ...card, cvc: '999' } });
    const error = await errorOf(stripe.paymentIntents.create({ ...atOnce, payment_method: withCode.id }));
    assert.equal(error.code, 'incorrect_cvc');
  });

  for (const number of ['4000002500003155', '4000002760003184', '4000000000003220', '4000000000003063']) {
    test(`${number} asks for authentication, which can be passed`, async () => {
      const method = await stripe.paymentMethods.create({
        type: 'card',
        card: { number, exp_month: 12, exp_year: 2040, cvc: '123' },
      });
      const intent = await stripe.paymentIntents.create({ ...atOnce, payment_method: method.id });
      assert.equal(intent.status, 'requires_action');
      assert.equal(intent.next_action?.type, 'use_stripe_sdk');
      const answer = await authenticate(box, intent, 'complete');
      assert.equal(answer['status'], 'succeeded');
      const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
      assert.ok(typeof paid.latest_charge === 'object' && paid.latest_charge !== null);
      assert.equal(paid.latest_charge.payment_method_details?.card?.three_d_secure?.result, 'authenticated');
    });
  }

  test('a failed authentication leaves the payment open and says why', async () => {
    const intent = await stripe.paymentIntents.create({ ...atOnce, payment_method: 'pm_card_threeDSecure2Required' });
    const answer = await authenticate(box, intent, 'fail');
    assert.equal(answer['status'], 'requires_payment_method');
    const failed = await stripe.paymentIntents.retrieve(intent.id);
    assert.equal(failed.last_payment_error?.code, 'payment_intent_authentication_failure');
    assert.equal(failed.next_action, null);
  });

  test('without the customer, a card that wants authentication is declined', async () => {
    const intent = { ...atOnce, payment_method: 'pm_card_authenticationRequired' };
    const offSession = await errorOf(stripe.paymentIntents.create({ ...intent, off_session: true }));
    assert.equal(offSession.code, 'authentication_required');
    const refusing = await errorOf(stripe.paymentIntents.create({ ...intent, error_on_requires_action: true }));
    assert.equal(refusing.decline_code, 'authentication_not_handled');
  });

  test('a card saved with a payment is charged later without the customer', async () => {
    const customer = await stripe.customers.create({ email: 'pia@example.com' });
    const first = await stripe.paymentIntents.create({
      ...atOnce,
      customer: customer.id,
      payment_method: 'pm_card_authenticationRequired',
      setup_future_usage: 'off_session',
    });
    await authenticate(box, first, 'complete');
    const [saved] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    assert.ok(saved);
    const later = await stripe.paymentIntents.create({
      ...dollars,
      customer: customer.id,
      payment_method: saved.id,
      confirm: true,
      off_session: true,
    });
    assert.equal(later.status, 'succeeded');
  });

  test('a method that paid without a customer cannot pay again', async () => {
    const first = await stripe.paymentIntents.create({ ...atOnce, payment_method: 'pm_card_visa' });
    const error = await errorOf(
      stripe.paymentIntents.create({ ...atOnce, payment_method: idOf(first.payment_method) }),
    );
    assert.match(error.message, /may not be used again/);
  });

  test('a method of another customer is refused', async () => {
    const [owner, other] = await Promise.all([stripe.customers.create(), stripe.customers.create()]);
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id });
    const attempts = [{ customer: other.id }, {}];
    for (const customer of attempts) {
      const error = await errorOf(stripe.paymentIntents.create({ ...atOnce, ...customer, payment_method: method.id }));
      assert.equal(error.param, 'payment_method');
    }
  });

  test('steps that the status does not allow are refused with the intent', async () => {
    const paid = await stripe.paymentIntents.create({ ...atOnce, payment_method: 'pm_card_visa' });
    const attempts = [
      stripe.paymentIntents.confirm(paid.id, { payment_method: 'pm_card_visa' }),
      stripe.paymentIntents.cancel(paid.id),
      stripe.paymentIntents.capture(paid.id),
      stripe.paymentIntents.update(paid.id, { amount: 1_00 }),
    ];
    for (const attempt of attempts) {
      const error = await errorOf(attempt);
      assert.equal(error.statusCode, 400);
      assert.equal(error.code, 'payment_intent_unexpected_state');
      assert.equal(error.payment_intent?.id, paid.id);
    }
    const open = await stripe.paymentIntents.create(dollars);
    const error = await errorOf(stripe.paymentIntents.confirm(open.id));
    assert.equal(error.code, 'payment_intent_unexpected_state');
  });

  test('a canceled payment stays canceled', async () => {
    const intent = await stripe.paymentIntents.create(dollars);
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    assert.equal(canceled.status, 'canceled');
    assert.equal(canceled.cancellation_reason, 'abandoned');
    assert.ok(canceled.canceled_at);
    const error = await errorOf(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }));
    assert.equal(error.code, 'payment_intent_unexpected_state');
  });

  test('a manual payment is captured in part, or released by canceling', async () => {
    const manual = { ...atOnce, capture_method: 'manual', payment_method: 'pm_card_visa' } as const;
    const held = await stripe.paymentIntents.create(manual);
    assert.equal(held.status, 'requires_capture');
    assert.equal(held.amount_capturable, 29_00);
    const tooMuch = await errorOf(stripe.paymentIntents.capture(held.id, { amount_to_capture: 30_00 }));
    assert.equal(tooMuch.code, 'amount_too_large');
    const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 20_00 });
    assert.equal(captured.status, 'succeeded');
    assert.equal(captured.amount_received, 20_00);
    const other = await stripe.paymentIntents.create(manual);
    await stripe.paymentIntents.cancel(other.id);
    const charge = await stripe.charges.retrieve(idOf(other.latest_charge));
    assert.equal(charge.refunded, true);
    assert.equal(charge.captured, false);
  });

  const amounts = [
    [0, 'usd', 'parameter_invalid_integer'],
    [-5, 'usd', 'parameter_invalid_integer'],
    [49, 'usd', 'amount_too_small'],
    [29, 'gbp', 'amount_too_small'],
    [49, 'jpy', 'amount_too_small'],
    [100_000_000, 'usd', 'amount_too_large'],
    [10_005, 'kwd', 'parameter_invalid_integer'],
  ] as const;
  for (const [amount, currency, code] of amounts) {
    test(`${amount} ${currency} is refused with ${code}`, async () => {
      const error = await errorOf(stripe.paymentIntents.create({ amount, currency }));
      assert.equal(error.statusCode, 400);
      assert.equal(error.code, code);
      assert.equal(error.param, 'amount');
    });
  }

  test('amounts at the bounds and in currencies without cents are taken', async () => {
    for (const [amount, currency] of [
      [50, 'usd'],
      [99_999_999, 'usd'],
      [50, 'JPY'],
      [10_010, 'kwd'],
      [9_00, 'pkr'],
    ] as const) {
      const intent = await stripe.paymentIntents.create({ amount, currency });
      assert.equal(intent.amount, amount);
      assert.equal(intent.currency, currency.toLowerCase());
    }
    assert.equal((await errorOf(stripe.paymentIntents.create({ amount: 100, currency: 'abc' }))).param, 'currency');
  });

  test('payment_method_types is refused by the current version and taken without a version', async () => {
    const error = await errorOf(
      stripe.paymentIntents.create({ ...dollars, payment_method_types: ['card'] } as Stripe.PaymentIntentCreateParams),
    );
    assert.equal(error.code, 'payment_method_types_no_longer_supported');
    const response = await fetch(`${box.sandbox.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox_old' },
      body: new URLSearchParams({ amount: '500', currency: 'usd', 'payment_method_types[]': 'card' }),
    });
    assert.equal(response.status, 200);
    const allowed = await stripe.paymentIntents.create({ ...dollars, allowed_payment_method_types: ['card'] });
    assert.deepEqual(allowed.payment_method_types, ['card']);
  });

  test('a server that confirms with redirects possible has to name a return_url', async () => {
    const intent = { ...dollars, confirm: true, payment_method: 'pm_card_visa' };
    assert.equal((await errorOf(stripe.paymentIntents.create(intent))).param, 'return_url');
    const paid = await stripe.paymentIntents.create({ ...intent, return_url: 'https://shop.example/back' });
    assert.equal(paid.status, 'succeeded');
  });

  test('a browser may read and confirm only with the right client secret', async () => {
    const intent = await stripe.paymentIntents.create(dollars);
    const secret = intent.client_secret ?? '';
    const read = (query: string) => browserCall(box, 'GET', `/v1/payment_intents/${intent.id}${query}`);
    assert.equal((await read(`?client_secret=${secret}`)).status, 200);
    assert.equal((await read('')).status, 400);
    assert.equal((await read(`?client_secret=${intent.id}_secret_guess`)).status, 404);
    assert.equal((await browserCall(box, 'GET', '/v1/payment_intents')).status, 403);
    assert.equal((await browserCall(box, 'POST', `/v1/payment_intents/${intent.id}/cancel`)).status, 403);
    const confirmed = await browserCall(box, 'POST', `/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: secret,
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242 4242 4242 4242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '40',
      'payment_method_data[card][cvc]': '123',
      'payment_method_data[billing_details][address][postal_code]': '94103',
      use_stripe_sdk: 'true',
    });
    assert.equal(confirmed.status, 200);
    assert.equal(confirmed.body['status'], 'succeeded');
  });

  test('a confirmation token confirms once', async () => {
    const token = await browserCall(box, 'POST', '/v1/confirmation_tokens', {
      'payment_method_data[type]': 'card',
      'payment_method_data[card][token]': 'tok_visa',
      return_url: 'https://shop.example/back',
      setup_future_usage: 'off_session',
    });
    const id = String(token.body['id']);
    const paid = await stripe.paymentIntents.create({ ...dollars, confirm: true, confirmation_token: id });
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.setup_future_usage, 'off_session');
    const error = await errorOf(stripe.paymentIntents.create({ ...dollars, confirm: true, confirmation_token: id }));
    assert.match(error.message, /already been used/);
    assert.equal((await stripe.confirmationTokens.retrieve(id)).payment_intent, paid.id);
  });

  test('refunds add up to the charge and not further', async () => {
    const paid = await stripe.paymentIntents.create({ ...atOnce, payment_method: 'pm_card_visa' });
    const part = await stripe.refunds.create({
      payment_intent: paid.id,
      amount: 9_00,
      reason: 'requested_by_customer',
      metadata: { why: 'partial' },
    });
    assert.equal(part.status, 'succeeded');
    const tooMuch = await errorOf(stripe.refunds.create({ payment_intent: paid.id, amount: 20_01 }));
    assert.equal(tooMuch.statusCode, 400);
    assert.equal(tooMuch.param, 'amount');
    await stripe.refunds.create({ charge: idOf(paid.latest_charge) });
    const charge = await stripe.charges.retrieve(idOf(paid.latest_charge), { expand: ['refunds'] });
    assert.equal(charge.amount_refunded, 29_00);
    assert.equal(charge.refunded, true);
    assert.deepEqual(
      charge.refunds?.data.map((refund) => refund.amount),
      [20_00, 9_00],
    );
    assert.equal((await errorOf(stripe.refunds.create({ payment_intent: paid.id }))).code, 'charge_already_refunded');
    const listed = await stripe.refunds.list({ payment_intent: paid.id });
    assert.equal(listed.data.length, 2);
    const updated = await stripe.refunds.update(part.id, { metadata: { why: '', who: 'staff' } });
    assert.deepEqual(updated.metadata, { who: 'staff' });
    const open = await stripe.paymentIntents.create(dollars);
    const early = await errorOf(stripe.refunds.create({ payment_intent: open.id }));
    assert.equal(early.code, 'charge_not_refundable');
  });
});

async function authenticate(
  box: TestSandbox,
  intent: Stripe.PaymentIntent,
  outcome: string,
): Promise<Record<string, unknown>> {
  const path = `/v1/payment_intents/${intent.id}/sandbox_authenticate`;
  const answer = await browserCall(box, 'POST', path, { client_secret: intent.client_secret ?? '', outcome });
  assert.equal(answer.status, 200);
  return answer.body;
}

async function browserCall(
  box: TestSandbox,
  method: string,
  path: string,
  form?: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const request: RequestInit = {
    method,
    headers: { authorization: `Bearer ${box.sandbox.publishableKey}`, 'stripe-version': '2026-10-28.endive' },
  };
  if (form) request.body = new URLSearchParams(form);
  const response = await fetch(`${box.sandbox.url}${path}`, request);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
