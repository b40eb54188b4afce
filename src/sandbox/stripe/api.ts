import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectStore } from '../journal/object-store.ts';
import { headerOf } from '../serving/http-exchange.ts';
import { findRoute } from '../serving/match-path.ts';
import { keyKindOf, secretKeyRequired } from './api-keys.ts';
import type { Answer, Call, Route } from './call.ts';
import { documentationOf, type ErrorBody, invalidParameter, StripeError } from './errors.ts';
import { expanded } from './expansion.ts';
import { decodeForm, type FormObject } from './form-decoding.ts';
import { fingerprintOf, replayOf } from './idempotency.ts';
import { apiVersion, type Kinds, type StripeWriter } from './objects.ts';
import { Params } from './params.ts';
import { prettyJson } from './pretty-json.ts';
import { settleDueRefunds } from './refunds.ts';
import { routes } from './router.ts';

export type ApiRequest = {
  id: string;
  method: string;
  pathname: string;
  query: string;
  headers: IncomingHttpHeaders;
  body: string;
};

export type ApiReply = { status: number; headers: Record<string, string>; body: string };

/** The requests whose idempotency key is being carried out right now. */
export type UnderWay = Set<string>;

/**
 * Carries out one API request and returns the reply once its effects are on disk. Never throws for anything that a
 * client can send.
 */
export async function answerApiRequest(
  store: ObjectStore<Kinds>,
  request: ApiRequest,
  underWay: UnderWay,
  delay: () => Promise<void>,
): Promise<ApiReply> {
  const idempotencyKey = headerOf(request.headers, 'idempotency-key');
  const holdsKey = idempotencyKey !== undefined && request.method === 'POST' && !underWay.has(idempotencyKey);
  const reply = startRequest(store, request, underWay, idempotencyKey);
  if (reply.kind === 'done') return reply.reply;
  if (holdsKey) underWay.add(idempotencyKey);
  try {
    await delay();
    return await carryOut(store, request, reply.start, idempotencyKey);
  } finally {
    if (holdsKey) underWay.delete(idempotencyKey);
  }
}

type Start = {
  found: { route: Route; path: Record<string, string> };
  form: FormObject;
  fingerprint: string;
  keyKind: Call['keyKind'];
  version: string | undefined;
};

/** Everything that can be said before anything is carried out: key, path, version, parameters, replay. */
function startRequest(
  store: ObjectStore<Kinds>,
  request: ApiRequest,
  underWay: UnderWay,
  idempotencyKey: string | undefined,
): { kind: 'done'; reply: ApiReply } | { kind: 'go'; start: Start } {
  try {
    const keyKind = keyKindOf(request.headers.authorization);
    const found = findRoute(routes, request.method, request.pathname);
    if (!found) throw unknownPath(request);
    if (keyKind === 'publishable' && !found.route.publishable) throw secretKeyRequired();
    const version = versionOf(request.headers);
    const form = formOf(request);
    const fingerprint = fingerprintOf(request.method, request.pathname, form);
    if (idempotencyKey !== undefined && request.method === 'POST') {
      const stored = replayOf(store, underWay, idempotencyKey, fingerprint);
      if (stored) {
        const headers = headersOf(request, idempotencyKey, stored.requestId);
        const reply = {
          status: stored.status,
          body: stored.body,
          headers: { ...headers, 'Idempotent-Replayed': 'true' },
        };
        return { kind: 'done', reply };
      }
    }
    return { kind: 'go', start: { found, form, fingerprint, keyKind, version } };
  } catch (error) {
    return { kind: 'done', reply: replyOf(request, answerOfError(error, request), idempotencyKey) };
  }
}

async function carryOut(
  store: ObjectStore<Kinds>,
  request: ApiRequest,
  start: Start,
  idempotencyKey: string | undefined,
): Promise<ApiReply> {
  try {
    const { result, durable } = store.transact((writer) => {
      const answer = handle(writer, request, start, idempotencyKey);
      const reply = replyOf(request, answer, idempotencyKey);
      remember(writer, request, start, reply, idempotencyKey);
      return reply;
    });
    await durable;
    return result;
  } catch (error) {
    const reply = replyOf(request, answerOfError(error, request), idempotencyKey);
    if (error instanceof StripeError && !error.beforeExecution) {
      // The refusal came while the request was carried out, so the same key gets the same refusal again.
      await store.transact((writer) => remember(writer, request, start, reply, idempotencyKey)).durable;
    }
    return reply;
  }
}

