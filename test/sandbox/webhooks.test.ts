import { strict as assert } from 'node:assert';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { type Receiver, startReceiver, startTestSandbox, type TestSandbox, until } from '#test/sandbox/test-sandbox.ts';

const paidAtOnce = {
  amount: 29_00,
  currency: 'usd',
  confirm: true,
  payment_method: 'pm_card_visa',
  return_url: 'https://shop.example/back',
} as const;

describe('webhooks of the Stripe sandbox', () => {
  let box: TestSandbox;
  let stripe: Stripe;
  let receiver: Receiver;

  before(async () => {
    box = await startTestSandbox();
    stripe = box.stripe;
  });
  after(() => box.close());

  beforeEach(async () => {
    await box.control('POST', 'reset');
    receiver = await startReceiver();
    await box.control('POST', 'webhook_endpoints', { url: receiver.url, secret: receiver.secret });
    await box.control('POST', 'webhooks/retry-schedule', { delays_ms: [10, 10, 10] });
  });
  afterEach(() => receiver.close());

  test('each change is told, signed and printed as Stripe prints', async () => {
    const intent = await stripe.paymentIntents.create(paidAtOnce);
    await until('three events', () => receiver.received.length === 3);
    assert.deepEqual(receiver.types().toSorted(), [
      'charge.succeeded',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    const told = receiver.received.find((entry) => entry.event.type === 'payment_intent.succeeded');
    assert.ok(told);
    assert.match(told.body, /^\{\n {2}"id": "evt_/);
    assert.match(told.body, /"metadata": \{\n {6}\}/);
    assert.equal(told.event.api_version, '2026-10-28.endive');
    assert.equal(told.event.pending_webhooks, 1);
    assert.equal(told.event.request?.id, intent.lastResponse.requestId);
    assert.match(told.event.request?.idempotency_key ?? '', /^stripe-node-retry-/);
    assert.ok(told.event.type === 'payment_intent.succeeded');
    assert.equal(told.event.data.object.id, intent.id);
    assert.equal(told.event.data.object.status, 'succeeded');
  });

  test('empty lists are printed over three lines', async () => {
    await stripe.customers.create();
    await until('the event', () => receiver.received.length === 1);
    assert.match(receiver.received[0]?.body ?? '', /"preferred_locales": \[\n\n {6}\]/);
  });

  test('an update tells what was there before', async () => {
    const customer = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(customer.id, { name: 'Ada L.' });
    await until('two events', () => receiver.received.length === 2);
    const update = receiver.received.find((entry) => entry.event.type === 'customer.updated');
    assert.deepEqual(update?.event.data.previous_attributes, { name: 'Ada' });
  });

  test('a refused delivery is tried again with a new signature until it is taken', async () => {
    receiver.answers.push(500, 404);
    const customer = await stripe.customers.create();
    await until('three attempts', () => receiver.received.length === 3);
    assert.equal(new Set(receiver.received.map((entry) => entry.event.id)).size, 1);
    const id = receiver.received[0]?.event.id ?? '';
    await until('acknowledged', async () => (await stripe.events.retrieve(id)).pending_webhooks === 0);
    const delivery = (await deliveriesOf(box, id))[0];
    assert.deepEqual(
      delivery?.attempts.map((attempt) => attempt.status),
      [500, 404, 200],
    );
    assert.equal(customer.object, 'customer');
  });

  test('a delivery that is never taken is given up, and can be sent again by hand', async () => {
    receiver.answers.push(500, 500, 500, 500);
    await stripe.customers.create();
    await until('four attempts', () => receiver.received.length === 4);
    const id = receiver.received[0]?.event.id ?? '';
    await until('given up', async () => (await deliveriesOf(box, id))[0]?.status === 'failed');
    const failing = await stripe.events.list({ delivery_success: false });
    assert.deepEqual(
      failing.data.map((event) => event.id),
      [id],
    );
    await box.control('POST', `events/${id}/resend`);
    await until('sent again', () => receiver.received.length === 5);
    await until('acknowledged', async () => (await stripe.events.list({ delivery_success: true })).data.length === 1);
  });

  test('events are listed by type and time', async () => {
    await stripe.paymentIntents.create(paidAtOnce);
    const byType = await stripe.events.list({ type: 'charge.succeeded' });
    assert.equal(byType.data.length, 1);
    const byTypes = await stripe.events.list({ types: ['charge.succeeded', 'payment_intent.created'] });
    assert.deepEqual(
      byTypes.data.map((event) => event.type),
      ['charge.succeeded', 'payment_intent.created'],
    );
    assert.equal((await stripe.events.list({ type: 'payment_intent.*' })).data.length, 2);
    assert.equal((await stripe.events.list({ created: { lt: 1_000 } })).data.length, 0);
  });

  test('endpoints made through the API give their secret once and get what they asked for', async () => {
    const endpoint = await stripe.webhookEndpoints.create({
      url: receiver.url.replace('/hooks', '/more'),
      enabled_events: ['product.created'],
    });
    assert.match(endpoint.secret ?? '', /^whsec_/);
    assert.equal((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret, undefined);
    const disabled = await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    assert.equal(disabled.status, 'disabled');
    const gone = await stripe.webhookEndpoints.del(endpoint.id);
    assert.equal(gone.deleted, true);
    assert.equal((await stripe.webhookEndpoints.list()).data.length, 1);
  });

  test('webhooks can be doubled', async () => {
    await box.control('POST', 'faults', { kind: 'duplicate_webhooks', match: { types: ['payment_intent.succeeded'] } });
    await stripe.paymentIntents.create(paidAtOnce);
    await until('four deliveries', () => receiver.received.length === 4);
    assert.equal(receiver.types().filter((type) => type === 'payment_intent.succeeded').length, 2);
  });

  test('webhooks can be lost, and the event still be found', async () => {
    await box.control('POST', 'faults', { kind: 'drop_webhooks', match: { types: ['payment_intent.succeeded'] } });
    await stripe.paymentIntents.create(paidAtOnce);
    await until('the others', () => receiver.received.length === 2);
    assert.ok(!receiver.types().includes('payment_intent.succeeded'));
    const [lost] = (await stripe.events.list({ type: 'payment_intent.succeeded' })).data;
    assert.equal(lost?.pending_webhooks, 1);
    assert.equal((await deliveriesOf(box, lost?.id ?? ''))[0]?.status, 'dropped');
  });

  test('webhooks can be held and released in the order that is asked for', async () => {
    await box.control('POST', 'faults', { kind: 'hold_webhooks', times: 100 });
    await stripe.paymentIntents.create(paidAtOnce);
    assert.equal((await box.control('GET', ''))['held_deliveries'], 3);
    const ids = (await stripe.events.list()).data.map((event) => event.id);
    await box.control('POST', 'webhooks/release', { order: ids });
    await until('three deliveries', () => receiver.received.length === 3);
    assert.deepEqual(
      receiver.received.map((entry) => entry.event.id),
      ids,
    );
  });

  test('a seed releases in an order that can be repeated', async () => {
    const orders: unknown[] = [];
    for (let time = 0; time < 2; time += 1) {
      await box.control('POST', 'faults', { kind: 'hold_webhooks', times: 3 });
      await stripe.paymentIntents.create(paidAtOnce);
      const held = (await stripe.events.list({ limit: 3 })).data.map((event) => event.id).toReversed();
      const { released } = await box.control('POST', 'webhooks/release', { seed: 5 });
      assert.ok(Array.isArray(released));
      orders.push(released.map((id) => held.indexOf(String(id))));
    }
    assert.deepEqual(orders[0], orders[1]);
  });

  test('webhooks can be put in reverse order', async () => {
    await box.control('POST', 'faults', { kind: 'reorder_webhooks', ms: 50, times: 3 });
    await stripe.paymentIntents.create(paidAtOnce);
    await until('three deliveries', () => receiver.received.length === 3);
    assert.deepEqual(receiver.types(), ['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created']);
  });

  test('webhooks can be late', async () => {
    await box.control('POST', 'faults', { kind: 'delay_webhooks', ms: 200, match: { types: ['customer.created'] } });
    const startedAt = Date.now();
    await stripe.customers.create();
    await until('the event', () => receiver.received.length === 1);
    assert.ok(Date.now() - startedAt >= 200);
  });
});

type ShownDelivery = { status: string; attempts: { status: number | null }[] };

async function deliveriesOf(box: TestSandbox, eventId: string): Promise<ShownDelivery[]> {
  const state = (await box.control('GET', '')) as { recent_events: { id: string; deliveries: ShownDelivery[] }[] };
  return state.recent_events.find((event) => event.id === eventId)?.deliveries ?? [];
}
