import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterStriking, BadControl, concernsRequest, type Fault } from '../controls/faults.ts';
import { type DeliveryQueue, startDeliveryQueue } from '../deliveries/delivery-queue.ts';
import { type ObjectStore, openObjectStore } from '../journal/object-store.ts';
import { answerApiRequest, type ApiRequest, type UnderWay } from './api.ts';
import { sandboxPublishableKey, sandboxSecretKey } from './api-keys.ts';
import { answerControl, settingsOf } from './controls.ts';
import { crossOriginHeaders, type HttpReply, readBody, sendReply } from './http-exchange.ts';
import { isExpired } from './idempotency.ts';
import { newId } from './ids.ts';
import { type Kinds, kinds } from './objects.ts';
import { prettyJson } from './pretty-json.ts';
import { stripeScript } from './stripe-script.ts';
import { composeWebhook } from './webhooks.ts';

const webhookTimeoutMs = 10_000;
/** How long the outcome of a delivery is remembered, in wall time. */
const deliveryLifetimeMs = 30 * 86_400_000;

export type StripeSandbox = {
  port: number;
  /** Where the API answers, without a slash at the end. */
  url: string;
  secretKey: string;
  publishableKey: string;
  /** Stops answering and sending; resolves when everything is on disk. */
  close(): Promise<void>;
};

type Running = { store: ObjectStore<Kinds>; queue: DeliveryQueue; underWay: UnderWay; log: (line: string) => void };

/**
 * Starts a Stripe that exists on this machine only. It keeps its state in `directory`, listens on loopback, port 0 being
 * any free one, and goes on with the webhooks that an earlier run left undelivered. Rejects when the port is taken or
 * the journal is damaged.
 */
export async function startStripeSandbox(options: {
  port: number;
  directory: string;
  log?: (line: string) => void;
}): Promise<StripeSandbox> {
  const log = options.log ?? (() => undefined);
  const started = Promise.withResolvers<Running>();
  const server = createServer((request, response) => {
    started.promise
      .then((running) => answer(running, request, response))
      .catch((error: unknown) => {
        log(`A request could not be answered: ${error instanceof Error ? error.message : String(error)}`);
        response.destroy();
      });
  });
  // The port comes first: whoever holds it may hold the journal too, and opening a journal rewrites it.
  await listen(server, options.port);
  const running = await openSandbox(options.directory, log).catch(async (error: unknown) => {
    await closeServer(server);
    throw error;
  });
  started.resolve(running);
  running.queue.wake();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    secretKey: sandboxSecretKey,
    publishableKey: sandboxPublishableKey,
    async close() {
      await closeServer(server);
      await running.queue.close();
      await running.store.close();
    },
  };
}

async function openSandbox(directory: string, log: (line: string) => void): Promise<Running> {
  const store = await openObjectStore<Kinds>({ directory, name: 'stripe', kinds, keep });
  const queue = startDeliveryQueue({
    pending: () => store.all('delivery').filter((delivery) => delivery.status === 'pending'),
    save: (delivery) => store.transact((writer) => writer.put('delivery', delivery.id, delivery)).durable,
    compose: (delivery) => composeWebhook(store, delivery),
    retryDelays: () => settingsOf(store).retryDelaysMs,
    timeoutMs: webhookTimeoutMs,
    log,
  });
  return { store, queue, underWay: new Set(), log };
}

function keep(kind: keyof Kinds, value: Kinds[keyof Kinds]): boolean {
  if (kind === 'idempotency' && 'storedAt' in value) return !isExpired(value);
  if (kind === 'delivery' && 'created_at' in value) {
    const isOpen = value.status === 'pending' || value.status === 'held';
    return isOpen || Date.now() - value.created_at < deliveryLifetimeMs;
  }
  return true;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, query } = targetOf(request);
  if (pathname.startsWith('/_sandbox/')) {
    sendReply(response, await controlReply(running, request, pathname));
    return;
  }
  if (request.method === 'OPTIONS') {
    sendReply(response, { status: 204, headers: crossOriginHeaders, body: '' });
    return;
  }
  if (pathname === '/stripe.js' && request.method === 'GET') {
    const headers = {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-cache',
      ...crossOriginHeaders,
    };
    sendReply(response, { status: 200, headers, body: stripeScript() });
    return;
  }
  await answerApi(running, request, response, pathname, query);
}

