import pg from 'pg';
import { testServer } from './test-server.ts';
import type { TestDatabase } from './test-database.ts';

/** How many rows each table holds, for seeing that nothing was added or taken away. */
export type RowCounts = Readonly<Record<string, number>>;

/** Counts the rows of every table of Purser's, past row security. */
export async function rowCounts(database: TestDatabase): Promise<RowCounts> {
  const client = new pg.Client(testServer().url(database.name, 'postgres'));
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('purser', 'purser_auth') order by 1`,
    );
    const counts = tables.rows.map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`);
    const found = await client.query<{ name: string; rows: number }>(counts.join(' union all '));
    return Object.fromEntries(found.rows.map(({ name, rows }) => [name, rows]));
  } finally {
    await client.end();
  }
}
