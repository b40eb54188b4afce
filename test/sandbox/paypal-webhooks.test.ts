import { strict as assert } from 'node:assert';
import { createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { type Json, paidOrder, unitOf } from '#test/sandbox/paypal-json.ts';
import { control, until } from '#test/sandbox/test-sandbox.ts';
import { startPayPalSandbox } from '#sandbox/index.ts';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { payPalApi, startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';

type Received = { headers: IncomingHttpHeaders; body: string; event: Json };

describe('webhooks of the sandbox PayPal', () => {
  let paypal: TestPayPal;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  before(async () => {
    paypal = await startTestPayPal();
  });
  after(() => paypal.close());

  beforeEach(async () => {
    await paypal.control('POST', 'reset');
    receiver = await startReceiver();
    await paypal.control('POST', 'webhooks', { url: receiver.url });
    await paypal.control('POST', 'webhooks/retry-schedule', { delays_ms: [10, 10, 10] });
  });
  afterEach(() => receiver.close());

  const types = () => receiver.received.map(({ event }) => event['event_type']);

  test('each change is told and signed, so that its bytes can be checked without asking', async () => {
    const { capture, orderId } = await paidOrder(paypal, { ...unitOf('30.00'), custom_id: 'our-payment' });
    await until('both events', () => receiver.received.length === 2);
    assert.deepEqual(new Set(types()), new Set(['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED']));
    const told = receiver.received.find(({ event }) => event['event_type'] === 'PAYMENT.CAPTURE.COMPLETED');
    assert.ok(told);
    assert.equal(told.event['resource_type'], 'capture');
    const resource = told.event['resource'] as Json;
    assert.deepEqual([resource['id'], resource['custom_id']], [capture.id, 'our-payment']);
    assert.deepEqual(resource['supplementary_data'], { related_ids: { order_id: orderId } });

    const chain = await (await fetch(String(told.headers['paypal-cert-url']))).text();
    const certificate = new X509Certificate(chain);
    const authority = new X509Certificate(paypal.sandbox.certificateAuthority);
    assert.equal(certificate.subject, 'CN=messageverificationcerts.sandbox.paypal.com');
    assert.ok(certificate.verify(authority.publicKey));
    assert.equal(told.headers['paypal-auth-algo'], 'SHA256withRSA');
    assert.ok(isSigned(told, certificate, paypal.sandbox.webhookId));
    assert.ok(!isSigned(told, certificate, 'ANOTHERWEBHOOK00'), 'the id of the webhook is part of what is signed');
    const printedAnew = { ...told, body: JSON.stringify(told.event) };
    assert.ok(!isSigned(printedAnew, certificate, paypal.sandbox.webhookId), 'it is the bytes that are signed');
  });

  test('PayPal itself says whether a transmission is its own, going by the bytes it is shown', async () => {
    await paidOrder(paypal);
    await until('both events', () => receiver.received.length === 2);
    const [told] = receiver.received;
    assert.ok(told);
    const verify = async (body: string, changes: object = {}) => {
      const claim = {
        auth_algo: told.headers['paypal-auth-algo'],
        cert_url: told.headers['paypal-cert-url'],
        transmission_id: told.headers['paypal-transmission-id'],
        transmission_sig: told.headers['paypal-transmission-sig'],
        transmission_time: told.headers['paypal-transmission-time'],
        webhook_id: paypal.sandbox.webhookId,
        ...changes,
      };
      const asked = `${JSON.stringify(claim).slice(0, -1)},"webhook_event":${body}}`;
      const answer = await paypal.api('POST', '/v1/notifications/verify-webhook-signature', asked);
      return answer.body['verification_status'];
    };
    assert.equal(await verify(told.body), 'SUCCESS');
    assert.equal(await verify(JSON.stringify(told.event)), 'FAILURE');
    assert.equal(await verify(told.body.replace('"30.00"', '"31.00"')), 'FAILURE');
    assert.equal(await verify(told.body, { webhook_id: 'ANOTHERWEBHOOK00' }), 'FAILURE');
    assert.equal(await verify(told.body, { transmission_time: '2020-01-01T00:00:00Z' }), 'FAILURE');
    assert.equal(await verify(told.body, { cert_url: 'http://127.0.0.1:1/v1/notifications/certs/X' }), 'FAILURE');
  });

  test('a refused delivery is tried again with a transmission of its own until it is taken', async () => {
    receiver.answers.push(500, 404);
    await paypal.control('POST', 'faults', { kind: 'drop_webhooks', match: { types: ['CHECKOUT.ORDER.APPROVED'] } });
    await paidOrder(paypal);
    await until('three attempts', () => receiver.received.length === 3);
    assert.equal(new Set(receiver.received.map(({ event }) => event['id'])).size, 1);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['paypal-transmission-id'])).size, 3);
  });

  test('webhooks can be doubled, lost, and held until they are released in any order', async () => {
    await paypal.control('POST', 'faults', {
      kind: 'duplicate_webhooks',
      match: { types: ['PAYMENT.CAPTURE.COMPLETED'] },
    });
    await paidOrder(paypal);
    await until('three deliveries', () => receiver.received.length === 3);

    await paypal.control('POST', 'faults', { kind: 'drop_webhooks', match: { types: ['PAYMENT.CAPTURE.COMPLETED'] } });
    await paidOrder(paypal);
    await until('the approval alone', () => receiver.received.length === 4);

    receiver.received.length = 0;
    await paypal.control('POST', 'faults', { kind: 'hold_webhooks', times: 2 });
    await paidOrder(paypal);
    const { body } = await paypal.api('GET', '/v1/notifications/webhooks-events?page_size=2');
    const newestFirst = (body['events'] as Json[]).map((event) => event['id']);
    await paypal.control('POST', 'webhooks/release', { order: newestFirst });
    await until('both', () => receiver.received.length === 2);
    assert.deepEqual(types(), ['PAYMENT.CAPTURE.COMPLETED', 'CHECKOUT.ORDER.APPROVED']);
  });

  test('events are listed and sent again through the API', async () => {
    await paidOrder(paypal);
    await until('both events', () => receiver.received.length === 2);
    const list = await paypal.api('GET', '/v1/notifications/webhooks-events?event_type=CHECKOUT.ORDER.APPROVED');
    const [event] = list.body['events'] as Json[];
    const again = await paypal.api('POST', `/v1/notifications/webhooks-events/${String(event?.['id'])}/resend`, {});
    assert.equal(again.status, 202);
    await until('sent again', () => receiver.received.length === 3);
    assert.equal(receiver.received[2]?.event['id'], event?.['id']);
    assert.equal((await paypal.api('POST', '/v1/notifications/webhooks-events/WH-NONE/resend', {})).status, 404);
  });

  test('webhooks made through the API get what they asked for', async () => {
    const made = await paypal.api('POST', '/v1/notifications/webhooks', {
      url: `${receiver.url}/more`,
      event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }],
    });
    assert.equal(made.status, 201);
    await paidOrder(paypal);
    await until('three deliveries', () => receiver.received.length === 3);
    const path = `/v1/notifications/webhooks/${String(made.body['id'])}`;
    assert.equal((await paypal.api('DELETE', path)).status, 204);
    assert.equal((await paypal.api('GET', path)).status, 404);
    const wrong = await paypal.api('POST', '/v1/notifications/webhooks', {
      url: receiver.url,
      event_types: [{ name: 'NO.SUCH.EVENT' }],
    });
    assert.equal(wrong.status, 400);
  });

  test('a restart keeps orders, saved answers, the authority, and what it owes', async () => {
    using directory = temporaryDirectory();
    const first = await startPayPalSandbox({ port: 0, directory: directory.path });
    const trusted = first.certificateAuthority;
    await control(first.url, 'POST', 'webhooks', { url: receiver.url });
    await control(first.url, 'POST', 'faults', { kind: 'delay_webhooks', ms: 1_000, times: 2 });
    const paid = await paidOrder({ ...paypal, sandbox: first, api: payPalApi(first) });
    await first.close();

    const second = await startPayPalSandbox({ port: 0, directory: directory.path });
    assert.equal(second.certificateAuthority, trusted);
    const read = await payPalApi(second)('GET', `/v2/payments/captures/${paid.capture.id}`);
    assert.equal(read.body['status'], 'COMPLETED');
    await until('both events', () => receiver.received.length === 2);
    const chain = await (await fetch(String(receiver.received[0]?.headers['paypal-cert-url']))).text();
    assert.ok(new X509Certificate(chain).verify(new X509Certificate(trusted).publicKey));
    await second.close();
  });

  test('controls and approvals answer no page of another origin', async () => {
    const { url } = paypal.sandbox;
    for (const path of ['/_sandbox/faults', '/checkout/orders/X/approve']) {
      const fromPage = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
        body: '{}',
      });
      assert.equal(fromPage.status, 403);
      const asForm = await fetch(`${url}${path}`, { method: 'POST', body: 'x=1' });
      assert.equal(asForm.status, 403);
    }
  });
});

/** An endpoint that takes webhooks and remembers them. `answers` come first come first served; 200 when none are left. */
async function startReceiver() {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: request.headers, body, event: JSON.parse(body) as Json });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    received,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Checks a signature as PayPal documents it, over the bytes that arrived. */
function isSigned({ headers, body }: Received, certificate: X509Certificate, webhookId: string): boolean {
  const parts = [headers['paypal-transmission-id'], headers['paypal-transmission-time'], webhookId, crc32(body)];
  return createVerify('sha256')
    .update(parts.join('|'))
    .verify(certificate.publicKey, String(headers['paypal-transmission-sig']), 'base64');
}
