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
import { approveAsBuyer } from './act-as-buyer.ts';
import { answerApiRequest, type UnderWay } from './api.ts';
import { checkoutAt, hostedPage } from './checkout-page.ts';
import { controlsAt } from './controls.ts';
import { sandboxClientId, sandboxClientSecret, sandboxWebhookId } from './credentials.ts';
import { errorNameOf, PayPalError } from './errors.ts';
import { newDebugId } from './ids.ts';
import { type Kinds, kinds } from './objects.ts';
import { hostedPageScript, payPalScript } from './paypal-script.ts';
import { authorityOf, outsideRequest, signerOf } from './signer.ts';
import { composeWebhook } from './webhooks.ts';

const webhookTimeoutMs = 10_000;
/** How long the outcome of a delivery is remembered, in wall time. */
const deliveryLifetimeMs = 30 * 86_400_000;

export type PayPalSandbox = {
  port: number;
  /** Where the API answers, without a slash at the end. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** The id of the webhook that is registered with the control `webhooks`; part of what is signed. */
  webhookId: string;
  /** The certificate, as PEM, of the authority behind the signatures of webhooks. */
  certificateAuthority: string;
  /** Approves an order as a buyer does, whose e-mail address decides how the account behaves. */
  approveOrder(orderId: string, buyer?: string): Promise<void>;
  /** Approves the saving of an account as its owner does. */
  approveSetupToken(tokenId: string, buyer?: string): Promise<void>;
  /** Stops answering and sending; resolves when everything is on disk. */
  close(): Promise<void>;
};

type Running = {
  base: string;
  store: ObjectStore<Kinds>;
  queue: DeliveryQueue;
  underWay: UnderWay;
  log: (line: string) => void;
};

/**
 * Starts a PayPal that exists on this machine only. It keeps its state in `directory`, listens on loopback, port 0 being
 * any free one, and goes on with the webhooks that an earlier run left undelivered. Rejects when the port is taken or
 * the journal is damaged.
 */
export async function startPayPalSandbox(options: {
  port: number;
  directory: string;
  log?: (line: string) => void;
}): Promise<PayPalSandbox> {
  const log = options.log ?? (() => undefined);
  const server = await startLoopbackServer({
    port: options.port,
    open: (base) => openSandbox(options.directory, base, log),
    answer,
    log,
  });
  const { store, queue } = server.running;
  queue.wake();
  return {
    port: server.port,
    url: server.url,
    clientId: sandboxClientId,
    clientSecret: sandboxClientSecret,
    webhookId: sandboxWebhookId,
    get certificateAuthority() {
      return outsideRequest(store, authorityOf).certificate;
    },
    approveOrder: (orderId, buyer) => approveAsBuyer(server.url, 'orders', orderId, buyer),
    approveSetupToken: (tokenId, buyer) => approveAsBuyer(server.url, 'setup-tokens', tokenId, buyer),
    async close() {
      await server.close();
      await queue.close();
      await store.close();
    },
  };
}

async function openSandbox(directory: string, base: string, log: (line: string) => void): Promise<Running> {
  const store = await openObjectStore<Kinds>({ directory, name: 'paypal', kinds, keep });
  const queue = startDeliveryQueue({
    pending: () => store.all('delivery').filter((delivery) => delivery.status === 'pending'),
    save: (delivery) => store.transact((writer) => writer.put('delivery', delivery.id, delivery)).durable,
    compose: (delivery) => composeWebhook(store, delivery, base),
    retryDelays: () => settingsOf(store).retryDelaysMs,
    timeoutMs: webhookTimeoutMs,
    log,
  });
  return { base, store, queue, underWay: new Set(), log };
}

function keep(kind: keyof Kinds, value: Kinds[keyof Kinds]): boolean {
  if (kind === 'access_token' && 'expiresAt' in value) return value.expiresAt > Date.now();
  if (kind === 'request_id' && 'until' in value) return value.until > Date.now();
  if (kind === 'delivery' && 'created_at' in value) {
    const isOpen = value.status === 'pending' || value.status === 'held';
    return isOpen || Date.now() - value.created_at < deliveryLifetimeMs;
  }
  return true;
}

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, query } = targetOf(request);
  if (pathname.startsWith('/_sandbox/') || pathname.startsWith('/checkout/')) {
    const known = [...controlsAt(running.base), ...checkoutAt(running.base)];
    const reply = await answerControl(running.store, known, request, pathname);
    running.queue.wake();
    sendReply(response, reply);
    return;
  }
  if (pathname.startsWith('/v1/notifications/certs/') && request.method === 'GET') {
    sendReply(response, certificateReply(running.store, pathname));
    return;
  }
  const page = request.method === 'GET' ? pages[pathname] : undefined;
  if (page) {
    const headers = { 'Content-Type': `text/${page.type}; charset=utf-8`, 'Cache-Control': 'no-cache' };
    sendReply(response, { status: 200, headers, body: page.body() });
    return;
  }
  await answerApi(running, request, response, pathname, query);
}

/** What a browser is served. */
const pages: Readonly<Record<string, { type: 'html' | 'javascript'; body: () => string }>> = {
  '/sdk/js': { type: 'javascript', body: payPalScript },
  '/sdk/hosted-page.js': { type: 'javascript', body: hostedPageScript },
  '/checkoutnow': { type: 'html', body: () => hostedPage },
  '/agreements/approve': { type: 'html', body: () => hostedPage },
};

/** The chain behind a signature: the signer's certificate, then its authority's. Anybody may read it. */
function certificateReply(store: ObjectStore<Kinds>, pathname: string): HttpReply {
  const [signer, authority] = outsideRequest(store, (writer) => [signerOf(writer), authorityOf(writer)]);
  if (pathname !== `/v1/notifications/certs/${signer.id}`) return errorReply(404);
  const headers = { 'Content-Type': 'application/x-pem-file' };
  return { status: 200, headers, body: `${signer.certificate}${authority.certificate}` };
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
    sendReply(response, errorReply(413));
    return;
  }
  const faults = await strikingFaults(running.store, method, pathname);
  const failure = faults.find((fault) => fault.kind === 'fail_request');
  if (failure) {
    sendReply(response, errorReply(failure.status, failure));
    return;
  }
  const slow = faults.find((fault) => fault.kind === 'slow_request');
  const delay = async (): Promise<void> => {
    if (slow) await wait(slow.ms, undefined, { ref: false });
  };
  const apiRequest = { method, pathname, query, headers: request.headers, body, base: running.base };
  const reply = await answerApiRequest(running.store, apiRequest, running.underWay, delay);
  running.queue.wake();
  running.log(`${method} ${pathname} ${reply.status} ${reply.headers['Paypal-Debug-Id'] ?? ''}`);
  if (faults.some((fault) => fault.kind === 'timeout_after_effect')) {
    // Everything has happened, and the client is left to find out.
    response.destroy();
    return;
  }
  sendReply(response, reply);
}

function errorReply(status: number, fault?: Fault): HttpReply {
  const issue = fault?.code ?? undefined;
  const { body } = new PayPalError(errorNameOf(status), issue === undefined ? [] : [{ issue }]);
  const debugId = newDebugId();
  const headers = { 'Content-Type': 'application/json', 'Paypal-Debug-Id': debugId };
  return { status, headers, body: JSON.stringify({ ...body, debug_id: debugId, links: [] }) };
}
