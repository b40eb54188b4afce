import { randomUUID } from 'node:crypto';

const webhookFaultKinds = [
  'delay_webhooks',
  'duplicate_webhooks',
  'reorder_webhooks',
  'drop_webhooks',
  'hold_webhooks',
] as const;
const requestFaultKinds = ['fail_request', 'slow_request', 'timeout_after_effect'] as const;

type WebhookFaultKind = (typeof webhookFaultKinds)[number];
type RequestFaultKind = (typeof requestFaultKinds)[number];

/**
 * Something that is to go wrong, a limited number of times. Webhook faults match by event type (none named: all), request
 * faults by method and path prefix.
 */
export type Fault = {
  id: string;
  kind: WebhookFaultKind | RequestFaultKind;
  match: { types: string[]; method: string | null; path: string | null };
  timesLeft: number;
  /** Delay of a webhook or of an answer; the length of the window within which webhooks are put in reverse order. */
  ms: number;
  /** HTTP status and error code of `fail_request`. */
  status: number;
  code: string | null;
  /** Wall time at which the current window of `reorder_webhooks` ends, and how many are in it. */
  window: { endsAt: number; count: number } | null;
};

export class BadControl extends Error {
  override name = 'BadControl';
}

/** Reads the body of a fault control. Throws BadControl with a sentence when it cannot be used. */
export function faultFrom(body: Record<string, unknown>): Fault {
  const kind = [...webhookFaultKinds, ...requestFaultKinds].find((candidate) => candidate === body['kind']);
  if (!kind) throw new BadControl(`kind must be one of ${[...webhookFaultKinds, ...requestFaultKinds].join(', ')}`);
  const match = recordFrom(body['match'] ?? {}, 'match');
  const code = body['code'] ?? null;
  if (code !== null && typeof code !== 'string') throw new BadControl('code must be a string');
  return {
    id: randomUUID(),
    kind,
    match: {
      types: typesFrom(match['types'] ?? []),
      method: methodFrom(match['method'] ?? null),
      path: pathFrom(match['path'] ?? null),
    },
    timesLeft: integerFrom(body['times'] ?? 1, 'times', 1, 10_000),
    ms: integerFrom(body['ms'] ?? 500, 'ms', 0, 600_000),
    status: integerFrom(body['status'] ?? 500, 'status', 400, 599),
    code,
    window: null,
  };
}

/** An integer within bounds. Throws BadControl. */
export function integerFrom(value: unknown, name: string, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new BadControl(`${name} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

/** A JSON object. Throws BadControl. */
export function recordFrom(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadControl(`${name} must be an object`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** A list of short texts. Throws BadControl. */
export function typesFrom(value: unknown, name = 'match.types'): string[] {
  if (!Array.isArray(value) || value.length > 1_000) throw new BadControl(`${name} must be a list of at most 1000`);
  return value.map((entry: unknown) => {
    if (typeof entry !== 'string' || entry.length > 200) throw new BadControl(`${name} must hold texts`);
    return entry;
  });
}

function methodFrom(value: unknown): string | null {
  if (value === null || value === 'GET' || value === 'POST' || value === 'DELETE') return value;
  throw new BadControl('match.method must be GET, POST or DELETE');
}

function pathFrom(value: unknown): string | null {
  if (value === null || (typeof value === 'string' && value.startsWith('/') && value.length <= 200)) return value;
  throw new BadControl('match.path must be the beginning of a path');
}

/** Whether a webhook fault concerns a message of this type. */
export function concernsMessage(fault: Fault, type: string): boolean {
  if (!webhookFaultKinds.some((kind) => kind === fault.kind)) return false;
  return fault.match.types.length === 0 || fault.match.types.includes(type);
}

/** Whether a request fault concerns a request. */
export function concernsRequest(fault: Fault, method: string, path: string): boolean {
  if (!requestFaultKinds.some((kind) => kind === fault.kind)) return false;
  if (fault.match.method !== null && fault.match.method !== method) return false;
  return fault.match.path === null || path.startsWith(fault.match.path);
}

/** The fault after it has struck once more; undefined when it is used up. */
export function afterStriking(fault: Fault): Fault | undefined {
  return fault.timesLeft > 1 ? { ...fault, timesLeft: fault.timesLeft - 1 } : undefined;
}
