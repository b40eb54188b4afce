import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type AppParts, createApp } from '../app.ts';
import { createClock } from '../platform/clock/index.ts';
import type { Config } from '../platform/config/index.ts';
import { inTransaction } from '../platform/db/index.ts';
import { seedSeller } from '../seed/sample-catalog.ts';
import { isUnused, seedSampleData } from '../seed/seed-sample-data.ts';
import { discardSchema, type OpenDatabase } from './open-database.ts';
import type { Simulators } from './start-simulators.ts';

/**
 * Throws half-made sample data away: what an earlier start left when it was killed before anybody could use it. Call it
 * before the schema is brought up to date and the simulators are started.
 */
export async function discardUnfinishedSamples(config: Config, database: OpenDatabase): Promise<void> {
  if (!existsSync(markerOf(config))) return;
  await discardSchema(database);
  rmSync(path.join(config.dataDirectory, 'sandbox'), { recursive: true, force: true });
  rmSync(markerOf(config));
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
      writeFileSync(markerOf(parts.config), '');
      await seedPast(parts, simulators);
      rmSync(markerOf(parts.config));
    }
    // The seller belongs to no account.
    await inTransaction(running.app, 'system', (tx) => seedSeller(tx, running.app));
    return makesSamples;
  } finally {
    await running.close();
  }
}

/** While this file is there, the sample data is not complete. */
function markerOf(config: Config): string {
  return path.join(config.dataDirectory, 'sample-data-unfinished');
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
    await seedSampleData(past.app, { setNow, payByCard: simulators.payByCard }, today);
  } finally {
    await past.close();
    await simulators.tellClock(0);
  }
}
