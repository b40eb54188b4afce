import type { ClientBase } from 'pg';

/** Purser's schemas: its own tables, the sign-in library's and the job library's. Nothing outside them is touched. */
export const SCHEMAS = ['purser', 'purser_auth', 'purser_jobs'] as const;

/** The advisory lock behind which the set-up and the migrations of one database wait for each other. */
export const SETUP_LOCK = `hashtextextended('purser.migrations', 0)`;

/**
 * Creates the schemas that are absent and lets `purser_app` use what `purser_owner` creates in them: rows of tables,
 * sequences, functions. A migration takes back what a table must not allow.
 *
 * @param owner a connection as `purser_owner`.
 */
export async function ensureSchemas(owner: ClientBase): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(`select pg_advisory_xact_lock(${SETUP_LOCK})`);
    const found = await owner.query<{ name: string }>(
      'select nspname as name from pg_namespace where nspname = any ($1)',
      [SCHEMAS],
    );
    for (const schema of SCHEMAS) {
      // Asked first instead of `if not exists`: that demands the right to create schemas even when there is nothing to do.
      if (!found.rows.some((row) => row.name === schema)) await owner.query(`create schema ${schema}`);
      await owner.query(GRANTS.replaceAll('SCHEMA_NAME', schema));
    }
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

const GRANTS = `
  grant usage on schema SCHEMA_NAME to purser_app;
  alter default privileges in schema SCHEMA_NAME grant select, insert, update, delete on tables to purser_app;
  alter default privileges in schema SCHEMA_NAME grant usage, select on sequences to purser_app;
  alter default privileges in schema SCHEMA_NAME grant execute on functions to purser_app;
`;
