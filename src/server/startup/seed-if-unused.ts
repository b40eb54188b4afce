import { rmSync } from 'node:fs';
import path from 'node:path';
import { type AppParts, createApp } from '../app.ts';
import { createClock } from '../platform/clock/index.ts';
import { type Config, StartupProblem } from '../platform/config/index.ts';
import {
  type InstallationMode,
  inTransaction,
  installationOf,
  markInstallation,
  markSamples,
  openPool,
} from '../platform/db/index.ts';
import { seedSeller } from '../seed/sample-catalog.ts';
import { isUnused, seedSampleData } from '../seed/seed-sample-data.ts';
import { discardSchema, type OpenDatabase, updateSchema } from './open-database.ts';
import type { Simulators } from './start-simulators.ts';

/**
 * Brings the schema up to date, makes sure that the database is for what the configuration says, and throws half-made
 * sample data away: what an earlier start left when it was killed before anybody could use it.
 *
 * @throws StartupProblem when sandbox and real keys would meet on one database
 */
export async function prepareInstallation(
  config: Config,
  database: OpenDatabase,
  say: (line: string) => void,
): Promise<void> {
  await updateSchema(database, say);
  if (!(await hasUnfinishedSamples(config, database))) return;
  await discardSchema(database);
  rmSync(path.join(config.dataDirectory, 'sandbox'), { recursive: true, force: true });
  await updateSchema(database, say);
  await hasUnfinishedSamples(config, database);
}

/** Writes down what an unused database is for, and checks it of any other. @throws StartupProblem */
async function hasUnfinishedSamples(config: Config, database: OpenDatabase): Promise<boolean> {
  const pool = openPool(database.connections.app, 1);
  try {
    const mode = modeOf(config);
    // What the database is for concerns no account.
    const known = await inTransaction({ pool }, 'system', async (tx) => {
      await markInstallation(tx, mode, createClock().wall());
      return await installationOf(tx);
    });
    if (known === null) throw new Error('The database does not remember what it is for.');
    if (known.mode !== mode) throw new StartupProblem(mixedModes(known.mode, mode));
    return known.samplesUnfinished;
  } finally {
    await pool.close();
  }
}

const modeWords: { readonly [mode in InstallationMode]: string } = {
  sandbox: 'the sandbox, with simulated payments and demo logins',
  test: "the gateways' test mode, with play money",
  live: "the gateways' live mode, with real money",
};

function modeOf(config: Config): InstallationMode {
  if (config.stripe !== null) return config.stripe.mode;
  if (config.paypal !== null) return config.paypal.mode === 'live' ? 'live' : 'test';
  return 'sandbox';
}

function mixedModes(known: InstallationMode, wanted: InstallationMode): string {
  return `This database belongs to ${modeWords[known]}; the keys say ${modeWords[wanted]}. The two never share data: give the keys that belong to it, or set PURSER_DATA_DIR or DATABASE_URL to an empty database.`;
}

/**
 * Puts sample data into an unused database when it is wanted, with the simulators and never with keys; every database
 * gets a seller, without whom nothing could be billed. Answers whether sample data was made.
 */
export async function seedIfUnused(
  parts: AppParts,
  simulators: Simulators | null,
  wantsSamples: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  const running = await createApp(parts);
  try {
    const makesSamples = wantsSamples && simulators !== null && (await isUnused(running.app));
    if (makesSamples) {
      say('Making sample data: half a year of a customer …');
      await inTransaction(running.app, 'system', (tx) => markSamples(tx, true));
      await seedPast(parts, simulators);
      await inTransaction(running.app, 'system', (tx) => markSamples(tx, false));
    }
    // The seller belongs to no account.
    await inTransaction(running.app, 'system', (tx) => seedSeller(tx, running.app));
    return makesSamples;
  } finally {
    await running.close();
  }
}

/** Makes the sample data with an app whose clock starts in the past and ends at now. */
async function seedPast(parts: AppParts, simulators: Simulators): Promise<void> {
  // Far enough back that the history may begin; wall time is where it ends.
  const clock = createClock(-200 * 24 * 60 * 60_000);
  const today = clock.wall();
  const past = await createApp({ ...parts, clock });
  try {
    const setNow = async (instant: Date) => {
      const offsetMs = instant.getTime() - clock.wall().getTime();
      clock.adoptOffset(offsetMs);
      await simulators.tellClock(offsetMs);
    };
    const { payByCard, approveOnPayPal } = simulators;
    await seedSampleData(past.app, { setNow, payByCard, approveOnPayPal }, today);
  } finally {
    await past.close();
    await simulators.tellClock(0);
  }
}
