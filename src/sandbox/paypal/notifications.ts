import { createVerify } from 'node:crypto';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { resendTo } from './webhooks.ts';
import { invalid, missingResource, PayPalError } from './errors.ts';
import { eventTypes } from './events.ts';
import { newId } from './ids.ts';
import { membersOf } from './members.ts';
import type { Link, Webhook, WireEvent } from './objects.ts';
import { rawMember } from './raw-member.ts';
import { signedText, verificationKey } from './signer.ts';

const webhooksMax = 10;
const pageSizeMax = 300;

export const notificationRoutes: Route[] = [
  { method: 'POST', path: '/v1/notifications/webhooks', handle: createWebhook },
  {
    method: 'GET',
    path: '/v1/notifications/webhooks',
    handle: (call) => ok({ webhooks: call.writer.all('webhook').map((webhook) => webhookBody(call, webhook)) }),
  },
  {
    method: 'GET',
    path: '/v1/notifications/webhooks/:id',
    handle: (call) => ok(webhookBody(call, existingWebhook(call))),
  },
  { method: 'DELETE', path: '/v1/notifications/webhooks/:id', handle: deleteWebhook },
  { method: 'POST', path: '/v1/notifications/verify-webhook-signature', handle: verifySignature },
  { method: 'GET', path: '/v1/notifications/webhooks-events', handle: listEvents },
  { method: 'GET', path: '/v1/notifications/webhooks-events/:id', handle: (call) => ok(existingEvent(call)) },
  { method: 'POST', path: '/v1/notifications/webhooks-events/:id/resend', handle: resendEvent },
];

function existingWebhook(call: Call): Webhook {
  const id = call.path['id'] ?? '';
  const webhook = call.writer.get('webhook', id);
  if (!webhook) throw missingResource('webhook_id', id);
  return webhook;
}

function existingEvent(call: Call): WireEvent {
  const id = call.path['id'] ?? '';
  const event = call.writer.get('event', id);
  if (!event) throw missingResource('event_id', id);
  return event;
}

function webhookBody({ base }: { base: string }, webhook: Webhook): object {
  const href = `${base}/v1/notifications/webhooks/${webhook.id}`;
  const links: Link[] = [
    { href, rel: 'self', method: 'GET' },
    { href, rel: 'delete', method: 'DELETE' },
  ];
  return { id: webhook.id, url: webhook.url, event_types: webhook.eventTypes.map((name) => ({ name })), links };
}

function createWebhook(call: Call): Answer {
  const body = membersOf(call.json);
  const url = body.url('url');
  if (url === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', '/url');
  const names = body.list('event_types', 1, 500)?.map((entry) => entry.requiredText('name', 50));
  if (names === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', '/event_types');
  const unknown = names.find((name) => name !== '*' && !eventTypes.includes(name));
  if (unknown !== undefined) throw invalid('INVALID_PARAMETER_VALUE', '/event_types', unknown);
  if (call.writer.all('webhook').length >= webhooksMax) throw invalid('INVALID_ARRAY_MAX_ITEMS', '/');
  const webhook: Webhook = { id: newId(), url, eventTypes: names };
  call.writer.put('webhook', webhook.id, webhook);
  return { status: 201, body: webhookBody(call, webhook) };
}

function deleteWebhook(call: Call): Answer {
  call.writer.remove('webhook', existingWebhook(call).id);
  return { status: 204, body: null };
}

/**
 * Checks a transmission for a receiver that does not do so itself. `webhook_event` is taken byte for byte as it stands in
 * the request: printed anew, it is not what was signed.
 */
function verifySignature(call: Call): Answer {
  const body = membersOf(call.json);
  const algorithm = body.requiredText('auth_algo', 100);
  const certificate = body.requiredText('cert_url', 500);
  const signature = body.requiredText('transmission_sig', 500);
  const transmission = {
    id: body.requiredText('transmission_id', 50),
    time: body.requiredText('transmission_time', 100),
    webhookId: body.requiredText('webhook_id', 50),
  };
  body.requiredObject('webhook_event');
  const event = rawMember(call.rawBody, 'webhook_event');
  const signer = call.writer.all('signer')[0];
  const isOurs =
    signer !== undefined &&
    algorithm === 'SHA256withRSA' &&
    certificate === `${call.base}/v1/notifications/certs/${signer.id}` &&
    call.writer.get('webhook', transmission.webhookId) !== undefined;
  const isVerified =
    isOurs &&
    event !== undefined &&
    createVerify('sha256').update(signedText(transmission, event)).verify(verificationKey(signer), signature, 'base64');
  return ok({ verification_status: isVerified ? 'SUCCESS' : 'FAILURE' });
}

function listEvents(call: Call): Answer {
  const { query } = call;
  const size = Number(query.get('page_size') ?? '10');
  if (!Number.isInteger(size) || size < 1 || size > pageSizeMax) throw badQuery('page_size');
  const [from, to] = [instantIn(query, 'start_time'), instantIn(query, 'end_time')];
  const [type, transaction] = [query.get('event_type'), query.get('transaction_id')];
  const found = call.writer
    .all('event')
    .toReversed()
    .filter((event) => type === null || event.event_type === type)
    .filter((event) => transaction === null || ('id' in event.resource && event.resource.id === transaction))
    .filter((event) => from === undefined || Date.parse(event.create_time) >= from)
    .filter((event) => to === undefined || Date.parse(event.create_time) <= to);
  const links: Link[] = [{ href: `${call.base}/v1/notifications/webhooks-events`, rel: 'self', method: 'GET' }];
  return ok({ events: found.slice(0, size), count: Math.min(size, found.length), links });
}

function instantIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw badQuery(name);
  return instant;
}

function badQuery(name: string): PayPalError {
  return new PayPalError('INVALID_REQUEST', [{ field: name, location: 'query', issue: 'INVALID_PARAMETER_VALUE' }]);
}

function resendEvent(call: Call): Answer {
  const event = existingEvent(call);
  resendTo(call.writer, event);
  return { status: 202, body: event };
}
