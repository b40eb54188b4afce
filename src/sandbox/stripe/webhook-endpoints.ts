import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalidParameter, missingResource } from './errors.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { apiVersion } from './objects.ts';
import { given } from './params.ts';

export const webhookEndpointRoutes: Route[] = [
  { method: 'POST', path: '/v1/webhook_endpoints', handle: createWebhookEndpoint },
  { method: 'GET', path: '/v1/webhook_endpoints', handle: listWebhookEndpoints },
  { method: 'GET', path: '/v1/webhook_endpoints/:id', handle: retrieveWebhookEndpoint },
  { method: 'POST', path: '/v1/webhook_endpoints/:id', handle: updateWebhookEndpoint },
  { method: 'DELETE', path: '/v1/webhook_endpoints/:id', handle: deleteWebhookEndpoint },
];

const endpointsMax = 16;

/** A new endpoint; its secret is kept apart, since it is shown only once. */
export function newWebhookEndpoint(options: {
  url: string;
  enabledEvents: string[];
  description: string | null;
  metadata: Stripe.Metadata;
  now: number;
}): Stripe.WebhookEndpoint {
  return {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: options.now,
    description: options.description,
    enabled_events: options.enabledEvents,
    livemode: false,
    metadata: options.metadata,
    status: 'enabled',
    url: options.url,
  };
}

/** A secret to sign with, of the form Stripe gives out. */
export function newEndpointSecret(): string {
  return newId('whsec', 32);
}

/** Whether webhooks can be sent there. Plain HTTP is allowed: the sandbox talks to its own machine. */
export function isWebhookUrl(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}

function checkUrl(url: string): void {
  if (isWebhookUrl(url)) return;
  throw invalidParameter('url', 'Invalid URL: An explicit scheme (such as https) must be provided.', 'url_invalid');
}

function checkEvents(events: string[] | undefined): void {
  if (events === undefined) return;
  if (events.length === 0) throw invalidParameter('enabled_events', 'Pass at least one event type.');
  const unknown = events.find((type) => type !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type));
  if (unknown !== undefined) throw invalidParameter('enabled_events', `Invalid event type: ${unknown}`);
}

function createWebhookEndpoint(call: Call): Answer {
  const url = call.params.requiredWord('url');
  const enabledEvents = call.params.words('enabled_events');
  const description = call.params.text('description') ?? null;
  const metadata = call.params.metadata();
  call.params.ignore('api_version', 'connect');
  call.params.end();
  checkUrl(url);
  if (enabledEvents === undefined) throw call.params.missing('enabled_events');
  checkEvents(enabledEvents);
  if (call.writer.all('webhook_endpoint').length >= endpointsMax) {
    throw invalidParameter(undefined, `You have reached the maximum of ${endpointsMax} test webhook endpoints.`);
  }
  const endpoint = newWebhookEndpoint({ url, enabledEvents, description, metadata, now: call.now });
  const secret = newEndpointSecret();
  call.writer.put('webhook_endpoint', endpoint.id, endpoint);
  call.writer.put('endpoint_secret', endpoint.id, { secret });
  return ok({ ...endpoint, secret });
}

function existingEndpoint(call: Call): Stripe.WebhookEndpoint {
  const id = call.path['id'] ?? '';
  const endpoint = call.writer.get('webhook_endpoint', id);
  if (!endpoint) throw missingResource('webhook endpoint', id);
  return endpoint;
}

function retrieveWebhookEndpoint(call: Call): Answer {
  call.params.end();
  return ok(existingEndpoint(call));
}

function updateWebhookEndpoint(call: Call): Answer {
  const before = existingEndpoint(call);
  const disabled = call.params.flag('disabled');
  const url = call.params.word('url');
  const events = call.params.words('enabled_events');
  const endpoint: Stripe.WebhookEndpoint = {
    ...before,
    ...given({
      url,
      enabled_events: events,
      description: call.params.text('description'),
      status: disabled === undefined ? undefined : disabled ? 'disabled' : 'enabled',
    }),
    metadata: call.params.metadata(before.metadata),
  };
  call.params.end();
  if (url !== undefined) checkUrl(url);
  checkEvents(events);
  call.writer.put('webhook_endpoint', endpoint.id, endpoint);
  return ok(endpoint);
}

function deleteWebhookEndpoint(call: Call): Answer {
  const endpoint = existingEndpoint(call);
  call.params.end();
  call.writer.remove('webhook_endpoint', endpoint.id);
  call.writer.remove('endpoint_secret', endpoint.id);
  return ok({ id: endpoint.id, object: 'webhook_endpoint', deleted: true });
}

function listWebhookEndpoints(call: Call): Answer {
  return ok(listPage(call, '/v1/webhook_endpoints', call.writer.all('webhook_endpoint'), () => true));
}