function targetOf(request: IncomingMessage): { pathname: string; query: string } {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  if (mark === -1) return { pathname: target, query: '' };
  return { pathname: target.slice(0, mark), query: target.slice(mark + 1) };
}

async function answerApi(
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  query: string,
): Promise<void> {
  const body = await readBody(request);
  const method = request.method ?? 'GET';
  if (body === undefined) {
    const error = { type: 'invalid_request_error', message: 'The request is larger than 1 MB.' };
    sendReply(response, { status: 413, headers: jsonHeaders(), body: prettyJson({ error }) });
    return;
  }
  const faults = await strikingFaults(running.store, method, pathname);
  const failure = faults.find((fault) => fault.kind === 'fail_request');
  if (failure) {
    sendReply(response, failureReply(failure));
    return;
  }
  const apiRequest: ApiRequest = { id: newId('req', 14), method, pathname, query, headers: request.headers, body };
  const slow = faults.find((fault) => fault.kind === 'slow_request');
  const delay = async (): Promise<void> => {
    if (slow) await wait(slow.ms, undefined, { ref: false });
  };
  const reply = await answerApiRequest(running.store, apiRequest, running.underWay, delay);
  running.queue.wake();
  running.log(`${method} ${pathname} ${reply.status} ${apiRequest.id}`);
  if (faults.some((fault) => fault.kind === 'timeout_after_effect')) {
    // Everything has happened, and the client is left to find out.
    response.destroy();
    return;
  }
  sendReply(response, { ...reply, headers: { ...reply.headers, ...crossOriginHeaders } });
}

/** The faults that strike this request; each is used up by one, for good. */
async function strikingFaults(store: ObjectStore<Kinds>, method: string, pathname: string): Promise<Fault[]> {
  const { result, durable } = store.transact((writer) => {
    const faults = writer.all('fault').filter((fault) => concernsRequest(fault, method, pathname));
    for (const fault of faults) {
      const left = afterStriking(fault);
      if (left) writer.put('fault', fault.id, left);
      else writer.remove('fault', fault.id);
    }
    return faults;
  });
  await durable;
  return result;
}

function failureReply(fault: Fault): HttpReply {
  const message = 'The sandbox was told to fail this request.';
  const error =
    fault.status >= 500
      ? { type: 'api_error', message }
      : fault.status === 402
        ? { type: 'card_error', code: fault.code ?? 'card_declined', message }
        : { type: 'invalid_request_error', code: fault.code ?? (fault.status === 429 ? 'rate_limit' : null), message };
  return { status: fault.status, headers: jsonHeaders(), body: prettyJson({ error }) };
}

function jsonHeaders(): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Request-Id': newId('req', 14), ...crossOriginHeaders };
}

/**
 * Controls answer no page of another origin: there are no CORS headers, a POST has to be JSON, which such a page cannot
 * send, and the host has to be this machine.
 */
async function controlReply(running: Running, request: IncomingMessage, pathname: string): Promise<HttpReply> {
  const headers = { 'Content-Type': 'application/json' };
  const body = await readBody(request);
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  // A page of any origin can send a POST without a body and without a type, but no JSON and no DELETE.
  const isDeliberate = isJson || request.method !== 'POST';
  if (!isLocal || !isDeliberate || body === undefined || request.headers.origin !== undefined) {
    const message = 'Controls take JSON of at most 1 MB, from this machine and not from a page.';
    return { status: 403, headers, body: prettyJson({ error: { message } }) };
  }
  try {
    const result = await answerControl(running.store, request.method ?? 'GET', pathname, body);
    running.queue.wake();
    if (result) return { status: 200, headers, body: prettyJson(result) };
    return { status: 404, headers, body: prettyJson({ error: { message: `There is no control ${pathname}` } }) };
  } catch (error) {
    if (!(error instanceof BadControl)) throw error;
    return { status: 400, headers, body: prettyJson({ error: { message: error.message } }) };
  }
}
