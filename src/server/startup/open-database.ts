import path from 'node:path';
import pg from 'pg';
import { jobNames } from '../flows/job-queues.ts';
import { type Config, StartupProblem } from '../platform/config/index.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { messageOf } from '../platform/errors/index.ts';
import { installJobs } from '../platform/jobs/index.ts';
import {
  connectionsByLogin,
  type DatabaseConnections,
  migrate,
  prepareDatabase,
} from '../platform/migrations/index.ts';

/** The SQL files of the schema, in their order. */
const migrationsDirectory = path.join(import.meta.dirname, '../../../migrations');

/** A database that is up, migrated, and ready for the app. */
export type OpenDatabase = {
  readonly connections: DatabaseConnections;
  /** Stops the embedded server, unless another process still uses it; does nothing for a database of the operator's. */
  close(): Promise<void>;
};

/** Starts the embedded PostgreSQL, or reaches that of DATABASE_URL, without changing its schema. @throws StartupProblem */
export async function reachDatabase(config: Config, say: (line: string) => void): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    const connections = await prepareDatabase(config.databaseUrl.reveal());
    return { connections, close: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({ directory: path.join(config.dataDirectory, 'postgres'), log: say });
  return {
    connections: connectionsByLogin((role) => server.url('purser', role)),
    close: async () => {
      await server.stop();
    },
  };
}

/** Brings the schema and the job queues up to date; only prints what would be done when `dryRun`. @throws StartupProblem */
export async function updateSchema(database: OpenDatabase, say: (line: string) => void, dryRun = false): Promise<void> {
  try {
    await migrate({ owner: database.connections.owner, directory: migrationsDirectory, log: say, dryRun });
    if (!dryRun) await installJobs(database.connections.owner, jobNames);
  } catch (thrown) {
    if (thrown instanceof StartupProblem) throw thrown;
    throw new StartupProblem(`The database could not be brought up to date: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/** Refuses a database whose schema is not the one of this version, without changing it. @throws StartupProblem */
export async function refuseOtherSchema(database: OpenDatabase): Promise<void> {
  const { owner } = database.connections;
  const pending = await migrate({ owner, directory: migrationsDirectory, log: () => undefined, dryRun: true });
  if (pending.length === 0) return;
  throw new StartupProblem(
    `The database lacks ${String(pending.length)} migrations of this version of Purser. Start Purser, or run: npm run purser -- migrate`,
  );
}

/** Drops everything of Purser's in the database. For sample data that was never finished, and nothing else. */
export async function discardSchema(database: OpenDatabase): Promise<void> {
  const client = new pg.Client(database.connections.owner);
  await client.connect();
  try {
    await client.query('drop schema if exists purser, purser_auth, purser_jobs cascade');
  } finally {
    await client.end();
  }
}
