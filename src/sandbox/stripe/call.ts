import type { StripeWriter } from './objects.ts';
import type { Params } from './params.ts';

/** One API request being carried out. Everything a handler may know or touch is in here. */
export type Call = {
  writer: StripeWriter;
  params: Params;
  /** The `:name` parts of the path. */
  path: Record<string, string>;
  keyKind: 'secret' | 'publishable';
  /** The Stripe-Version asked for; undefined when the request names none, as the command line tool does. */
  version: string | undefined;
  /** Sandbox time in whole seconds. */
  now: number;
  request: { id: string; idempotencyKey: string | null };
};

export type Answer = { status: number; body: object };

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Routes that a browser may call with a publishable key. */
  publishable?: true;
  handle: (call: Call) => Answer;
};

export function ok(body: object): Answer {
  return { status: 200, body };
}

/** Versions from this one on refuse `payment_method_types` on intents. */
const paymentMethodTypesRefusedFrom = '2026-09-30';
/** Versions from this one on offer the methods of the dashboard without being asked. */
const automaticByDefaultFrom = '2023-08-16';

/** A request without a version is treated as that of an old account, which accepts the old parameter. */
export function refusesPaymentMethodTypes(call: Call): boolean {
  return call.version !== undefined && call.version.slice(0, 10) >= paymentMethodTypesRefusedFrom;
}

export function usesAutomaticMethods(call: Call): boolean {
  return call.version !== undefined && call.version.slice(0, 10) >= automaticByDefaultFrom;
}
