import {
  ensureDataDirectory,
  type Environment,
  loadConfig,
  loadSecret,
  readEnvironment,
  StartupProblem,
} from '../../platform/config/index.ts';
import { claimDataDirectory } from '../../platform/embedded-postgres/index.ts';
import { createLog } from '../../platform/log/index.ts';
import { reachDatabase } from '../open-database.ts';
import { prepareInstallation, seedIfUnused } from '../seed-if-unused.ts';
import { startSimulators } from '../start-simulators.ts';

/** Puts sample data into an unused database. @throws StartupProblem with keys, or when somebody uses the database */
export async function seedDatabase(environment: Environment): Promise<void> {
  const config = loadConfig(readEnvironment(process.cwd(), environment));
  if (!config.sandbox)
    throw new StartupProblem('Sample data is for the sandbox alone: take the keys of the gateways away.');
  ensureDataDirectory(config.dataDirectory);
  const say = (line: string) => {
    console.log(line);
  };
  // A Purser that runs on this data keeps the simulators' journal, which only one may write.
  const claim = await claimDataDirectory(config.dataDirectory);
  const secret = loadSecret(config).reveal();
  const database = await reachDatabase(config, say);
  try {
    await prepareInstallation(config, database, say);
    const simulators = await startSimulators(config, secret);
    try {
      const made = await seedIfUnused(
        {
          config,
          log: createLog(config.logLevel),
          connections: database.connections,
          secret,
          publicUrl: () => config.publicUrl ?? `http://localhost:${String(config.port)}`,
          stripe: simulators.stripe,
          paypal: simulators.paypal,
          tellClock: simulators.tellClock,
        },
        simulators,
        true,
        say,
      );
      if (!made)
        throw new StartupProblem('The database has accounts already; sample data goes into an unused one only.');
      console.log('The sample data is in.');
    } finally {
      await simulators.close();
    }
  } finally {
    await database.close();
    claim.release();
  }
}
