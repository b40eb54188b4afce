import type { OutgoingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { App } from '#server/flows/app.ts';
import { accountRoutes } from './account/index.ts';
import { hasKnownKey } from './actor.ts';
import { adjustCreditsRoute } from './admin/adjust-credits.route.ts';
import { creditCostRoutes } from './admin/credit-cost-routes.ts';
import { gatewayEventRoutes } from './admin/gateway-event-routes.ts';
import { getAccountCreditsRoute } from './admin/get-account-credits.route.ts';
import { paymentOptionRoutes } from './admin/payment-option-routes.ts';
import { paymentRoutes } from './admin/payment-routes.ts';
import { platformKeyRoutes } from './admin/platform-key-routes.ts';
import { refundRoutes } from './admin/refund-routes.ts';
import { authRateLimits, authRoutes, type RateLimit } from './auth/index.ts';
import { billingRoutes } from './billing/index.ts';
import { creditsRoutes } from './credits/index.ts';
import { docsPages } from './docs-pages.ts';
import { type EndpointOptions, registerEndpoints } from './endpoints.ts';
import { healthPages } from './health-pages.ts';
import { sendProblem } from './problem.ts';
import { attachmentDownload } from './sandbox/attachment-download.ts';
import { clockRoutes } from './sandbox/clock-routes.ts';
import { mailboxRoutes } from './sandbox/mailbox-routes.ts';
import { simulatorProxy } from './sandbox/simulator-proxy.ts';
import { webPages } from './web-pages.ts';
import { gatewayWebhooks } from './webhooks/gateway-webhooks.ts';

/** A JSON body is at most this large. */
const bodyBytesMax = 262_144;

/** A delivery of usage events is: a thousand of them with everything they may say in ordinary lengths. */
const eventsBytesMax = 4_194_304;

/** What the server needs beyond the app. */
export type ServerOptions = {
  /** The folder of the built pages. */
  readonly webDirectory: string;
  /** Where the Stripe simulator listens; null with real keys. */
  readonly stripeSandboxUrl: string | null;
  /** Where the PayPal simulator listens; null with real keys. */
  readonly paypalSandboxUrl: string | null;
};

/** The HTTP server: API, pages, documentation, webhooks, and in sandbox mode the way to the simulators. */
export async function createServer(app: App, options: ServerOptions): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = app.log;
  const server = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => app.ids.next(),
    trustProxy: [...app.config.trustedProxies],
    bodyLimit: bodyBytesMax,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 300 },
    // An address that cannot be read is told like any other mistake; no hook runs for it.
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id);
      void sendProblem(error, request, reply);
    },
  });
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  server.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  // Nothing in these lines can be secret, and looking for secrets would cost more than writing them.
  const requestLog = app.log.child({}, { redact: [] });
  server.addHook('onResponse', async (request, reply) => {
    const line = { method: request.method, url: request.routeOptions.url, status: reply.statusCode };
    requestLog.info({ reqId: request.id, ...line, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  await server.register(fastifyHelmet, { global: false, ...securityHeaders(app) });
  addSecurityHeaders(server);
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, commonRateLimit(app));
  acceptEmptyJson(server);
  registerEndpoints(
    server,
    app,
    [
      ...authRoutes,
      ...accountRoutes,
      ...billingRoutes,
      ...creditsRoutes,
      ...platformKeyRoutes,
      ...paymentRoutes,
      ...paymentOptionRoutes,
      ...refundRoutes,
      ...gatewayEventRoutes,
      ...creditCostRoutes,
      adjustCreditsRoute,
      getAccountCreditsRoute,
    ],
    { ...endpointLimits(app), recordUsageEvents: { bodyLimit: eventsBytesMax } },
  );
  await gatewayWebhooks(server, app);
  healthPages(server, app);
  docsPages(server);
  if (app.config.sandbox) {
    registerEndpoints(server, app, [...clockRoutes, ...mailboxRoutes], {});
    attachmentDownload(server, app);
    await simulatorProxy(server, app, 'stripe', options.stripeSandboxUrl);
    await simulatorProxy(server, app, 'paypal', options.paypalSandboxUrl);
  }
  await webPages(server, options.webDirectory);
  return server;
}

/** Sets the security headers of every answer. They are the same each time, so that they are worked out once. */
function addSecurityHeaders(server: FastifyInstance): void {
  let known: OutgoingHttpHeaders | null = null;
  server.addHook('onRequest', (_request, reply, done) => {
    if (known === null) {
      const before = new Set(reply.raw.getHeaderNames());
      reply.helmet();
      known = Object.fromEntries(Object.entries(reply.raw.getHeaders()).filter(([name]) => !before.has(name)));
    } else {
      for (const [name, value] of Object.entries(known)) if (value !== undefined) reply.raw.setHeader(name, value);
    }
    done();
  });
}

/** What the script of a gateway asks of the browser. */
type ScriptSources = Readonly<Record<'scripts' | 'frames' | 'connections' | 'images', readonly string[]>>;

const stripeSources: ScriptSources = {
  scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connections: ['https://api.stripe.com'],
  images: [],
};

const payPalSources: ScriptSources = {
  scripts: ['https://*.paypal.com', 'https://*.paypalobjects.com'],
  frames: ['https://*.paypal.com'],
  connections: ['https://*.paypal.com'],
  images: ['https://*.paypal.com', 'https://*.paypalobjects.com'],
};

/** Strict by default; a gateway's own script, frames and API only with real keys of that gateway. */
function securityHeaders(app: App) {
  const gateways = app.config.sandbox
    ? []
    : [...(app.gateways.has('stripe') ? [stripeSources] : []), ...(app.gateways.has('paypal') ? [payPalSources] : [])];
  const from = (what: keyof ScriptSources) => gateways.flatMap((sources) => sources[what]);
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...from('scripts')],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // Proofs of transfers are shown from memory: nothing but a picture can come of what a stranger has sent.
        imgSrc: ["'self'", 'data:', 'blob:', ...from('images')],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...from('connections')],
        frameSrc: ["'self'", ...from('frames')],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // PayPal's window tells the page that opened it how it went; pages of others still get no hold of ours.
    crossOriginOpenerPolicy: {
      policy: gateways.includes(payPalSources) ? ('same-origin-allow-popups' as const) : ('same-origin' as const),
    },
    // Over plain HTTP, as on a first try at home, this header would lock the browser out later.
    hsts: app.publicUrl().startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' as const },
  };
}

