import path from 'node:path';
import pg from 'pg';
import { jobNames } from '#server/flows/job-queues.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import type { EmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import { installJobs } from '#server/platform/jobs/index.ts';
import { connectionsByLogin, type DatabaseConnections, migrate } from '#server/platform/migrations/index.ts';

/** A PostgreSQL on disk with the settings of the product: what is committed is on the disk. */
export type BenchServer = {
  readonly server: EmbeddedPostgres;
  /** Makes a migrated database of that name, or finds it. Answers whether it was made. */
  createDatabase(name: string): Promise<boolean>;
  connections(name: string): DatabaseConnections;
  stop(): Promise<void>;
};

/** Starts PostgreSQL in a directory. The data in it stays when the server is stopped. */
export async function startBenchServer(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const server = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres'), settings });
  const connections = (name: string) => connectionsByLogin((role) => server.url(name, role));
  return {
    server,
    connections,
    async createDatabase(name) {
      const isMade = await createIfAbsent(server, name);
      const { owner } = connections(name);
      await migrate({ owner, directory: path.join(import.meta.dirname, '../migrations'), log: () => undefined });
      await installJobs(owner, jobNames);
      return isMade;
    },
    stop: () => server.stop({ force: true }),
  };
}

async function createIfAbsent(server: EmbeddedPostgres, name: string): Promise<boolean> {
  const client = new pg.Client(server.url('postgres', 'postgres'));
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return false;
    await client.query(`create database ${pg.escapeIdentifier(name)} owner purser_owner`);
    return true;
  } finally {
    await client.end();
  }
}
