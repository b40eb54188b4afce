import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { errorOf, idOf, startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';

describe('customers, methods and the catalogue of the Stripe sandbox', () => {
  let box: TestSandbox;
  let stripe: Stripe;

  before(async () => {
    box = await startTestSandbox();
    stripe = box.stripe;
  });
  after(() => box.close());

  test('a customer is created, changed member by member, and deleted', async () => {
    const customer = await stripe.customers.create({
      email: 'ada@example.com',
      name: 'Ada',
      metadata: { account: 'acc_1', plan: 'pro' },
      address: { line1: 'Main Street 1', country: 'DE' },
      shipping: { name: 'Ada', address: { line1: 'Side Street 2' } },
      preferred_locales: ['de', 'en'],
    });
    const updated = await stripe.customers.update(customer.id, {
      name: '',
      metadata: { plan: '', seats: '3' },
      address: { city: 'Berlin' },
    });
    assert.equal(updated.name, null);
    assert.equal(updated.email, 'ada@example.com');
    assert.deepEqual(updated.metadata, { account: 'acc_1', seats: '3' });
    assert.equal(updated.address?.line1, 'Main Street 1');
    assert.equal(updated.address?.city, 'Berlin');
    assert.deepEqual(updated.preferred_locales, ['de', 'en']);
    const found = await stripe.customers.list({ email: 'ada@example.com' });
    assert.deepEqual(
      found.data.map((entry) => entry.id),
      [customer.id],
    );
    assert.deepEqual(await deleted(stripe.customers.del(customer.id)), { id: customer.id, deleted: true });
    const gone = await stripe.customers.retrieve(customer.id);
    assert.equal(gone.deleted, true);
    const error = await errorOf(stripe.customers.update(customer.id, { name: 'x' }));
    assert.equal(error.code, 'resource_missing');
    assert.equal(error.statusCode, 404);
    const param = await errorOf(stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: customer.id }));
    assert.equal(param.param, 'customer');
    assert.equal(param.statusCode, 400);
  });

  test('methods are attached, listed, made the default, and detached for good', async () => {
    const customer = await stripe.customers.create();
    const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const amex = await stripe.paymentMethods.attach('pm_card_amex', { customer: customer.id });
    assert.equal(amex.card?.brand, 'amex');
    const listed = await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
    assert.deepEqual(
      listed.data.map((method) => method.id),
      [amex.id, visa.id],
    );
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: visa.id } });
    const read = await stripe.customers.retrieve(customer.id, { expand: ['invoice_settings.default_payment_method'] });
    assert.ok(!read.deleted && typeof read.invoice_settings.default_payment_method === 'object');
    const named = await stripe.paymentMethods.update(visa.id, { billing_details: { name: 'Ada' } });
    assert.equal(named.billing_details.name, 'Ada');
    const detached = await stripe.paymentMethods.detach(visa.id);
    assert.equal(detached.customer, null);
    const again = await errorOf(stripe.paymentMethods.attach(visa.id, { customer: customer.id }));
    assert.match(again.message, /may not be used again/);
    assert.equal((await errorOf(stripe.paymentMethods.detach(visa.id))).statusCode, 400);
    const same = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    assert.equal(same.card?.fingerprint, visa.card?.fingerprint);
  });

  test('a card that is declined cannot be saved, one that fails later can', async () => {
    const customer = await stripe.customers.create();
    const error = await errorOf(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id }));
    assert.equal(error.statusCode, 402);
    assert.equal(error.decline_code, 'generic_decline');
    const saved = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    const charge = stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: customer.id,
      payment_method: saved.id,
      confirm: true,
      off_session: true,
    });
    assert.equal((await errorOf(charge)).code, 'card_declined');
  });

  const cards = [
    [{ number: '4242424242424241', exp_month: 12, exp_year: 2040 }, 'incorrect_number'],
    [{ number: '42', exp_month: 12, exp_year: 2040 }, 'invalid_number'],
    [{ number: '4242424242424242', exp_month: 13, exp_year: 2040 }, 'invalid_expiry_month'],
    [{ number: '4242424242424242', exp_month: 12, exp_year: 2020 }, 'invalid_expiry_year'],
    [{ number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '1' }, 'invalid_cvc'],
  ] as const;
  for (const [card, code] of cards) {
    test(`a card with ${code} is refused`, async () => {
      const error = await errorOf(stripe.paymentMethods.create({ type: 'card', card }));
      assert.equal(error.type, 'StripeCardError');
      assert.equal(error.code, code);
    });
  }

  test('a setup saves a card, with authentication where the card asks for it', async () => {
    const customer = await stripe.customers.create();
    const atOnce = {
      customer: customer.id,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    } as const;
    const saved = await stripe.setupIntents.create({ ...atOnce, payment_method: 'pm_card_visa' });
    assert.equal(saved.status, 'succeeded');
    const method = await stripe.paymentMethods.retrieve(idOf(saved.payment_method));
    assert.equal(method.customer, customer.id);
    const waiting = await stripe.setupIntents.create({ ...atOnce, payment_method: 'pm_card_authenticationRequired' });
    assert.equal(waiting.status, 'requires_action');
    const response = await fetch(`${box.sandbox.url}/v1/setup_intents/${waiting.id}/sandbox_authenticate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${box.sandbox.publishableKey}` },
      body: new URLSearchParams({ client_secret: waiting.client_secret ?? '', outcome: 'complete' }),
    });
    assert.equal(response.status, 200);
    const done = await stripe.setupIntents.retrieve(waiting.id, { expand: ['latest_attempt'] });
    assert.equal(done.status, 'succeeded');
    assert.ok(typeof done.latest_attempt === 'object' && done.latest_attempt !== null);
    const refused = await errorOf(stripe.setupIntents.create({ ...atOnce, payment_method: 'pm_card_chargeDeclined' }));
    assert.equal(refused.setup_intent?.status, 'requires_payment_method');
    const canceled = await stripe.setupIntents.cancel(refused.setup_intent?.id ?? '');
    assert.equal(canceled.status, 'canceled');
    assert.equal((await errorOf(stripe.setupIntents.cancel(canceled.id))).code, 'setup_intent_unexpected_state');
  });

  test('products and prices are made, changed, listed and retired', async () => {
    const product = await stripe.products.create({
      name: 'Pro',
      default_price_data: { currency: 'usd', unit_amount: 29_00 },
      marketing_features: [{ name: 'Fast' }],
      metadata: { package: 'pro' },
    });
    const expanded = await stripe.products.retrieve(product.id, { expand: ['default_price'] });
    assert.ok(typeof expanded.default_price === 'object' && expanded.default_price !== null);
    assert.equal(expanded.default_price.unit_amount, 29_00);
    const monthly = await stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 25_00,
      recurring: { interval: 'month' },
      lookup_key: 'pro_eur',
    });
    assert.equal(monthly.type, 'recurring');
    assert.equal(String(monthly.unit_amount_decimal), '2500');
    const taken = stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 1, lookup_key: 'pro_eur' });
    assert.equal((await errorOf(taken)).param, 'lookup_key');
    const fraction = await stripe.prices.create({
      product_data: { name: 'Call' },
      currency: 'usd',
      unit_amount_decimal: '0.05' as never,
    });
    assert.equal(fraction.unit_amount, null);
    await stripe.prices.update(monthly.id, { active: false, nickname: 'old' });
    const active = await stripe.prices.list({ product: product.id, active: true });
    assert.deepEqual(
      active.data.map((price) => price.id),
      [product.default_price],
    );
    assert.equal((await stripe.prices.list({ lookup_keys: ['pro_eur'] })).data.length, 1);
    assert.match((await errorOf(stripe.products.del(product.id))).message, /cannot be deleted/);
    const empty = await stripe.products.create({ id: 'prod_by_hand', name: 'Empty' });
    assert.deepEqual(await deleted(stripe.products.del(empty.id)), { id: 'prod_by_hand', deleted: true });
    const twice = await errorOf(stripe.products.create({ id: product.id, name: 'Pro' }));
    assert.equal(twice.code, 'resource_already_exists');
    const unknown = await errorOf(stripe.prices.create({ product: 'prod_none', currency: 'usd', unit_amount: 5 }));
    assert.equal(unknown.code, 'resource_missing');
  });

  test('lists are paged in both directions and by the client itself', async () => {
    const customers: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const created = await stripe.customers.create({ email: 'many@example.com' });
      customers.unshift(created.id);
    }
    const first = await stripe.customers.list({ email: 'many@example.com', limit: 3 });
    assert.equal(first.has_more, true);
    assert.deepEqual(idsOf(first.data), customers.slice(0, 3));
    const second = await stripe.customers.list({
      email: 'many@example.com',
      limit: 3,
      starting_after: customers[2] ?? '',
    });
    assert.deepEqual(idsOf(second.data), customers.slice(3, 6));
    const back = await stripe.customers.list({
      email: 'many@example.com',
      limit: 2,
      ending_before: customers[3] ?? '',
    });
    assert.deepEqual(idsOf(back.data), customers.slice(1, 3));
    assert.equal(back.has_more, true);
    const all: string[] = [];
    for await (const customer of stripe.customers.list({ email: 'many@example.com', limit: 2 })) all.push(customer.id);
    assert.deepEqual(all, customers);
    assert.equal((await errorOf(stripe.customers.list({ limit: 101 }))).param, 'limit');
    assert.equal((await errorOf(stripe.customers.list({ starting_after: 'cus_none' }))).code, 'resource_missing');
    const future = await stripe.customers.list({ created: { gt: Math.floor(Date.now() / 1000) + 60 } });
    assert.deepEqual(future.data, []);
  });
});

function idsOf(objects: { id: string }[]): string[] {
  return objects.map((object) => object.id);
}

async function deleted(call: Promise<{ id: string; deleted: true }>): Promise<{ id: string; deleted: true }> {
  const { id, deleted: isDeleted } = await call;
  return { id, deleted: isDeleted };
}
