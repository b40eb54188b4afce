import type { App } from '../../flows/app.ts';
import { createApp } from '../../app.ts';
import {
  type Environment,
  ensureDataDirectory,
  loadConfig,
  loadSecret,
  readEnvironment,
} from '../../platform/config/index.ts';
import { createLog } from '../../platform/log/index.ts';
import { reachDatabase, updateSchema } from '../open-database.ts';

/** Runs a command with the app on its database, beside a Purser that may be running, and disconnects afterwards. */
export async function withApp(environment: Environment, work: (app: App) => Promise<void>): Promise<void> {
  const config = loadConfig(readEnvironment(process.cwd(), environment));
  ensureDataDirectory(config.dataDirectory);
  const database = await reachDatabase(config, () => undefined);
  try {
    await updateSchema(database, () => undefined);
    const running = await createApp({
      config,
      log: createLog(config.logLevel),
      connections: database.connections,
      secret: loadSecret(config).reveal(),
      publicUrl: () => config.publicUrl ?? `http://localhost:${String(config.port)}`,
      stripe: null,
      paypal: null,
    });
    try {
      await work(running.app);
    } finally {
      await running.close();
    }
  } finally {
    await database.close();
  }
}
