import { createServer as createNetServer } from 'node:net';
import { createApp, type RunningApp } from '../app.ts';
import { createServer } from '../http/server.ts';
import {
  type Config,
  ensureDataDirectory,
  type Environment,
  errorCode,
  loadConfig,
  loadSecret,
  readEnvironment,
  StartupProblem,
} from '../platform/config/index.ts';
import { claimDataDirectory } from '../platform/embedded-postgres/index.ts';
import { createLog } from '../platform/log/index.ts';
import { buildPages, pagesDirectory } from './build-pages.ts';
import { reachDatabase } from './open-database.ts';
import { prepareInstallation, seedIfUnused } from './seed-if-unused.ts';
import { type Simulators, startSimulators } from './start-simulators.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { welcome } from './welcome.ts';

/** Something to be closed when Purser stops, last opened first closed. */
type Closing = () => Promise<void> | void;

/**
 * Runs Purser until it is told to stop: the database, the simulators when there are no keys, the app, its worker and
 * the pages. @throws StartupProblem for what the operator can put right
 */
export async function runPurser(environment: Environment): Promise<void> {
  const closings: Closing[] = [];
  const stop = async () => {
    for (const close of closings.toReversed()) await close();
  };
  stopOnSignal(stop);
  try {
    await start(environment, closings);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function start(environment: Environment, closings: Closing[]): Promise<void> {
  const say = (line: string) => {
    console.log(`  ${line}`);
  };
  const config = loadConfig(readEnvironment(process.cwd(), environment));
  const log = createLog(config.logLevel);
  ensureDataDirectory(config.dataDirectory);
  const claim = await claimDataDirectory(config.dataDirectory);
  closings.push(() => claim.release());
  const port = await freePort(config);
  const publicUrl = config.publicUrl ?? `http://localhost:${String(port)}`;
  const secret = loadSecret(config).reveal();

  if (config.role !== 'worker') await buildPages(say);
  const database = await reachDatabase(config, say);
  closings.push(() => database.close());
  await prepareInstallation(config, database, say);
  const simulators = config.sandbox ? await startSimulators(config, secret) : null;
  if (simulators !== null) closings.push(() => simulators.close());
  const parts = {
    config,
    log,
    connections: database.connections,
    secret,
    publicUrl: () => publicUrl,
    stripe: simulators?.stripe ?? stripeKeys(config),
    paypal: simulators?.paypal ?? payPalKeys(config),
    ...(simulators === null ? {} : { tellClock: simulators.tellClock }),
  };
  await seedIfUnused(parts, simulators, config.databaseUrl === null, say);
  const running = await createApp(parts);
  closings.push(() => running.close());
  if (config.role !== 'worker') closings.push(await listen(running, config, port, simulators));
  if (simulators !== null) await simulators.tellClock(running.app.clock.offsetMs());
  if (config.role !== 'web') await running.startWorking();
  claim.announce(publicUrl);
  console.log(welcome(config, publicUrl));
}

/** Listens, and answers how to stop listening once every request under way is answered. */
async function listen(
  running: RunningApp,
  config: Config,
  port: number,
  simulators: Simulators | null,
): Promise<Closing> {
  const server = await createServer(running.app, {
    webDirectory: pagesDirectory,
    stripeSandboxUrl: simulators?.stripeUrl ?? null,
    paypalSandboxUrl: simulators?.paypalUrl ?? null,
  });
  try {
    await server.listen({ port, host: config.host });
  } catch (thrown) {
    throw portProblem(port, thrown);
  }
  await simulators?.sendWebhooksTo(`http://127.0.0.1:${String(port)}`);
  return () => server.close();
}

function stripeKeys(config: Config) {
  if (config.stripe === null) return null;
  const { publicKey, secretKey, webhookSecret } = config.stripe;
  return { publishableKey: publicKey, secretKey: secretKey.reveal(), webhookSecret: webhookSecret.reveal() };
}

function payPalKeys(config: Config) {
  if (config.paypal === null) return null;
  return { ...config.paypal, clientSecret: config.paypal.clientSecret.reveal() };
}

/** Makes sure early that the port can be had, before anything else is started; 0 becomes a free one. */
async function freePort(config: Config): Promise<number> {
  const probe = createNetServer();
  return await new Promise<number>((resolve, reject) => {
    probe.once('error', (error) => {
      reject(portProblem(config.port, error));
    });
    probe.listen(config.port, config.host, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : config.port;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

function portProblem(port: number, thrown: unknown): Error {
  const code = errorCode(thrown);
  if (code === 'EADDRINUSE') {
    return new StartupProblem(
      `Port ${String(port)} is taken by another program. Stop that program, or set PORT to a free one: PORT=3001 npm start`,
      { cause: thrown },
    );
  }
  if (code === 'EACCES')
    return new StartupProblem(`Port ${String(port)} may not be opened by this user. Set PORT to one above 1023.`);
  if (code === 'EADDRNOTAVAIL')
    return new StartupProblem('HOST is no address of this machine. Leave it away, or set it to 127.0.0.1 or 0.0.0.0.');
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
