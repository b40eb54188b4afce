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
  const page = listPage(call, '/v1/events', call.writer.all('event'), (event) => {
    if (type !== undefined && !matchesType(type, event.type)) return false;
    if (types !== undefined && !types.some((entry) => matchesType(entry, event.type))) return false;
    return success === undefined || (withPending(call.writer, event).pending_webhooks === 0) === success;
  });
  return ok({ ...page, data: page.data.map((event) => withPending(call.writer, event)) });
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
  return ok(withPending(call.writer, event));
}

/** The event with the number of endpoints that have not acknowledged it yet. */
function withPending(reader: StripeReader, event: WireEvent): WireEvent {
  const open = event.pending_webhooks === 0 ? 0 : countOpen(reader, event.id);
  return { ...event, pending_webhooks: open };
}

function countOpen(reader: StripeReader, eventId: string): number {
  const deliveries = reader.all('delivery').filter((delivery) => delivery.message === eventId);
  const acknowledged = new Set(
    deliveries.filter((delivery) => delivery.status === 'delivered').map((delivery) => delivery.address),
  );
  const open = deliveries.filter((delivery) => !acknowledged.has(delivery.address));
  return new Set(open.map((delivery) => delivery.address)).size;
}
