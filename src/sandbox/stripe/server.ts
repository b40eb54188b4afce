import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerControl } from '../controls/control-request.ts';
import type { Fault } from '../controls/faults.ts';
import { strikingFaults } from '../controls/request-faults.ts';
import { settingsOf } from '../controls/simulator-kinds.ts';
import { type DeliveryQueue, startDeliveryQueue } from '../deliveries/delivery-queue.ts';
import { type ObjectStore, openObjectStore } from '../journal/object-store.ts';
import { type HttpReply, readBody, sendReply, targetOf } from '../serving/http-exchange.ts';
import { startLoopbackServer } from '../serving/loopback-server.ts';
import { answerApiRequest, type ApiRequest, type UnderWay } from './api.ts';
import { sandboxPublishableKey, sandboxSecretKey } from './api-keys.ts';
import { controls } from './controls.ts';
import { crossOriginHeaders } from './cross-origin.ts';
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
  const server = await startLoopbackServer({
    port: options.port,
    open: () => openSandbox(options.directory, log),
    answer,
    log,
  });
  const { store, queue } = server.running;
  queue.wake();
  return {
    port: server.port,
    url: server.url,
    secretKey: sandboxSecretKey,
    publishableKey: sandboxPublishableKey,
    async close() {
      await server.close();
      await queue.close();
      await store.close();
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

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, query } = targetOf(request);
  if (pathname.startsWith('/_sandbox/')) {
    const reply = await answerControl(running.store, controls, request, pathname);
    running.queue.wake();
    sendReply(response, reply);
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
