import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from '#server/app.ts';
import { createApiKey } from '#server/flows/account/create-api-key.ts';
import { system } from '#server/modules/team/index.ts';
import { loadConfig } from '#server/platform/config/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { seedCatalog, seedSeller } from '#server/seed/sample-catalog.ts';
import { platformKeyScopes } from '#shared/contract/access.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import { freePort } from './ports.ts';
import { type SpawnedProcess, spawnProgram } from './spawned-process.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { testServer } from './test-server.ts';
import { type TemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';

/**
 * An installation whose app, and whose Stripe and PayPal if wanted, are processes of their own, so that each can be killed and started again
 * at the same address, on the same database and the same journal.
 */
export type Installation = {
  readonly database: TestDatabase;
  /** Where the app is reached. */
  readonly url: string;
  readonly stripeUrl: string;
  readonly paypalUrl: string;
  /** Starts the app. Resolves when it listens. */
  startApp(environment?: Readonly<Record<string, string>>): Promise<SpawnedProcess>;
  startStripe(): Promise<SpawnedProcess>;
  startPayPal(): Promise<SpawnedProcess>;
  /** Calls an endpoint of the running app; rejects when it dies before it answers. */
  call(name: EndpointName, request: SpawnedRequest): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Ends what still runs. Belongs into `after`. */
  close(): Promise<void>;
};

export type SpawnedRequest = {
  /** The public id of the account to work in; none for what belongs to the platform. */
  readonly account?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly key?: string;
  /** Sent instead of the platform key. */
  readonly headers?: Readonly<Record<string, string>>;
};

const secret = 'a secret of 32 characters or more, for tests';

/** Prepares a database with sample packages and a platform key, free ports, and a folder; nothing runs yet. */
export async function createInstallation(): Promise<Installation> {
  const [database, port] = [await createTestDatabase(), await freePort()];
  const [stripePort, paypalPort] = [await freePort(), await freePort()];
  const directory: TemporaryDirectory = temporaryDirectory();
  const key = await seed(database, directory.path);
  const running: SpawnedProcess[] = [];
  const common = {
    PURSER_DATA_DIR: directory.path,
    SANDBOX_STRIPE_PORT: String(stripePort),
    SANDBOX_PAYPAL_PORT: String(paypalPort),
  };
  const appUrl = `http://127.0.0.1:${String(port)}`;
  return {
    database,
    url: appUrl,
    stripeUrl: `http://127.0.0.1:${String(stripePort)}`,
    paypalUrl: `http://127.0.0.1:${String(paypalPort)}`,
    async startApp(environment = {}) {
      const app = spawnProgram(
        'src/server/main.ts',
        {
          ...common,
          PORT: String(port),
          DATABASE_URL: testServer().url(database.name, 'postgres'),
          PURSER_SECRET: secret,
          LOG_LEVEL: 'warn',
          ...environment,
        },
        directory.path,
      );
      running.push(app);
      await app.says(/Purser runs at/);
      return app;
    },
    async startStripe() {
      const stripe = spawnProgram('src/sandbox/main.ts', common, directory.path);
      running.push(stripe);
      await stripe.says(/Stripe sandbox at/);
      return stripe;
    },
    async startPayPal() {
      const paypal = spawnProgram('src/sandbox/main.ts', common, directory.path, ['paypal']);
      running.push(paypal);
      await paypal.says(/PayPal sandbox at/);
      return paypal;
    },
    async call(name, request) {
      const [method = '', pattern = ''] = routes[name].split(' ');
      const path = Object.entries(request.params ?? {}).reduce(
        (url, [param, value]) => url.replace(`:${param}`, value),
        pattern,
      );
      const response = await fetch(`${appUrl}${path}`, {
        method,
        headers: {
          ...(request.headers ?? { authorization: `Bearer ${key}` }),
          ...(request.account === undefined ? {} : { 'purser-account': request.account }),
          ...(request.key === undefined ? {} : { 'idempotency-key': request.key }),
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: AbortSignal.timeout(60_000),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async close() {
      await Promise.all(running.map((process) => process.stop('SIGKILL')));
      await database.drop();
      directory[Symbol.dispose]();
    },
  };
}

/** Puts the sample packages on sale and makes the key the product uses. */
async function seed(database: TestDatabase, directory: string): Promise<string> {
  const { app, close } = await createApp({
    config: loadConfig({ PURSER_DATA_DIR: directory }, { inContainer: false }),
    log: createLog('silent'),
    connections: database.connections,
    secret,
    publicUrl: () => 'http://purser.example',
    stripe: null,
    paypal: null,
  });
  try {
    await inTransaction(app, 'system', async (tx) => {
      await seedSeller(tx, app);
      await seedCatalog(tx, app);
    });
    const { key } = await createApiKey(app, system, {
      for: 'platform',
      name: 'The product',
      scopes: [...platformKeyScopes],
      idempotencyKey: 'the-product',
      bodyHash: Buffer.alloc(32),
      requestId: undefined,
    });
    assert.ok(key !== null);
    return key;
  } finally {
    await close();
  }
}

/** Waits until something holds; fails with its description after a minute. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) assert.fail(`Not within a minute: ${what}`);
    await delay(50);
  }
}
