import { ensureDataDirectory, type Environment, loadConfig, readEnvironment } from '../../platform/config/index.ts';
import { reachDatabase, updateSchema } from '../open-database.ts';

/** Brings the database up to date, or prints the SQL that would do it and changes nothing. */
export async function migrateDatabase(environment: Environment, dryRun: boolean): Promise<void> {
  const config = loadConfig(readEnvironment(process.cwd(), environment));
  ensureDataDirectory(config.dataDirectory);
  const say = (line: string) => {
    console.log(line);
  };
  const database = await reachDatabase(config, say);
  try {
    await updateSchema(database, say, dryRun);
    console.log(dryRun ? 'Nothing was changed.' : 'The database is up to date.');
  } finally {
    await database.close();
  }
}
