import assert from 'node:assert/strict';
import { type SentWebhook, startWebhookCatcher } from '#test/gateways/gateway-stage.ts';
import type { TestApp } from './test-app.ts';

/** A webhook as the sandbox PayPal sent it: signed, and not yet given to the app. */
export type HeldPayPalWebhook = SentWebhook & { readonly id: string; readonly type: string };

/** Takes the webhooks of the sandbox PayPal in the app's place, so that a test decides when each arrives, and how often. */
export type HeldPayPalWebhooks = {
  /** Those that tell of an order or of its capture, once there is one of each type, in the order of the types. */
  of(mentions: readonly string[], types: readonly string[]): Promise<readonly HeldPayPalWebhook[]>;
  /** Gives a webhook to the app's own endpoint. Answers whether the app had it before. */
  deliver(webhook: HeldPayPalWebhook): Promise<{ readonly duplicate: boolean }>;
  close(): Promise<void>;
};

/** Has the webhooks of the app's sandbox PayPal held from now on. */
export async function holdPayPalWebhooks(app: TestApp): Promise<HeldPayPalWebhooks> {
  const catcher = await startWebhookCatcher();
  await app.paypal.control('POST', 'webhooks', { url: catcher.url });
  return {
    async of(mentions, types) {
      const own = () =>
        catcher.caught
          .map(readEvent)
          .filter(({ rawBody }) => mentions.some((mention) => rawBody.toString('utf8').includes(mention)));
      const found = () => types.map((type) => own().find((webhook) => webhook.type === type));
      await app.eventually(types.join(', '), () => Promise.resolve(found().every((webhook) => webhook !== undefined)));
      return found().filter((webhook) => webhook !== undefined);
    },
    async deliver(webhook) {
      const answer = await postPayPalWebhook(app, webhook);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json<{ duplicate: boolean }>();
    },
    close: () => catcher.close(),
  };
}

/** Posts bytes with the headers of PayPal to the webhook endpoint of the app. */
export async function postPayPalWebhook(app: Pick<TestApp, 'server'>, { rawBody, headers }: SentWebhook) {
  const passed = Object.entries(headers).filter(([name]) => name.startsWith('paypal-') || name === 'content-type');
  return await app.server.inject({
    method: 'POST',
    url: '/v1/billing/webhooks/paypal/',
    headers: Object.fromEntries(passed),
    payload: rawBody,
  });
}

function readEvent(sent: SentWebhook): HeldPayPalWebhook {
  const event = JSON.parse(sent.rawBody.toString('utf8')) as { id: string; event_type: string };
  return { ...sent, id: event.id, type: event.event_type };
}
