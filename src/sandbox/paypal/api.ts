import type { IncomingHttpHeaders } from 'node:http';
import { sandboxTime } from '../controls/simulator-kinds.ts';
import type { ObjectStore } from '../journal/object-store.ts';
import { headerOf, type HttpReply } from '../serving/http-exchange.ts';
import { findRoute } from '../serving/match-path.ts';
import type { Answer, Call, Route } from './call.ts';
import { invalid, PayPalError } from './errors.ts';
import { newDebugId } from './ids.ts';
import { mockedError } from './negative-testing.ts';
import { grantToken, isTokenInForce } from './oauth.ts';
import type { Kinds, PayPalWriter } from './objects.ts';
import { passTime } from './pass-time.ts';
import { routes } from './router.ts';

export type ApiRequest = {
  method: string;
  pathname: string;
  query: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Where this PayPal answers, without a slash at the end. */
  base: string;
};

/** The PayPal-Request-Ids that are being carried out right now. */
export type UnderWay = Set<string>;

const requestIdMax = 108;

/**
 * Carries out one API request and returns the reply once its effects are on disk. Never throws for anything that a
 * client can send.
 */
export async function answerApiRequest(
  store: ObjectStore<Kinds>,
  request: ApiRequest,
  underWay: UnderWay,
  delay: () => Promise<void>,
): Promise<HttpReply> {
  const debugId = newDebugId();
  if (request.method === 'POST' && request.pathname === '/v1/oauth2/token') {
    const form = new URLSearchParams(request.body);
    await delay();
    return await carryOut(store, debugId, (writer) =>
      grantToken(writer, headerOf(request.headers, 'authorization'), form),
    );
  }
  if (!isTokenInForce(store, headerOf(request.headers, 'authorization'))) {
    const body = { error: 'invalid_token', error_description: 'Token signature verification failed' };
    return replyOf({ status: 401, body }, debugId);
  }
  const key = `${request.method} ${request.pathname} ${headerOf(request.headers, 'paypal-request-id') ?? ''}`;
  const isHeld = headerOf(request.headers, 'paypal-request-id') !== undefined;
  if (isHeld && underWay.has(key)) {
    const conflict = new PayPalError('RESOURCE_CONFLICT', [{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }]);
    return replyOf(answerOf(conflict, debugId), debugId);
  }
  if (isHeld) underWay.add(key);
  try {
    await delay();
    return await carryOut(store, debugId, (writer) => handle(writer, request, key));
  } finally {
    if (isHeld) underWay.delete(key);
  }
}

/** Runs the work as a whole; a refusal leaves nothing behind. */
async function carryOut(
  store: ObjectStore<Kinds>,
  debugId: string,
  work: (writer: PayPalWriter) => Answer,
): Promise<HttpReply> {
  try {
    const { result, durable } = store.transact(work);
    await durable;
    return replyOf(result, debugId);
  } catch (error) {
    return replyOf(answerOf(error, debugId), debugId);
  }
}

function handle(writer: PayPalWriter, request: ApiRequest, key: string): Answer {
  const found = findRoute(routes, request.method, request.pathname);
  if (!found) throw new PayPalError('RESOURCE_NOT_FOUND');
  const mocked = mockedError(headerOf(request.headers, 'paypal-mock-response'));
  if (mocked) throw mocked;
  passTime(writer, request.base);
  const call: Call = {
    writer,
    rawBody: request.body,
    json: jsonOf(request),
    query: new URLSearchParams(request.query),
    path: found.path,
    now: sandboxTime(writer),
    base: request.base,
    prefers: /(^|[\s,;])return=representation\b/.test(headerOf(request.headers, 'prefer') ?? '')
      ? 'representation'
      : 'minimal',
    requestId: requestIdOf(request.headers),
  };
  return replayed(call, found.route, key) ?? remembered(call, found.route, key);
}

/** The answer of a request that was carried out before: how things stand now, with 200. */
function replayed(call: Call, route: Route, key: string): Answer | undefined {
  if (!route.replay || call.requestId === null) return undefined;
  const known = call.writer.get('request_id', key);
  return known && known.until > Date.now() ? route.replay.again(call, known.id) : undefined;
}

function remembered(call: Call, route: Route, key: string): Answer {
  const answer = route.handle(call);
  if (route.replay && call.requestId !== null && answer.madeId !== undefined) {
    call.writer.put('request_id', key, { id: answer.madeId, until: Date.now() + route.replay.lifetimeMs });
  }
  return answer;
}

function requestIdOf(headers: IncomingHttpHeaders): string | null {
  const id = headerOf(headers, 'paypal-request-id');
  if (id === undefined) return null;
  if (id.length === 0 || id.length > requestIdMax) {
    throw new PayPalError('INVALID_REQUEST', [
      { field: 'PayPal-Request-Id', location: 'header', issue: 'INVALID_STRING_LENGTH' },
    ]);
  }
  return id;
}

function jsonOf(request: ApiRequest): unknown {
  if (request.body === '' || request.method === 'GET') return undefined;
  if (headerOf(request.headers, 'content-type')?.startsWith('application/json') !== true) {
    throw new PayPalError('UNSUPPORTED_MEDIA_TYPE');
  }
  try {
    const parsed: unknown = JSON.parse(request.body);
    return parsed;
  } catch {
    throw invalid('MALFORMED_REQUEST_JSON', '/');
  }
}

function answerOf(error: unknown, debugId: string): Answer {
  const known = error instanceof PayPalError ? error : new PayPalError('INTERNAL_SERVER_ERROR');
  const issue = known.body.details?.[0]?.issue;
  const link = {
    href: `https://developer.paypal.com/api/rest/reference/orders/v2/errors/${issue === undefined ? '' : `#${issue}`}`,
    rel: 'information_link',
    method: 'GET',
  };
  return {
    status: known.status,
    body: { ...known.body, debug_id: debugId, links: [link, ...known.links] },
  };
}

function replyOf(answer: Answer, debugId: string): HttpReply {
  const headers = { 'Paypal-Debug-Id': debugId, 'Cache-Control': 'max-age=0, no-cache, no-store, must-revalidate' };
  if (answer.body === null) return { status: answer.status, headers, body: '' };
  return {
    status: answer.status,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(answer.body),
  };
}
