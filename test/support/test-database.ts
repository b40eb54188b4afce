import { randomUUID } from 'node:crypto';
import { connectionsByLogin } from '#server/platform/migrations/index.ts';
import type { DatabaseConnections } from '#server/platform/migrations/index.ts';
import { copyTemplate, createDatabase, dropDatabase, testServer } from './test-server.ts';

/** A migrated, empty database of one test file. */
export type TestDatabase = {
  name: string;
  /** The app connects as `purser_app`, bound by row security, as in production. */
  connections: DatabaseConnections;
  /** Drops the database and ends what is still connected to it; belongs into `after`. */
  drop(): Promise<void>;
};

/** Copies the migrated template into a new database, in some hundredths of a second. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await created(copyTemplate);
}

/** Makes a database without any schema of Purser, for tests of the set-up itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await created(createDatabase);
}

async function created(create: (name: string) => Promise<void>): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await create(name);
  return {
    name,
    connections: connectionsByLogin((role) => testServer().url(name, role)),
    drop: async () => await dropDatabase(name),
  };
}
