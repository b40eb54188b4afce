import pg from 'pg';
import { SUPERUSER } from './cluster.ts';
import { socketUrl } from './socket-url.ts';

/** The roles of the embedded server: the owner migrates, the app runs; the superuser is for the set-up and for tests. */
export type EmbeddedRole = 'purser_owner' | 'purser_app' | typeof SUPERUSER;

const DATABASE = 'purser';

/**
 * Creates what an empty server lacks: the two roles and the database. Neither role is a superuser or may pass by row
 * security, create roles or create databases.
 */
export async function ensureRolesAndDatabase(socketDirectory: string): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketDirectory, 'postgres', SUPERUSER) });
  await client.connect();
  try {
    const roles = await client.query<{ name: string }>('select rolname as name from pg_roles');
    for (const role of ['purser_owner', 'purser_app'] satisfies EmbeddedRole[]) {
      if (roles.rows.some((row) => row.name === role)) continue;
      await client.query(`create role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls`);
    }
    const databases = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE} owner purser_owner`);
  } finally {
    await client.end();
  }
}
