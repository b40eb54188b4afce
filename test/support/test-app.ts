import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createApp } from '#server/app.ts';
import type { App } from '#server/flows/app.ts';
import { createApiKey } from '#server/flows/account/create-api-key.ts';
import { createServer } from '#server/http/server.ts';
import { system } from '#server/modules/team/index.ts';
import { createClock } from '#server/platform/clock/index.ts';
import { type Environment, loadConfig } from '#server/platform/config/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { seedCatalog, seedSeller } from '#server/seed/sample-catalog.ts';
import { platformKeyScopes } from '#shared/contract/access.ts';
import { startTestSandbox, type TestSandbox, until } from '#test/sandbox/test-sandbox.ts';
import { startTestPayPal, type TestPayPal } from './test-paypal.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { type Caller, type TestClient, testClient } from './test-client.ts';

/**
 * The whole app on a database of its own, with a seller (in Dublin), the sample packages and payment options, and a
 * Stripe and a PayPal that exist in this process alone. Nothing works on jobs by itself: `drain` does.
 */
export type TestApp = TestClient & {
  readonly app: App;
  readonly server: FastifyInstance;
  readonly database: TestDatabase;
  readonly stripe: TestSandbox;
  readonly paypal: TestPayPal;
  /** The secret webhooks to this app are signed with. */
  readonly webhookSecret: string;
  /** The key of the product that is billed for: it may do everything a platform key may. */
  readonly platform: Caller;
  /** What the app has logged as an error, as JSON lines. */
  readonly errors: readonly string[];
  /** Does everything that is due now, and every job that is ready. */
  drain(): Promise<void>;
  /** Moves the clock of app and sandbox forward; everything due on the way happens at its time. */
  advanceTo(instant: Date): Promise<void>;
  advance(seconds: number): Promise<void>;
  /** Waits, at most ten seconds, until something holds. */
  eventually(what: string, holds: () => Promise<boolean>): Promise<void>;
  /** Works on jobs, and on what falls due, as an installation does by itself from now on. */
  startWorking(): Promise<void>;
  /** Listens on a free port, and has the sandbox send its webhooks there. Answers the address. */
  listen(): Promise<string>;
  /** Belongs into `after`. */
  close(): Promise<void>;
};

export type TestAppOptions = {
  readonly environment?: Environment;
  /** The instant at which the clock starts; now when left away. */
  readonly at?: Date;
  /** The folder of the built pages; none are served when left away. */
  readonly webDirectory?: string;
};

const secret = 'a secret of 32 characters or more, for tests';
const webhookSecret = 'whsec_of_the_app_under_test';

/** Starts the app; some tenths of a second. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const [database, stripe, paypal] = await Promise.all([createTestDatabase(), startTestSandbox(), startTestPayPal()]);
  const directory = temporaryDirectory();
  const offsetMs = options.at === undefined ? 0 : options.at.getTime() - Date.now();
  const errors: string[] = [];
  const tellClock = async (offset: number) => {
    await stripe.control('POST', 'clock', { offset_ms: offset });
    await paypal.control('POST', 'clock', { offset_ms: offset });
  };
  await tellClock(offsetMs);
  let publicUrl = 'http://purser.example';
  const running = await createApp({
    config: loadConfig({ PURSER_DATA_DIR: directory.path, ...options.environment }, { inContainer: false }),
    log: createLog('error', { write: (line) => void errors.push(line) }),
    connections: database.connections,
    secret,
    publicUrl: () => publicUrl,
    stripe: {
      publishableKey: stripe.sandbox.publishableKey,
      secretKey: stripe.sandbox.secretKey,
      webhookSecret,
      apiUrl: new URL(stripe.sandbox.url),
    },
    paypal: paypal.connection,
    clock: createClock(offsetMs),
    tellClock,
  });
  const { app } = running;
  // What is sold, and by whom, belongs to no account.
  await inTransaction(app, 'system', async (tx) => {
    await seedSeller(tx, app);
    await seedCatalog(tx, app);
  });
  const server = await createServer(app, {
    webDirectory: options.webDirectory ?? path.join(directory.path, 'web'),
    stripeSandboxUrl: stripe.sandbox.url,
    paypalSandboxUrl: paypal.sandbox.url,
  });
  const platform = { headers: { authorization: `Bearer ${await platformKey(app)}` } };
  const client = testClient(server, { platform, publicUrl: () => publicUrl, errors });
  return {
    ...client,
    app,
    server,
    database,
    stripe,
    paypal,
    webhookSecret,
    errors,
    platform,
    drain: () => app.timetable.runDue(),
    async advanceTo(instant) {
      await client.ok('moveSandboxClock', { body: { advance_to: instant.toISOString() } });
    },
    async advance(seconds) {
      await client.ok('moveSandboxClock', { body: { advance_seconds: seconds } });
    },
    eventually: until,
    startWorking: () => running.startWorking(),
    async listen() {
      publicUrl = await server.listen({ port: 0, host: '127.0.0.1' });
      const url = `${publicUrl}/v1/billing/webhooks/stripe/`;
      await stripe.control('POST', 'webhook_endpoints', { url, secret: webhookSecret });
      await paypal.control('POST', 'webhooks', { url: `${publicUrl}/v1/billing/webhooks/paypal/` });
      return publicUrl;
    },
    async close() {
      await server.close();
      await running.close();
      await stripe.close();
      await paypal.close();
      await database.drop();
      directory[Symbol.dispose]();
    },
  };
}

async function platformKey(app: App): Promise<string> {
  const { key } = await createApiKey(app, system, {
    for: 'platform',
    name: 'The product',
    scopes: [...platformKeyScopes],
    idempotencyKey: 'the product',
    bodyHash: Buffer.alloc(32),
    requestId: undefined,
  });
  if (key === null) throw new Error('The key was made before.');
  return key;
}
