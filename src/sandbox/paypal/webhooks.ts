import { randomUUID } from 'node:crypto';
import type { Delivery, OutgoingRequest } from '../deliveries/delivery.ts';
import type { ObjectStore } from '../journal/object-store.ts';
import { newDelivery } from '../controls/plan-delivery.ts';
import type { Kinds, PayPalWriter, Webhook, WireEvent } from './objects.ts';
import { outsideRequest, signatureOf, signerOf } from './signer.ts';

/** The request of one attempt, signed with the wall time of now. Nothing when webhook or event is gone. */
export function composeWebhook(
  store: ObjectStore<Kinds>,
  delivery: Delivery,
  base: string,
): OutgoingRequest | undefined {
  const webhook = store.get('webhook', delivery.address);
  const event = store.get('event', delivery.message);
  if (!webhook || !event) return undefined;
  const body = eventText(event);
  const signer = outsideRequest(store, signerOf);
  const transmission = {
    id: randomUUID(),
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    webhookId: webhook.id,
  };
  return {
    url: webhook.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'PayPal/AUHD-214.0-sandbox',
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-auth-version': 'v2',
      'paypal-cert-url': `${base}/v1/notifications/certs/${signer.id}`,
      'paypal-transmission-id': transmission.id,
      'paypal-transmission-sig': signatureOf(signer, transmission, body),
      'paypal-transmission-time': transmission.time,
    },
  };
}

/**
 * An event as it is sent. Slashes are escaped, as JSON allows and `JSON.stringify` does not: a receiver that parses and
 * prints again before it checks a signature fails here, and not with real money.
 */
function eventText(event: WireEvent): string {
  return JSON.stringify(event).replaceAll('/', String.raw`\/`);
}

/** Sends an event again to every webhook that it went to, or to all when it went to none. */
export function resendTo(writer: PayPalWriter, event: WireEvent): Webhook[] {
  const earlier = new Set(
    writer
      .all('delivery')
      .filter((delivery) => delivery.message === event.id)
      .map((delivery) => delivery.address),
  );
  const webhooks = writer.all('webhook').filter((webhook) => earlier.size === 0 || earlier.has(webhook.id));
  for (const webhook of webhooks) {
    const delivery = newDelivery({ message: event.id, topic: event.event_type, address: webhook.id });
    writer.put('delivery', delivery.id, delivery);
  }
  return webhooks;
}
