import pg from 'pg';
import type { ClientBase, ClientConfig } from 'pg';
import { errorCode } from '#server/platform/config/index.ts';
import { connectionsByRole } from './database-connections.ts';
import type { DatabaseConnections } from './database-connections.ts';
import { DatabaseNeedsAdministrator, DatabaseUnsuitable, explainConnectionError } from './database-problems.ts';
import { ensureSchemas, SCHEMAS, SETUP_LOCK } from './schemas.ts';

const OLDEST_MAJOR_VERSION = 15;
const CONNECT_MAX_MS = 10_000;

/**
 * Sets up a database of the operator's own (DATABASE_URL) as far as its user may: the roles `purser_owner`,
 * `purser_app` and `purser_client`, the user's membership in the first two, and the schemas. It changes nothing when all is there, so it may run at
 * every start.
 *
 * @throws DatabaseUnreachable, DatabaseUnsuitable, or DatabaseNeedsAdministrator naming the statements to run.
 */
export async function prepareDatabase(databaseUrl: string): Promise<DatabaseConnections> {
  await connected(databaseUrl, { connectionString: databaseUrl }, async (client) => {
    await refuseUnsuitable(client);
    await setUp(client);
  });
  const connections = connectionsByRole(databaseUrl);
  await connected(databaseUrl, connections.owner, ensureSchemas);
  await connected(databaseUrl, connections.app, refuseUnboundRole);
  return connections;
}

async function connected(
  databaseUrl: string,
  config: ClientConfig,
  work: (client: ClientBase) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: CONNECT_MAX_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnectionError(databaseUrl, error) ?? error;
  }
  try {
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseUnsuitable(client: ClientBase): Promise<void> {
  const answer = await client.query<{ version: string; number: number; encoding: string; readonly: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding, pg_is_in_recovery() as readonly`,
  );
  const server = answer.rows[0];
  if (server === undefined) throw new DatabaseUnsuitable('The server behind DATABASE_URL does not tell its version.');
  if (server.number < OLDEST_MAJOR_VERSION * 10_000) {
    throw new DatabaseUnsuitable(
      `Purser needs PostgreSQL ${OLDEST_MAJOR_VERSION} or newer; DATABASE_URL leads to ${server.version}.`,
    );
  }
  if (server.encoding !== 'UTF8') {
    throw new DatabaseUnsuitable(`Purser needs a database in UTF-8; the one of DATABASE_URL is in ${server.encoding}.`);
  }
  if (server.readonly)
    throw new DatabaseUnsuitable('DATABASE_URL leads to a read-only standby; Purser needs the primary server.');
}

/** Roles belong to the whole server, so a process that sets up another database may create them at the same moment. */
const RACES = new Set(['23505', '42710', '42P06']);
const NOT_ALLOWED = '42501';

async function setUp(client: ClientBase): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${SETUP_LOCK})`);
    const { user, statements } = await findMissing(client);
    try {
      for (const statement of statements) await client.query(statement);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      const code = errorCode(error);
      if (code === NOT_ALLOWED) throw new DatabaseNeedsAdministrator(user, statements, { cause: error });
      if (code === null || !RACES.has(code) || attempt >= 5) throw error;
    }
  }
}

type Present = {
  user: string;
  quoted_user: string;
  member_of: string[];
  roles: { name: string; unbound: boolean }[];
  schemas: { name: string; owner: string }[];
};

async function findMissing(client: ClientBase): Promise<{ user: string; statements: string[] }> {
  // Since version 16 a member may lack the right to become the role; before, every member has it.
  const answer = await client.query<Present>(
    `select session_user as user, quote_ident(session_user) as quoted_user,
       array(select rolname::text from pg_roles where rolname in ('purser_owner', 'purser_app') and
         pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)) as member_of,
       (select coalesce(json_agg(json_build_object('name', rolname, 'unbound', rolsuper or rolbypassrls)), '[]')
          from pg_roles where rolname in ('purser_owner', 'purser_app', 'purser_client')) as roles,
       (select coalesce(json_agg(json_build_object('name', nspname, 'owner', pg_get_userbyid(nspowner))), '[]')
          from pg_namespace where nspname = any ($1)) as schemas`,
    [SCHEMAS],
  );
  const present = answer.rows[0];
  if (present === undefined) throw new DatabaseUnsuitable('The server behind DATABASE_URL does not list its roles.');
  return { user: present.user, statements: [...missingRoles(present), ...missingSchemas(present)] };
}

function missingRoles(present: Present): string[] {
  return ['purser_owner', 'purser_app', 'purser_client'].flatMap((name) => {
    const role = present.roles.find((candidate) => candidate.name === name);
    const statements: string[] = [];
    if (role === undefined) statements.push(`create role ${name} nologin`);
    if (name === 'purser_app' && role?.unbound === true) statements.push(`alter role ${name} nosuperuser nobypassrls`);
    // Granted by the operator to the roles of the product that may spend credits in transactions of their own.
    if (name !== 'purser_client' && !present.member_of.includes(name))
      statements.push(`grant ${name} to ${present.quoted_user}`);
    return statements;
  });
}

function missingSchemas(present: Present): string[] {
  return SCHEMAS.flatMap((name) => {
    const schema = present.schemas.find((candidate) => candidate.name === name);
    if (schema === undefined) return [`create schema ${name} authorization purser_owner`];
    return schema.owner === 'purser_owner' ? [] : [`alter schema ${name} owner to purser_owner`];
  });
}

/** Row security is the second wall between tenants, so a set-up in which the app would pass by it is refused. */
async function refuseUnboundRole(client: ClientBase): Promise<void> {
  const answer = await client.query<{ role: string; owns: boolean }>(
    `select current_user as role, pg_has_role('purser_owner', 'MEMBER') as owns`,
  );
  const row = answer.rows[0];
  if (row?.role !== 'purser_app') {
    throw new DatabaseUnsuitable(
      `Connections to DATABASE_URL do not become purser_app (they stay ${row?.role ?? 'unknown'}). ` +
        'Something between Purser and PostgreSQL drops the start-up options.',
    );
  }
  if (row.owns) {
    throw new DatabaseUnsuitable(
      'The role purser_app is a member of purser_owner and would pass by row security. Run: revoke purser_owner from purser_app;',
    );
  }
}