/**
 * Six hundred requests a minute for each address; the sandbox is for load tests too. The product's own server spends
 * credits at every operation from one address: whoever has shown a key in force is let pass, and a crowd is shed where it
 * queues.
 */
function commonRateLimit(app: App) {
  return {
    global: true,
    max: app.config.sandbox ? 100_000 : 600,
    timeWindow: '1 minute',
    enableDraftSpec: true,
    keyGenerator: (request: FastifyRequest) => request.ip,
    allowList: (request: FastifyRequest) => hasKnownKey(app, request),
  };
}

function endpointLimits(app: App): EndpointOptions {
  const limits = Object.entries(authRateLimits(app.config.sandbox));
  return {
    ...Object.fromEntries(limits.map(([name, limit]) => [name, { config: { rateLimit: rateLimitOf(limit) } }])),
    // A file is read whole before anybody is asked who sends it.
    uploadProof: { config: { rateLimit: { max: app.config.sandbox ? 100_000 : 30, timeWindow: '1 minute' } } },
  };
}

function rateLimitOf(limit: RateLimit) {
  return {
    max: limit.max,
    timeWindow: limit.windowMs,
    hook: 'preHandler' as const,
    keyGenerator: (request: FastifyRequest) =>
      limit.per === 'client' ? request.ip : `${request.ip} ${emailIn(request.body)}`,
  };
}

function emailIn(body: unknown): string {
  const email: unknown = body !== null && typeof body === 'object' && 'email' in body ? body.email : '';
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : '';
}

/** A request that says JSON and has no body has an empty one: DELETE and POST without members. */
function acceptEmptyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  // Plain text is what a form of another site can send without asking; nothing here takes it.
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}
