import type { Reader, Writer } from '../journal/object-store.ts';
import type { Control } from './control-request.ts';
import { BadControl, faultFrom, integerFrom, typesFrom } from './faults.ts';
import { anySeed, shuffled } from './plan-delivery.ts';
import { settingsOf, type SimulatorKinds } from './simulator-kinds.ts';

const releaseStepMs = 25;
const clockOffsetMaxMs = 20 * 365 * 86_400_000;

type SimulatorWriter = Writer<SimulatorKinds>;

/** The controls that every simulator has: the clock, faults, and what becomes of webhooks. */
export const commonControls: Control<SimulatorKinds>[] = [
  { method: 'POST', path: '/_sandbox/clock', run: setClock },
  { method: 'POST', path: '/_sandbox/faults', run: addFault },
  { method: 'DELETE', path: '/_sandbox/faults', run: clearFaults },
  { method: 'POST', path: '/_sandbox/webhooks/release', run: releaseWebhooks },
  { method: 'POST', path: '/_sandbox/webhooks/retry-schedule', run: setRetrySchedule },
];

function setClock(writer: SimulatorWriter, body: Record<string, unknown>): object {
  const offset = integerFrom(body['offset_ms'], 'offset_ms', -clockOffsetMaxMs, clockOffsetMaxMs);
  writer.put('settings', 'settings', { ...settingsOf(writer), clockOffsetMs: offset });
  return clockOf(writer);
}

function setRetrySchedule(writer: SimulatorWriter, body: Record<string, unknown>): object {
  const delays = body['delays_ms'];
  if (!Array.isArray(delays) || delays.length > 40) throw new BadControl('delays_ms must be a list of at most 40');
  const checked = delays.map((delay: unknown) => integerFrom(delay, 'delays_ms', 0, 7 * 86_400_000));
  writer.put('settings', 'settings', { ...settingsOf(writer), retryDelaysMs: checked });
  return { delays_ms: checked };
}

function addFault(writer: SimulatorWriter, body: Record<string, unknown>): object {
  const fault = faultFrom(body);
  if (writer.all('fault').length >= 100) throw new BadControl('There are 100 faults already; clear them first');
  writer.put('fault', fault.id, fault);
  return fault;
}

function clearFaults(writer: SimulatorWriter): object {
  const faults = writer.all('fault');
  for (const fault of faults) writer.remove('fault', fault.id);
  return { cleared: faults.length };
}

/**
 * Lets go of the webhooks that are held: in the order of the event ids given, then the others in an order that depends
 * on `seed` if there is one, else as they happened.
 */
function releaseWebhooks(writer: SimulatorWriter, body: Record<string, unknown>): object {
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

/** Forgets every object of the kinds named. */
export function forgetAll<Kinds>(writer: Writer<Kinds>, kinds: readonly (keyof Kinds & string)[]): object {
  let removed = 0;
  for (const kind of kinds) {
    const ids = writer.ids(kind);
    for (const id of ids) writer.remove(kind, id);
    removed += ids.length;
  }
  return { removed };
}

/** What every simulator tells people and tests about itself: clock, waits, faults, and what is held. */
export function commonState(reader: Reader<SimulatorKinds>): object {
  return {
    clock: clockOf(reader),
    retry_schedule_ms: settingsOf(reader).retryDelaysMs,
    faults: reader.all('fault'),
    held_deliveries: reader.all('delivery').filter((delivery) => delivery.status === 'held').length,
  };
}

function clockOf(reader: Reader<SimulatorKinds>): { offset_ms: number; now: string } {
  const offset = settingsOf(reader).clockOffsetMs;
  return { offset_ms: offset, now: new Date(Date.now() + offset).toISOString() };
}
