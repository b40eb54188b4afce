import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, test } from 'node:test';
import Stripe from 'stripe';
import { clientOf, errorOf, startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';

const dollars = { amount: 9_00, currency: 'usd' };

describe('requests to the Stripe sandbox', () => {
  let box: TestSandbox;
  let stripe: Stripe;

  before(async () => {
    box = await startTestSandbox();
    stripe = box.stripe;
  });
  after(() => box.close());
  afterEach(() => box.control('DELETE', 'faults'));

  test('the same key with the same parameters gives the first answer again', async () => {
    const first = await stripe.paymentIntents.create(dollars, { idempotencyKey: 'order-1' });
    const again = await stripe.paymentIntents.create({ currency: 'usd', amount: 9_00 }, { idempotencyKey: 'order-1' });
    assert.equal(again.id, first.id);
    assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal(again.lastResponse.headers['original-request'], first.lastResponse.requestId);
    assert.notEqual(again.lastResponse.requestId, first.lastResponse.requestId);
  });

  test('the same key with other parameters or another path is refused', async () => {
    await stripe.paymentIntents.create(dollars, { idempotencyKey: 'order-2' });
    const other = await errorOf(
      stripe.paymentIntents.create({ ...dollars, amount: 9_01 }, { idempotencyKey: 'order-2' }),
    );
    assert.equal(other.statusCode, 400);
    assert.equal(other.rawType, 'idempotency_error');
    const path = await errorOf(stripe.customers.create({}, { idempotencyKey: 'order-2' }));
    assert.equal(path.rawType, 'idempotency_error');
    const tooLong = await errorOf(stripe.customers.create({}, { idempotencyKey: 'k'.repeat(256) }));
    assert.equal(tooLong.statusCode, 400);
  });

  test('a decline is kept for its key, a wrong parameter is not', async () => {
    const declined = {
      ...dollars,
      confirm: true,
      payment_method: 'pm_card_chargeDeclined',
      return_url: 'https://shop.example/back',
    };
    const [one, two] = [
      await errorOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'order-3' })),
      await errorOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'order-3' })),
    ];
    assert.equal(two.payment_intent?.id, one.payment_intent?.id);
    assert.equal(two.charge, one.charge);
    await errorOf(stripe.paymentIntents.create({ ...dollars, amount: 1 }, { idempotencyKey: 'order-4' }));
    const repaired = await stripe.paymentIntents.create(dollars, { idempotencyKey: 'order-4' });
    assert.equal(repaired.amount, 9_00);
  });

  test('two requests with one key at the same time: one is carried out, one is told to wait', async () => {
    await box.control('POST', 'faults', { kind: 'slow_request', ms: 150, match: { path: '/v1/payment_intents' } });
    const results = await Promise.allSettled([
      stripe.paymentIntents.create(dollars, { idempotencyKey: 'order-5' }),
      stripe.paymentIntents.create(dollars, { idempotencyKey: 'order-5' }),
    ]);
    const failures = results.filter((result) => result.status === 'rejected');
    assert.equal(failures.length, 1);
    const [failure] = failures;
    assert.ok(failure && failure.reason instanceof Stripe.errors.StripeError);
    assert.equal(failure.reason.statusCode, 409);
    assert.equal(failure.reason.code, 'idempotency_key_in_use');
  });

  test('a timed out request has happened, and its retry by the client finds out', async () => {
    await box.control('POST', 'faults', {
      kind: 'timeout_after_effect',
      match: { method: 'POST', path: '/v1/payment_intents' },
    });
    const countBefore = (await stripe.paymentIntents.list({ limit: 100 })).data.length;
    const patient = new Stripe('sk_test_sandbox_retry', {
      host: '127.0.0.1',
      port: box.sandbox.port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 2,
    });
    const intent = await patient.paymentIntents.create(dollars);
    assert.equal(intent.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal((await stripe.paymentIntents.list({ limit: 100 })).data.length, countBefore + 1);
  });

  test('failures can be ordered by path, status and number', async () => {
    await box.control('POST', 'faults', {
      kind: 'fail_request',
      status: 429,
      code: 'lock_timeout',
      times: 2,
      match: { method: 'GET', path: '/v1/customers' },
    });
    await stripe.customers.create();
    for (let time = 0; time < 2; time += 1) {
      const error = await errorOf(stripe.customers.list());
      assert.equal(error.statusCode, 429);
      assert.equal(error.code, 'lock_timeout');
    }
    await stripe.customers.list();
    await box.control('POST', 'faults', { kind: 'fail_request', status: 503 });
    assert.equal((await errorOf(stripe.customers.list())).rawType, 'api_error');
  });

  test('keys: test keys by Bearer and Basic, never live ones', async () => {
    const status = async (authorization: string) =>
      (await fetch(`${box.sandbox.url}/v1/customers`, { headers: { authorization } })).status;
    assert.equal(await status('Bearer sk_test_anything'), 200);
    assert.equal(await status('Bearer rk_test_anything'), 200);
    assert.equal(await status(`Basic ${Buffer.from('sk_test_anything:').toString('base64')}`), 200);
    assert.equal(await status('Bearer pk_test_anything'), 403);
    assert.equal(await status('Digest x'), 401);
    const live = await errorOf(clientOf(box.sandbox.port, ['sk', 'live', 'something'].join('_')).customers.list());
    assert.equal(live.type, 'StripeAuthenticationError');
    const none = await fetch(`${box.sandbox.url}/v1/customers`);
    assert.equal(none.status, 401);
  });

  test('errors have the members and the headers of Stripe', async () => {
    const error = await errorOf(stripe.paymentIntents.retrieve('pi_none'));
    assert.equal(error.statusCode, 404);
    assert.equal(error.type, 'StripeInvalidRequestError');
    assert.equal(error.code, 'resource_missing');
    assert.match(error.message, /^No such payment_intent: 'pi_none'/);
    assert.match(error.requestId ?? '', /^req_/);
    assert.equal(error.headers?.['stripe-version'], '2026-10-28.endive');
    const unknown = await errorOf(stripe.customers.create({ nickname: 'x' } as Stripe.CustomerCreateParams));
    assert.equal(unknown.code, 'parameter_unknown');
    assert.equal(unknown.param, 'nickname');
    const nested = await errorOf(
      stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', color: 'red' } as never }),
    );
    assert.equal(nested.code, 'parameter_missing');
    const expand = await errorOf(stripe.paymentIntents.list({ expand: ['data.nothing'] }));
    assert.equal(expand.param, 'expand');
    const path = await errorOf(stripe.rawRequest('GET', '/v1/nowhere'));
    assert.match(path.message, /^Unrecognized request URL \(GET: \/v1\/nowhere\)/);
    const version = await errorOf(stripe.customers.list({}, { apiVersion: 'yesterday' }));
    assert.match(version.message, /Invalid Stripe API version/);
    const missing = await errorOf(stripe.paymentIntents.create({} as Stripe.PaymentIntentCreateParams));
    assert.equal(missing.code, 'parameter_missing');
    assert.equal(missing.param, 'amount');
  });

  const bodies = [
    ['a broken escape', 'email=%E0%A4%A', 400],
    ['unbalanced brackets', 'metadata[a=1', 400],
    ['a name that is value and object', 'metadata=x&metadata[a]=1', 400],
    ['too deep a nesting', `a${'[b]'.repeat(20)}=1`, 400],
    ['too many fields', Array.from({ length: 2_100 }, (_, index) => `metadata[k${index}]=1`).join('&'), 400],
    ['a prototype', '__proto__[x]=1&constructor[y]=2', 400],
    ['more than a megabyte', `description=${'x'.repeat(1_100_000)}`, 413],
    ['ten megabytes', `description=${'x'.repeat(10_000_000)}`, 413],
  ] as const;
  for (const [what, body, status] of bodies) {
    test(`a body with ${what} is answered with ${status} and changes nothing`, async () => {
      const unchanged = await stripe.customers.list({ limit: 100 });
      const response = await fetch(`${box.sandbox.url}/v1/customers`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer sk_test_sandbox_x',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      });
      assert.equal(response.status, status);
      const answer = (await response.json()) as { error: { type: string } };
      assert.equal(answer.error.type, 'invalid_request_error');
      assert.equal((await stripe.customers.list({ limit: 100 })).data.length, unchanged.data.length);
    });
  }

  test('JSON instead of a form is refused', async () => {
    const response = await fetch(`${box.sandbox.url}/v1/customers`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox_x', 'content-type': 'application/json' },
      body: '{"email":"a@example.com"}',
    });
    assert.equal(response.status, 400);
  });

  test('the clock moves what is created', async () => {
    await box.control('POST', 'clock', { offset_ms: -86_400_000 });
    const intent = await stripe.paymentIntents.create(dollars);
    await box.control('POST', 'clock', { offset_ms: 0 });
    assert.ok(Math.abs(intent.created - (Date.now() / 1000 - 86_400)) < 60);
  });

  test('controls refuse what they cannot use, and pages of other origins', async () => {
    const refused = async (path: string, init: RequestInit) =>
      (await fetch(`${box.sandbox.url}/_sandbox/${path}`, init)).status;
    const json = { 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', headers, body });
    assert.equal(await refused('faults', post('{"kind":"explode"}')), 400);
    assert.equal(await refused('faults', post('{"kind":"fail_request","times":0}')), 400);
    assert.equal(await refused('faults', post('{"kind":"slow_request","ms":-1}')), 400);
    assert.equal(await refused('faults', post('[')), 400);
    assert.equal(await refused('clock', post('{"offset_ms":"now"}')), 400);
    assert.equal(await refused('webhook_endpoints', post('{"url":"file:///etc/passwd"}')), 400);
    assert.equal(await refused('events/evt_none/resend', post('{}')), 400);
    assert.equal(await refused('nothing', post('{}')), 404);
    assert.equal(await refused('reset', post('', { ...json, origin: 'https://evil.example' })), 403);
    assert.equal(await refused('reset', post('', { 'content-type': 'text/plain' })), 403);
    assert.equal(await refused('reset', { method: 'POST' }), 403);
  });
});
