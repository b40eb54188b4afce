import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { missingResource } from './errors.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { apiVersion, type EventObject, type StripeReader, type WireEvent } from './objects.ts';
import { planDeliveries } from './webhooks.ts';

/**
 * Records that something happened and plans its webhooks, in the same write as the change itself. With `before`, the
 * event says which members had other values.
 */
export function emit(call: Call, type: Stripe.Event.Type, object: EventObject, before?: EventObject): void {
  const event: WireEvent = {
    id: newId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: call.now,
    data: before ? { object, previous_attributes: previousAttributes(before, object) } : { object },
    livemode: false,
    pending_webhooks: 0,
    request: { id: call.request.id, idempotency_key: call.request.idempotencyKey },
    type,
  };
  const planned = planDeliveries(call.writer, event);
  call.writer.put('event', event.id, { ...event, pending_webhooks: planned });
}

function previousAttributes(before: EventObject, after: EventObject): Record<string, unknown> {
  const now = new Map(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now.get(name))),
  );
}

export const eventRoutes: Route[] = [
  { method: 'GET', path: '/v1/events', handle: listEvents },
  { method: 'GET', path: '/v1/events/:id', handle: retrieveEvent },
];

function listEvents(call: Call): Answer {
  const type = call.params.word('type');
  const types = call.params.words('types');
  const success = call.params.flag('delivery_success');
  const open = openEndpoints(call.writer);
  const page = listPage(call, '/v1/events', call.writer.all('event'), (event) => {
    if (type !== undefined && !matchesType(type, event.type)) return false;
    if (types !== undefined && !types.some((entry) => matchesType(entry, event.type))) return false;
    return success === undefined || !open.has(event.id) === success;
  });
  return ok({
    ...page,
    data: page.data.map((event) => ({ ...event, pending_webhooks: open.get(event.id)?.size ?? 0 })),
  });
}

/** `*` at the end of a type stands for any ending, as in Stripe's filter. */
function matchesType(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

function retrieveEvent(call: Call): Answer {
  const id = call.path['id'] ?? '';
  const event = call.writer.get('event', id);
  call.params.end();
  if (!event) throw missingResource('event', id);
  return ok({ ...event, pending_webhooks: openEndpoints(call.writer).get(id)?.size ?? 0 });
}

/** For each event that somebody has not acknowledged: the endpoints still owed. */
function openEndpoints(reader: StripeReader): Map<string, Set<string>> {
  const open = new Map<string, Set<string>>();
  const deliveries = reader.all('delivery');
  for (const { message, address } of deliveries) open.set(message, (open.get(message) ?? new Set()).add(address));
  for (const { message, address } of deliveries.filter((delivery) => delivery.status === 'delivered')) {
    const owed = open.get(message);
    owed?.delete(address);
    if (owed?.size === 0) open.delete(message);
  }
  return open;
}