function handle(writer: StripeWriter, request: ApiRequest, start: Start, idempotencyKey: string | undefined): Answer {
  const params = new Params(start.form);
  const expand = params.words('expand') ?? [];
  const offsetMs = writer.get('settings', 'settings')?.clockOffsetMs ?? 0;
  const call: Call = {
    writer,
    params,
    path: start.found.path,
    keyKind: start.keyKind,
    version: start.version,
    now: Math.floor((Date.now() + offsetMs) / 1_000),
    request: { id: request.id, idempotencyKey: idempotencyKey ?? null },
  };
  settleDueRefunds(call);
  const answer = start.found.route.handle(call);
  if (answer.status !== 200) return { ...answer, body: withLinks(answer.body, request) };
  return { status: 200, body: expanded(writer, answer.body, expand) };
}

function remember(
  writer: StripeWriter,
  request: ApiRequest,
  start: Start,
  reply: ApiReply,
  idempotencyKey: string | undefined,
): void {
  if (idempotencyKey === undefined || request.method !== 'POST') return;
  writer.put('idempotency', idempotencyKey, {
    fingerprint: start.fingerprint,
    status: reply.status,
    body: reply.body,
    requestId: request.id,
    storedAt: Date.now(),
  });
}

function formOf(request: ApiRequest): FormObject {
  if (request.method !== 'POST') return decodeForm(request.query);
  const type = headerOf(request.headers, 'content-type');
  if (request.body !== '' && type !== undefined && !type.startsWith('application/x-www-form-urlencoded')) {
    throw invalidParameter(undefined, `The request body must be application/x-www-form-urlencoded, not ${type}.`);
  }
  return decodeForm([request.query, request.body].filter((part) => part !== '').join('&'));
}

function versionOf(headers: IncomingHttpHeaders): string | undefined {
  const version = headerOf(headers, 'stripe-version');
  if (version === undefined || /^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(version)) return version;
  throw invalidParameter(undefined, `Invalid Stripe API version: ${version}`);
}

function unknownPath(request: ApiRequest): StripeError {
  return new StripeError(
    404,
    {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${request.method}: ${request.pathname}). Please see https://stripe.com/docs.`,
    },
    { beforeExecution: true },
  );
}

function answerOfError(error: unknown, request: ApiRequest): Answer {
  if (error instanceof StripeError) {
    return { status: error.status, body: withLinks({ error: error.body }, request) };
  }
  const message = 'The sandbox failed to carry out this request.';
  const body: ErrorBody = { type: 'api_error', message: `${message} ${error instanceof Error ? error.message : ''}` };
  return { status: 500, body: { error: body } };
}

/** Adds the links that every error body carries. */
function withLinks(body: object, request: ApiRequest): object {
  if (!('error' in body) || typeof body.error !== 'object' || body.error === null) return body;
  const code = 'code' in body.error && typeof body.error.code === 'string' ? body.error.code : undefined;
  return {
    error: {
      ...body.error,
      ...(code === undefined ? {} : { doc_url: documentationOf(code) }),
      request_log_url: `https://dashboard.stripe.com/test/logs/${request.id}`,
    },
  };
}

function replyOf(request: ApiRequest, answer: Answer, idempotencyKey: string | undefined): ApiReply {
  return {
    status: answer.status,
    headers: headersOf(request, idempotencyKey, request.id),
    body: `${prettyJson(answer.body)}\n`,
  };
}

function headersOf(
  request: ApiRequest,
  idempotencyKey: string | undefined,
  originalRequest: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Request-Id': request.id,
    'Stripe-Version': headerOf(request.headers, 'stripe-version')?.replaceAll(/[^\w.-]/g, '') ?? apiVersion,
  };
  if (idempotencyKey === undefined || request.method !== 'POST') return headers;
  return { ...headers, 'Idempotency-Key': idempotencyKey.slice(0, 255), 'Original-Request': originalRequest };
}
