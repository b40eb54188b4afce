import { planDelivery } from '../controls/plan-delivery.ts';
import type { Change } from './call.ts';
import { newEventId } from './ids.ts';
import type { Webhook, WireEvent } from './objects.ts';
import { timeOf } from './times.ts';

/** What this PayPal tells about, with the sentence that goes with it and what the resource is. */
const eventKinds = {
  'CHECKOUT.ORDER.APPROVED': ['checkout-order', '2.0', 'An order has been approved by buyer'],
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED': ['checkout-order', '2.0', 'A payment approval has been reversed'],
  'PAYMENT.CAPTURE.COMPLETED': ['capture', '2.0', 'Payment completed'],
  'PAYMENT.CAPTURE.PENDING': ['capture', '2.0', 'Payment pending'],
  'PAYMENT.CAPTURE.DENIED': ['capture', '2.0', 'Payment denied'],
  'PAYMENT.CAPTURE.DECLINED': ['capture', '2.0', 'Payment declined'],
  'PAYMENT.CAPTURE.REFUNDED': ['refund', '2.0', 'A payment capture was refunded'],
  'PAYMENT.CAPTURE.REVERSED': ['refund', '2.0', 'A payment capture was reversed'],
  'PAYMENT.REFUND.PENDING': ['refund', '2.0', 'A refund is pending'],
  'PAYMENT.REFUND.FAILED': ['refund', '2.0', 'A refund has failed'],
  'VAULT.PAYMENT-TOKEN.CREATED': ['payment_token', '3.0', 'A payment token has been created'],
  'VAULT.PAYMENT-TOKEN.DELETED': ['payment_token', '3.0', 'A payment token has been deleted'],
  'CUSTOMER.DISPUTE.CREATED': ['dispute', undefined, 'A new dispute opened'],
  'CUSTOMER.DISPUTE.UPDATED': ['dispute', undefined, 'A dispute was updated'],
  'CUSTOMER.DISPUTE.RESOLVED': ['dispute', undefined, 'A dispute was resolved'],
} as const;

export type EventType = keyof typeof eventKinds;

/** Every event that a webhook can be registered for. */
export const eventTypes = Object.keys(eventKinds);

/** Records that something happened and plans its webhooks, in the same write as the change itself. */
export function emit(change: Change, type: EventType, resource: object): void {
  const { writer, base } = change;
  const [resourceType, version, summary] = eventKinds[type];
  const id = newEventId();
  const event: WireEvent = {
    id,
    event_version: '1.0',
    create_time: timeOf(change.now),
    resource_type: resourceType,
    ...(version === undefined ? {} : { resource_version: version }),
    event_type: type,
    summary,
    resource,
    links: [
      { href: `${base}/v1/notifications/webhooks-events/${id}`, rel: 'self', method: 'GET' },
      { href: `${base}/v1/notifications/webhooks-events/${id}/resend`, rel: 'resend', method: 'POST' },
    ],
  };
  writer.put('event', id, event);
  for (const webhook of writer.all('webhook').filter((candidate) => wants(candidate, type))) {
    planDelivery(writer, { message: id, topic: type, address: webhook.id });
  }
}

function wants(webhook: Webhook, type: string): boolean {
  return webhook.eventTypes.includes('*') || webhook.eventTypes.includes(type);
}
