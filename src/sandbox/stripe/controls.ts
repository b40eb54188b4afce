import { BadControl, faultFrom, integerFrom, recordFrom, typesFrom } from '../controls/faults.ts';
import { defaultRetryDelays } from '../deliveries/delivery.ts';
import type { ObjectStore } from '../journal/object-store.ts';
import { apiVersion, kinds, type Kinds, type Settings, type StripeReader, type StripeWriter } from './objects.ts';
import { isWebhookUrl, newEndpointSecret, newWebhookEndpoint } from './webhook-endpoints.ts';
import { anySeed, newDelivery, shuffled } from './webhooks.ts';

const releaseStepMs = 25;
const clockOffsetMaxMs = 20 * 365 * 86_400_000;
const eventsShown = 50;

type Control = (writer: StripeWriter, body: Record<string, unknown>, id: string) => object;

const controls: Record<string, Control> = {
  'POST /_sandbox/clock': setClock,
  'POST /_sandbox/faults': addFault,
  'DELETE /_sandbox/faults': clearFaults,
  'POST /_sandbox/webhooks/release': releaseWebhooks,
  'POST /_sandbox/webhooks/retry-schedule': setRetrySchedule,
  'POST /_sandbox/webhook_endpoints': registerEndpoint,
  'POST /_sandbox/events/:id/resend': resendEvent,
  'POST /_sandbox/reset': reset,
};

/**
 * Carries out one control and returns its answer once the change is on disk. Throws BadControl with a sentence for what
 * cannot be used; undefined means that there is no such control.
 */
export async function answerControl(
  store: ObjectStore<Kinds>,
  method: string,
  pathname: string,
  body: string,
): Promise<object | undefined> {
  if (method === 'GET' && pathname === '/_sandbox/') return stateOf(store);
  const id = /^\/_sandbox\/events\/(\w+)\/resend$/.exec(pathname)?.[1] ?? '';
  const control = controls[`${method} ${id === '' ? pathname : pathname.replace(id, ':id')}`];
  if (!control) return undefined;
  const parsed = parseBody(body);
  const { result, durable } = store.transact((writer) => control(writer, parsed, id));
  await durable;
  return result;
}

function parseBody(body: string): Record<string, unknown> {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new BadControl('The body is not valid JSON');
  }
  return recordFrom(parsed, 'The body');
}

/** The settings in force. */
export function settingsOf(reader: StripeReader): Settings {
  return reader.get('settings', 'settings') ?? { clockOffsetMs: 0, retryDelaysMs: defaultRetryDelays };
}

function setClock(writer: StripeWriter, body: Record<string, unknown>): object {
  const offset = integerFrom(body['offset_ms'], 'offset_ms', -clockOffsetMaxMs, clockOffsetMaxMs);
  writer.put('settings', 'settings', { ...settingsOf(writer), clockOffsetMs: offset });
  return { offset_ms: offset, now: new Date(Date.now() + offset).toISOString() };
}

function setRetrySchedule(writer: StripeWriter, body: Record<string, unknown>): object {
  const delays = body['delays_ms'];
  if (!Array.isArray(delays) || delays.length > 40) throw new BadControl('delays_ms must be a list of at most 40');
  const checked = delays.map((delay: unknown) => integerFrom(delay, 'delays_ms', 0, 7 * 86_400_000));
  writer.put('settings', 'settings', { ...settingsOf(writer), retryDelaysMs: checked });
  return { delays_ms: checked };
}

function addFault(writer: StripeWriter, body: Record<string, unknown>): object {
  const fault = faultFrom(body);
  if (writer.all('fault').length >= 100) throw new BadControl('There are 100 faults already; clear them first');
  writer.put('fault', fault.id, fault);
  return fault;
}

function clearFaults(writer: StripeWriter): object {
  const faults = writer.all('fault');
  for (const fault of faults) writer.remove('fault', fault.id);
  return { cleared: faults.length };
}

/**
 * Lets go of the webhooks that are held: in the order of the event ids given, then the others in an order that depends
 * on `seed` if there is one, else as they happened.
 */
function releaseWebhooks(writer: StripeWriter, body: Record<string, unknown>): object {
  const order = typesFrom(body['order'] ?? [], 'order');
  const seed = body['seed'] === 'any' ? anySeed() : body['seed'];
  const held = writer.all('delivery').filter((delivery) => delivery.status === 'held');
  const named = order.flatMap((id) => held.filter((delivery) => delivery.message === id));
  const others = held.filter((delivery) => !order.includes(delivery.message));
  const rest = seed === undefined ? others : shuffled(others, integerFrom(seed, 'seed', 0, 2 ** 32 - 1));
  const released = [...named, ...rest];
  for (const [index, delivery] of released.entries()) {
    const due = Date.now() + index * releaseStepMs;
    writer.put('delivery', delivery.id, { ...delivery, status: 'pending', next_attempt_at: due });
  }
  return { released: released.map((delivery) => delivery.message) };
}

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
    const delivery = newDelivery(event, endpoint.id);
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
  const now = Math.floor((Date.now() + settingsOf(writer).clockOffsetMs) / 1_000);
  const fresh = newWebhookEndpoint({ url, enabledEvents, description: null, metadata: {}, now });
  const endpoint = known ? { ...known, enabled_events: enabledEvents, status: 'enabled' } : fresh;
  writer.put('webhook_endpoint', endpoint.id, endpoint);
  writer.put('endpoint_secret', endpoint.id, { secret });
  return { ...endpoint, secret };
}

function reset(writer: StripeWriter): object {
  let removed = 0;
  for (const [kind, ids] of idsByKind(writer)) {
    for (const id of ids) writer.remove(kind, id);
    removed += ids.length;
  }
  return { removed };
}

function idsByKind(reader: StripeReader): [keyof Kinds, string[]][] {
  return kindNames().map((kind) => [kind, reader.ids(kind)]);
}

function kindNames(): (keyof Kinds)[] {
  return Object.keys(kinds).filter((kind): kind is keyof Kinds => Object.hasOwn(kinds, kind));
}

/** A summary for people and tests: how much there is, what happened last and where it went, and what is set to fail. */
function stateOf(reader: StripeReader): object {
  const deliveries = Map.groupBy(reader.all('delivery'), (delivery) => delivery.message);
  const settings = settingsOf(reader);
  return {
    api_version: apiVersion,
    clock: { offset_ms: settings.clockOffsetMs, now: new Date(Date.now() + settings.clockOffsetMs).toISOString() },
    retry_schedule_ms: settings.retryDelaysMs,
    counts: Object.fromEntries(kindNames().map((kind) => [kind, reader.ids(kind).length])),
    webhook_endpoints: reader.all('webhook_endpoint'),
    faults: reader.all('fault'),
    held_deliveries: reader.all('delivery').filter((delivery) => delivery.status === 'held').length,
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
