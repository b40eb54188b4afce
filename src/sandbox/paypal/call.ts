import type { PayPalWriter } from './objects.ts';

/** What every change needs: where to write, what time it is, and where links lead. */
export type Change = {
  writer: PayPalWriter;
  /** Sandbox time in milliseconds. */
  now: number;
  /** Where this PayPal answers, without a slash at the end. */
  base: string;
};

/** One API request being carried out. Everything a handler may know or touch is in here. */
export type Call = Change & {
  rawBody: string;
  /** The parsed body; undefined when there was none. */
  json: unknown;
  query: URLSearchParams;
  /** The `:name` parts of the path. */
  path: Record<string, string>;
  /** What `Prefer` asks for; PayPal's default is minimal. */
  prefers: 'minimal' | 'representation';
  requestId: string | null;
};

/** A status and a body; null is no body. `madeId` is what a replay of the request is to show again. */
export type Answer = { status: number; body: object | null; madeId?: string };

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  handle: (call: Call) => Answer;
  /** How long a PayPal-Request-Id is kept, and what a second request with it is answered. */
  replay?: { lifetimeMs: number; again: (call: Call, madeId: string) => Answer };
};

export function ok(body: object): Answer {
  return { status: 200, body };
}
