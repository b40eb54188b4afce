import { commonControls, commonState, forgetAll } from '../controls/common-controls.ts';
import type { Control } from '../controls/control-request.ts';
import { BadControl, typesFrom } from '../controls/faults.ts';
import { newDelivery } from '../controls/plan-delivery.ts';
import { sandboxTime } from '../controls/simulator-kinds.ts';
import { dashboardControls } from './dashboard.ts';
import { apiVersion, kinds, type Kinds, type StripeReader, type StripeWriter } from './objects.ts';
import { isWebhookUrl, newEndpointSecret, newWebhookEndpoint } from './webhook-endpoints.ts';

const eventsShown = 50;

/** Everything this simulator can be told. */
export const controls: Control<Kinds>[] = [
  ...commonControls,
  { method: 'GET', path: '/_sandbox/', run: stateOf },
  { method: 'POST', path: '/_sandbox/webhook_endpoints', run: registerEndpoint },
  { method: 'POST', path: '/_sandbox/events/:id/resend', run: resendEvent },
  ...dashboardControls,
  { method: 'POST', path: '/_sandbox/reset', run: (writer) => forgetAll(writer, kindNames()) },
];

/** Sends an event again to every endpoint that it went to, or to all when it went to none. */
function resendEvent(writer: StripeWriter, _body: Record<string, unknown>, id: string): object {
  const event = writer.get('event', id);
  if (!event) throw new BadControl(`There is no event ${id}`);
  const earlier = new Set(
    writer
      .all('delivery')
      .filter((delivery) => delivery.message === id)
      .map((delivery) => delivery.address),
  );
  const endpoints = writer
    .all('webhook_endpoint')
    .filter((endpoint) => endpoint.status === 'enabled' && (earlier.size === 0 || earlier.has(endpoint.id)));
  for (const endpoint of endpoints) {
    const delivery = newDelivery({ message: event.id, topic: event.type, address: endpoint.id });
    writer.put('delivery', delivery.id, delivery);
  }
  return { event: id, endpoints: endpoints.map((endpoint) => endpoint.url) };
}

/** Registers where webhooks go, with a secret of the caller's choice. An address that is known already is replaced. */
function registerEndpoint(writer: StripeWriter, body: Record<string, unknown>): object {
  const { url, secret = newEndpointSecret() } = body;
  if (typeof url !== 'string' || !isWebhookUrl(url)) throw new BadControl('url must be an http or https address');
  if (typeof secret !== 'string' || !/^\S{8,200}$/.test(secret)) {
    throw new BadControl('secret must have 8 to 200 characters and no spaces');
  }
  const enabledEvents = typesFrom(body['enabled_events'] ?? ['*'], 'enabled_events');
  const known = writer.all('webhook_endpoint').find((endpoint) => endpoint.url === url);
  const now = Math.floor(sandboxTime(writer) / 1_000);
  const fresh = newWebhookEndpoint({ url, enabledEvents, description: null, metadata: {}, now });
  const endpoint = known ? { ...known, enabled_events: enabledEvents, status: 'enabled' } : fresh;
  writer.put('webhook_endpoint', endpoint.id, endpoint);
  writer.put('endpoint_secret', endpoint.id, { secret });
  return { ...endpoint, secret };
}

function kindNames(): (keyof Kinds)[] {
  return Object.keys(kinds).filter((kind): kind is keyof Kinds => Object.hasOwn(kinds, kind));
}

/** A summary for people and tests: how much there is, what happened last and where it went, and what is set to fail. */
function stateOf(reader: StripeReader): object {
  const deliveries = Map.groupBy(reader.all('delivery'), (delivery) => delivery.message);
  return {
    simulates: 'Stripe',
    api_version: apiVersion,
    ...commonState(reader),
    counts: Object.fromEntries(kindNames().map((kind) => [kind, reader.ids(kind).length])),
    webhook_endpoints: reader.all('webhook_endpoint'),
    recent_events: reader
      .all('event')
      .slice(-eventsShown)
      .toReversed()
      .map((event) => ({
        id: event.id,
        type: event.type,
        created: event.created,
        object: 'id' in event.data.object ? event.data.object.id : null,
        deliveries: deliveries.get(event.id) ?? [],
      })),
  };
}
