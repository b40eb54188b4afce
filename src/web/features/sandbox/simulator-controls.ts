import { queryOptions } from '@tanstack/react-query';

/** A gateway that is simulated. */
export type Gateway = 'stripe' | 'paypal';

/** A delivery of an event to one endpoint, as far as it has come. */
export type SimulatorDelivery = {
  id: string;
  status: 'pending' | 'held' | 'dropped' | 'delivered' | 'failed';
  attempts: number;
};

/** An event of the simulated gateway. */
export type SimulatorEvent = {
  id: string;
  type: string;
  created: Date;
  object: string | null;
  deliveries: SimulatorDelivery[];
};

/** A fault that the simulated gateway is told to have. */
export type SimulatorFault = {
  id: string;
  kind: FaultKind;
  types: string[];
  method: string | null;
  path: string | null;
  timesLeft: number;
};

/** What the controls of the simulated gateway tell. */
export type SimulatorState = { events: SimulatorEvent[]; faults: SimulatorFault[]; held: number };

/** Faults of webhooks, which are matched by event type. */
export const webhookFaults = [
  'delay_webhooks',
  'duplicate_webhooks',
  'reorder_webhooks',
  'drop_webhooks',
  'hold_webhooks',
] as const;

/** Faults of requests, which are matched by method and path. */
export const requestFaults = ['fail_request', 'slow_request', 'timeout_after_effect'] as const;

/** Something the simulated gateway can be told to do wrong. */
export type FaultKind = (typeof webhookFaults)[number] | (typeof requestFaults)[number];

/** Whether a fault concerns webhooks, and not requests. */
export function isWebhookFault(kind: FaultKind): boolean {
  return webhookFaults.some((known) => known === kind);
}

/** A fault to add; what is left out is the simulator's default. */
export type NewFault = {
  kind: FaultKind;
  match: { types?: string[]; method?: string; path?: string };
  times: number;
  ms?: number;
  status?: number;
};

/** The simulator refused a control, and says why in a sentence. */
export class ControlRefused extends Error {
  override name = 'ControlRefused';
}

const lookAgainMilliseconds = 3_000;

/** The state of a simulated gateway, looked at again every few seconds. */
export function simulatorStateQuery(gateway: Gateway) {
  return queryOptions({
    queryKey: ['simulator', gateway],
    queryFn: async ({ signal }) => stateFrom(await control(gateway, 'GET', '/', undefined, signal)),
    refetchInterval: lookAgainMilliseconds,
  });
}

/** Tells a gateway to have a fault. @throws ControlRefused */
export async function addFault(gateway: Gateway, fault: NewFault): Promise<void> {
  await control(gateway, 'POST', '/faults', fault);
}

/** Takes every fault of a gateway away. @throws ControlRefused */
export async function removeFaults(gateway: Gateway): Promise<void> {
  await control(gateway, 'DELETE', '/faults');
}

/** Lets held webhooks go, in the order they happened or in any other; answers how many. @throws ControlRefused */
export async function releaseWebhooks(gateway: Gateway, order: 'as_held' | 'shuffled'): Promise<number> {
  const answer = await control(gateway, 'POST', '/webhooks/release', order === 'shuffled' ? { seed: 'any' } : {});
  return listOf(recordOf(answer)['released']).length;
}

/** Sends an event once more. @throws ControlRefused */
export async function resendEvent(gateway: Gateway, eventId: string): Promise<void> {
  await control(gateway, 'POST', `/events/${encodeURIComponent(eventId)}/resend`, {});
}

/** Lets something happen outside of any checkout, by a control of the gateway. @throws ControlRefused */
export async function letHappen(gateway: Gateway, path: string, body: object): Promise<void> {
  await control(gateway, 'POST', path, body);
}

async function control(
  gateway: Gateway,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await fetch(`/sandbox/${gateway}/_sandbox${path}`, {
    method,
    signal: signal ?? null,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new ControlRefused(textOf(recordOf(recordOf(answer)['error'])['message']) ?? `HTTP ${String(response.status)}`);
}

function stateFrom(answer: unknown): SimulatorState {
  const state = recordOf(answer);
  return {
    events: listOf(state['recent_events']).map(eventFrom),
    faults: listOf(state['faults']).flatMap(faultFrom),
    held: numberOf(state['held_deliveries']),
  };
}

function eventFrom(value: unknown): SimulatorEvent {
  const event = recordOf(value);
  return {
    id: textOf(event['id']) ?? '',
    type: textOf(event['type']) ?? '',
    created: new Date(numberOf(event['created']) * 1_000),
    object: textOf(event['object']),
    deliveries: listOf(event['deliveries']).map(deliveryFrom),
  };
}

function deliveryFrom(value: unknown): SimulatorDelivery {
  const delivery = recordOf(value);
  const statuses = ['pending', 'held', 'dropped', 'delivered', 'failed'] as const;
  return {
    id: textOf(delivery['id']) ?? '',
    status: statuses.find((status) => status === delivery['status']) ?? 'pending',
    attempts: listOf(delivery['attempts']).length,
  };
}

/** A fault of a kind these pages do not know is left out. */
function faultFrom(value: unknown): SimulatorFault[] {
  const fault = recordOf(value);
  const match = recordOf(fault['match']);
  const kind = [...webhookFaults, ...requestFaults].find((known) => known === fault['kind']);
  if (kind === undefined) return [];
  return [
    {
      id: textOf(fault['id']) ?? '',
      kind,
      types: listOf(match['types']).flatMap((type) => textOf(type) ?? []),
      method: textOf(match['method']),
      path: textOf(match['path']),
      timesLeft: numberOf(fault['timesLeft']),
    },
  ];
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
