import pg from 'pg';
import { CompiledQuery } from 'kysely';
import { inTransaction } from '#server/platform/db/index.ts';
import type { HasPool } from '#server/platform/db/scope.ts';

/** Runs statements as the app in system scope: committed together, or not at all when one is refused. */
export async function runStatement(app: HasPool, statement: string): Promise<void> {
  await inTransaction(app, 'system', async (tx) => {
    await tx.executeQuery(CompiledQuery.raw(statement));
  });
}

/** Runs statements in system scope on a connection of their own, as another role than the app's: the owner's, say. */
export async function runStatementAs(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(`begin; set local purser.scope = 'system'; ${statement}; commit`);
  } finally {
    await client.end();
  }
}
