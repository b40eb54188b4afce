import { randomInt, randomUUID } from 'node:crypto';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Writer } from '../journal/object-store.ts';
import { afterStriking, concernsMessage, type Fault } from './faults.ts';
import type { SimulatorKinds } from './simulator-kinds.ts';

const reorderStepMs = 25;
const reorderCountMax = 40;

/** What is to be delivered: a message of a type, to an address. */
export type Planned = { message: string; topic: string; address: string };

/** Plans the delivery of a message, as the active webhook faults would have it. */
export function planDelivery(writer: Writer<SimulatorKinds>, planned: Planned): void {
  for (const delivery of struckBy(writer, newDelivery(planned))) writer.put('delivery', delivery.id, delivery);
}

/** A delivery that is due at once. */
export function newDelivery(planned: Planned): Delivery {
  const now = Date.now();
  return { id: randomUUID(), ...planned, status: 'pending', next_attempt_at: now, attempts: [], created_at: now };
}

/** What the active faults make of a planned delivery: each one that matches strikes and is used up by one. */
function struckBy(writer: Writer<SimulatorKinds>, planned: Delivery): Delivery[] {
  let deliveries = [planned];
  for (const fault of writer.all('fault').filter((candidate) => concernsMessage(candidate, planned.topic))) {
    const struck = fault.kind === 'reorder_webhooks' ? intoWindow(fault, Date.now()) : fault;
    const left = afterStriking(struck);
    if (left) writer.put('fault', fault.id, left);
    else writer.remove('fault', fault.id);
    deliveries = deliveries.flatMap((delivery) => strike(struck, delivery));
  }
  return deliveries;
}

function strike(fault: Fault, delivery: Delivery): Delivery[] {
  const due = delivery.next_attempt_at ?? delivery.created_at;
  switch (fault.kind) {
    case 'delay_webhooks':
      return [{ ...delivery, next_attempt_at: due + fault.ms }];
    case 'duplicate_webhooks':
      return [delivery, { ...delivery, id: randomUUID() }];
    case 'reorder_webhooks':
      return [{ ...delivery, next_attempt_at: dueInWindow(fault, due) }];
    case 'drop_webhooks':
      return [{ ...delivery, status: 'dropped', next_attempt_at: null }];
    case 'hold_webhooks':
      return [{ ...delivery, status: 'held', next_attempt_at: null }];
    case 'fail_request':
    case 'slow_request':
    case 'timeout_after_effect':
      return [delivery];
    default:
      return fault.kind satisfies never;
  }
}

function intoWindow(fault: Fault, now: number): Fault {
  const isOpen = fault.window !== null && fault.window.endsAt > now;
  const window = isOpen && fault.window ? fault.window : { endsAt: now + fault.ms, count: 0 };
  return { ...fault, window: { ...window, count: window.count + 1 } };
}

/** The later an event comes within a window, the sooner after its end it is sent. */
function dueInWindow(fault: Fault, due: number): number {
  if (!fault.window) return due;
  return fault.window.endsAt + Math.max(0, reorderCountMax - fault.window.count) * reorderStepMs;
}

/** The same elements in an order that depends on the seed alone, for a release that a test can repeat. */
export function shuffled<Element>(elements: readonly Element[], seed: number): Element[] {
  const rest = [...elements];
  const result: Element[] = [];
  let state = seed >>> 0;
  while (rest.length > 0) {
    // A linear congruential step is random enough to put a dozen webhooks into some order.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    result.push(...rest.splice(state % rest.length, 1));
  }
  return result;
}

/** A seed for those who do not care which. */
export function anySeed(): number {
  return randomInt(2 ** 31);
}
