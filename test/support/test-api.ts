import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createApp, type RunningApp, type StripeConnection } from '#server/app.ts';
import type { App } from '#server/flows/app.ts';
import { jobNames } from '#server/flows/job-queues.ts';
import { createServer } from '#server/http/server.ts';
import { createCreditPackage } from '#server/modules/catalog/index.ts';
import { createFirstSeller } from '#server/modules/invoices/index.ts';
import { type Environment, loadConfig } from '#server/platform/config/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { installJobs } from '#server/platform/jobs/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** One request to an endpoint of the contract. */
export type TestRequest = {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A session, as an earlier answer gave it. */
  readonly cookie?: string;
  /** An API key, sent as a bearer token. */
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer: status, parsed body, and the cookie a browser would send from now on. */
export type TestAnswer = {
  readonly status: number;
  // A test states what it expects of a body; a wrong guess fails there.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly cookie: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** The app and its HTTP server on a database of their own; nothing listens and nothing works on jobs. */
export type TestApi = {
  readonly app: App;
  readonly database: TestDatabase;
  readonly server: FastifyInstance;
  /** Calls an endpoint as our own pages do, or as a program when it has a key. */
  call(name: EndpointName, request?: TestRequest): Promise<TestAnswer>;
  /** Belongs into `after`. */
  close(): Promise<void>;
};

const publicUrl = 'http://localhost';

/**
 * Starts the API with a seller and a package that is priced in EUR, PKR and USD; with card payments when it is told how
 * to reach Stripe or its simulator.
 */
export async function startTestApi(
  environment: Environment = {},
  stripe: StripeConnection | null = null,
): Promise<TestApi> {
  const database = await createTestDatabase();
  await installJobs(database.connections.owner, jobNames);
  const directory = temporaryDirectory();
  const running = await createApp({
    config: loadConfig({ PURSER_DATA_DIR: directory.path, ...environment }, { inContainer: false }),
    log: createLog('silent'),
    connections: database.connections,
    secret: 'a secret of 32 characters or more, for tests',
    publicUrl: () => publicUrl,
    stripe,
    paypal: null,
  });
  await sell(running);
  const server = await createServer(running.app, {
    webDirectory: path.join(directory.path, 'web'),
    stripeSandboxUrl: null,
    paypalSandboxUrl: null,
  });
  return {
    app: running.app,
    database,
    server,
    call: (name, request = {}) => call(server, name, request),
    async close() {
      await server.close();
      await running.close();
      await database.drop();
      directory[Symbol.dispose]();
    },
  };
}

async function sell({ app }: RunningApp): Promise<void> {
  const seller = {
    id: app.ids.next(),
    name: 'Lighthouse',
    legalName: 'Lighthouse Inc.',
    line1: '1 Harbour Street',
    line2: null,
    city: 'Portland',
    state: 'OR',
    postalCode: '97201',
    country: 'US',
    taxId: null,
    email: 'billing@lighthouse.example',
    website: null,
    timeZone: 'America/Los_Angeles',
    invoiceTerms: 'Due on receipt.',
    invoiceFooter: 'Thank you.',
  };
  await inTransaction(app, 'system', async (tx) => {
    await createFirstSeller(tx, seller, app.clock.now());
    await createCreditPackage(tx, app, {
      name: 'Starter',
      slug: 'starter',
      description: '',
      credits: 500n,
      discountPercentage: 0,
      sortOrder: 1,
      isActive: true,
      isFeatured: false,
      pricesMinor: { USD: 9_00n, EUR: 9_00n, PKR: 2_500_00n },
    });
  });
}

async function call(server: FastifyInstance, name: EndpointName, request: TestRequest): Promise<TestAnswer> {
  const [method = '', pattern = ''] = routes[name].split(' ');
  const url = Object.entries(request.params ?? {}).reduce((at, [key, value]) => at.replace(`:${key}`, value), pattern);
  const answer = await server.inject({
    method: method as 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url,
    headers: {
      ...(request.key === undefined ? { origin: publicUrl } : { authorization: `Bearer ${request.key}` }),
      ...(request.cookie === undefined ? {} : { cookie: request.cookie }),
      ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { payload: request.body as object }),
  });
  const cookies = answer.cookies.filter(({ value }) => value !== '').map(({ name: key, value }) => `${key}=${value}`);
  return {
    status: answer.statusCode,
    body: answer.body === '' ? null : answer.json(),
    cookie: cookies.join('; '),
    headers: answer.headers,
  };
}
