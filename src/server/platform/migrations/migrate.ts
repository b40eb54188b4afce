import pg from 'pg';
import type { ClientBase, ClientConfig } from 'pg';
import { MigrationFailed } from './migration-failed.ts';
import { readMigrationFiles } from './migration-files.ts';
import type { MigrationFile } from './migration-files.ts';
import { ensureSchemas, SETUP_LOCK } from './schemas.ts';

/** What `migrate` works on. */
export type MigrateOptions = {
  /** A connection as `purser_owner`. */
  owner: ClientConfig;
  /** The folder of the numbered SQL files. */
  directory: string;
  /** Takes one line about each migration; in a dry run also its SQL. */
  log: (line: string) => void;
  /** Shows what would be applied and changes nothing. */
  dryRun?: boolean;
};

/**
 * Applies the migrations the database lacks, in the order of their numbers, each in one transaction. Processes that
 * start at the same time wait for each other, and the later ones find nothing left to do.
 *
 * @returns the names of the migrations applied, in a dry run of those that would be.
 * @throws MigrationFailed when a migration fails, was changed after it was applied, or is unknown to this program.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  if (options.dryRun === true) return await showPending(options);
  return await withClient(options.owner, async (client) => {
    await waitForTurn(client, options.log);
    await ensureSchemas(client);
    await ensureRecord(client);
    const pending = findPending(readMigrationFiles(options.directory), await readApplied(client));
    for (const migration of pending) {
      await applyOne(client, migration);
      options.log(`Applied migration ${migration.name}.`);
    }
    return pending.map((migration) => migration.name);
  });
}

/** The migrations a database lacks, in order, without changing anything; a database that is still empty lacks them all. */
export async function pendingMigrations(
  options: Pick<MigrateOptions, 'owner' | 'directory'>,
): Promise<MigrationFile[]> {
  return await withClient(options.owner, async (client) =>
    findPending(readMigrationFiles(options.directory), await readApplied(client)),
  );
}

async function showPending(options: MigrateOptions): Promise<string[]> {
  const pending = await pendingMigrations(options);
  if (pending.length === 0) options.log('-- Nothing to apply: the database is up to date.');
  for (const migration of pending) options.log(`-- ${migration.name}\n${migration.sql}`);
  return pending.map((migration) => migration.name);
}

/** The lock belongs to the session, so that the end of the connection gives it back however this process ends. */
async function withClient<Result>(
  config: ClientConfig,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function waitForTurn(client: ClientBase, log: (line: string) => void): Promise<void> {
  const tried = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${SETUP_LOCK}) as got`);
  if (tried.rows[0]?.got === true) return;
  log('Another process is applying migrations; waiting for it.');
  await client.query(`select pg_advisory_lock(${SETUP_LOCK})`);
}

async function ensureRecord(client: ClientBase): Promise<void> {
  await client.query(`
    create table if not exists purser.schema_migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null
    );
    comment on table purser.schema_migrations is 'The migrations applied to this database, written by the runner alone';
    revoke all on purser.schema_migrations from purser_app;
    grant select on purser.schema_migrations to purser_app;
  `);
}

type AppliedMigration = { name: string; sha256: string };

async function readApplied(client: ClientBase): Promise<AppliedMigration[]> {
  const exists = await client.query<{ exists: boolean }>(
    `select to_regclass('purser.schema_migrations') is not null as exists`,
  );
  if (exists.rows[0]?.exists !== true) return [];
  const applied = await client.query<AppliedMigration>(
    'select name, sha256 from purser.schema_migrations order by name',
  );
  return applied.rows;
}

function findPending(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  for (const record of applied) {
    const file = files.find((candidate) => candidate.name === record.name);
    if (file === undefined) {
      throw new MigrationFailed(
        `The database has the migration ${record.name}, which this version of Purser does not know. ` +
          'It was used by a newer version; start that one.',
      );
    }
    if (file.sha256 !== record.sha256) {
      throw new MigrationFailed(
        `Migration ${record.name} was changed after it was applied to this database. ` +
          'Restore the file and put the change into a new migration.',
      );
    }
  }
  const pending = files.filter((file) => !applied.some((record) => record.name === file.name));
  const newest = applied.at(-1)?.name ?? '';
  const late = pending.find((file) => file.name < newest);
  if (late !== undefined) {
    throw new MigrationFailed(
      `Migration ${late.name} is missing in the database, but the later ${newest} is there. Give it a higher number.`,
    );
  }
  return pending;
}

async function applyOne(client: ClientBase, migration: MigrationFile): Promise<void> {
  await client.query('begin');
  try {
    const before = await currentTransaction(client);
    await client.query(migration.sql);
    if ((await currentTransaction(client)) !== before) {
      throw new Error('it ends its own transaction; the runner gives every migration one');
    }
    await client.query(
      'insert into purser.schema_migrations (name, sha256, applied_at) values ($1, $2, clock_timestamp())',
      [migration.name, migration.sha256],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationFailed(
      `Migration ${migration.name} failed${lineOf(error, migration.sql)} and was rolled back: ${reason}`,
      {
        cause: error,
      },
    );
  }
}

async function currentTransaction(client: ClientBase): Promise<string> {
  const answer = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return answer.rows[0]?.id ?? '';
}

/** PostgreSQL names the place of an error as a character count from 1; a person looks for the line. */
function lineOf(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return '';
  const line = sql.slice(0, Number(error.position) - 1).split('\n').length;
  return ` at line ${line}`;
}
