import { createHmac } from 'node:crypto';
import { planDelivery } from '../controls/plan-delivery.ts';
import type { Delivery, OutgoingRequest } from '../deliveries/delivery.ts';
import type { StripeReader, StripeWriter, WireEvent } from './objects.ts';
import { prettyJson } from './pretty-json.ts';

/**
 * Plans one delivery per endpoint that wants the event, as the active webhook faults would have it. Returns how many
 * endpoints are concerned.
 */
export function planDeliveries(writer: StripeWriter, event: WireEvent): number {
  const endpoints = writer
    .all('webhook_endpoint')
    .filter((endpoint) => endpoint.status === 'enabled' && wants(endpoint.enabled_events, event.type));
  for (const endpoint of endpoints) {
    planDelivery(writer, { message: event.id, topic: event.type, address: endpoint.id });
  }
  return endpoints.length;
}

function wants(enabledEvents: readonly string[], type: string): boolean {
  return enabledEvents.includes('*') || enabledEvents.includes(type);
}

/** The request of one attempt, signed with the wall time of now. Nothing when endpoint or event is gone. */
export function composeWebhook(reader: StripeReader, delivery: Delivery): OutgoingRequest | undefined {
  const endpoint = reader.get('webhook_endpoint', delivery.address);
  const secret = reader.get('endpoint_secret', delivery.address);
  const event = reader.get('event', delivery.message);
  if (!endpoint || !secret || !event) return undefined;
  const body = prettyJson(event);
  return {
    url: endpoint.url,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureHeader(body, secret.secret, Math.floor(Date.now() / 1_000)),
    },
  };
}

/** The value of Stripe-Signature: HMAC-SHA256 over time, full stop and body. `timestamp` is wall time in seconds. */
function signatureHeader(body: string, secret: string, timestamp: number): string {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
