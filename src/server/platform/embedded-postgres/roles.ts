import pg from 'pg';
import { SUPERUSER } from './cluster.ts';
import { socketUrl } from './socket-url.ts';

/** The roles one signs in with: the owner migrates, the app runs; the superuser is for the set-up and for tests. */
export type EmbeddedRole = 'purser_owner' | 'purser_app' | typeof SUPERUSER;

const DATABASE = 'purser';

/**
 * Creates what an empty server lacks: the roles and the database. No role is a superuser or may pass by row security,
 * create roles or create databases. Nobody signs in as `purser_client`: it is granted to roles of the operator's.
 */
export async function ensureRolesAndDatabase(socketDirectory: string): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketDirectory, 'postgres', SUPERUSER) });
  await client.connect();
  try {
    const roles = await client.query<{ name: string }>('select rolname as name from pg_roles');
    for (const role of ['purser_owner login', 'purser_app login', 'purser_client nologin']) {
      if (roles.rows.some((row) => row.name === role.split(' ')[0])) continue;
      await client.query(`create role ${role} nosuperuser nocreatedb nocreaterole noreplication nobypassrls`);
    }
    const databases = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE} owner purser_owner`);
  } finally {
    await client.end();
  }
}
