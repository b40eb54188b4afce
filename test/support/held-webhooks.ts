import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { TestApp } from './test-app.ts';

/** A webhook as the sandbox sent it: signed, and not yet given to the app. */
export type HeldWebhook = {
  readonly id: string;
  readonly type: string;
  /** The PaymentIntent or SetupIntent it is about. */
  readonly intent: string;
  readonly body: string;
  readonly signature: string;
};

/** Takes the webhooks of a sandbox in the app's place, so that a test decides when each arrives, and how often. */
export type HeldWebhooks = {
  /** The webhooks about an intent in the order they were made, once there are as many as expected. */
  of(intent: string, count: number): Promise<readonly HeldWebhook[]>;
  /** Gives a webhook to the app's own endpoint. Answers whether the app had it before. */
  deliver(webhook: HeldWebhook): Promise<{ readonly duplicate: boolean }>;
  close(): Promise<void>;
};

/** What Stripe tells of payments, and nothing else. */
const paymentEvents: readonly string[] = [
  'payment_intent.created',
  'payment_intent.requires_action',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.failed',
  'charge.succeeded',
];

/** Has the webhooks of the app's sandbox held from now on: those of payments, or those that are named. */
export async function holdWebhooks(app: TestApp, types: readonly string[] = paymentEvents): Promise<HeldWebhooks> {
  const held: HeldWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      held.push({ ...readEvent(body), body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  await app.stripe.control('POST', 'webhook_endpoints', {
    url: `http://127.0.0.1:${String(address.port)}/`,
    secret: app.webhookSecret,
    enabled_events: types,
  });
  return {
    async of(intent, count) {
      const own = () => held.filter((webhook) => webhook.intent === intent);
      await app.eventually(`${String(count)} webhooks of ${intent}`, () => Promise.resolve(own().length >= count));
      const order = (webhook: HeldWebhook) => types.indexOf(webhook.type);
      return own().toSorted((a, b) => order(a) - order(b));
    },
    async deliver(webhook) {
      const answer = await postWebhook(app, webhook.body, webhook.signature);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json<{ duplicate: boolean }>();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Posts bytes to the webhook endpoint of the app. */
export async function postWebhook(app: Pick<TestApp, 'server'>, body: string | Buffer, signature: string | undefined) {
  return await app.server.inject({
    method: 'POST',
    url: '/v1/billing/webhooks/stripe/',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === undefined ? {} : { 'stripe-signature': signature }),
    },
    payload: body,
  });
}

function readEvent(body: string): { id: string; type: string; intent: string } {
  const event = JSON.parse(body) as {
    id: string;
    type: string;
    data: { object: { id: string; payment_intent?: string } };
  };
  return { id: event.id, type: event.type, intent: event.data.object.payment_intent ?? event.data.object.id };
}
