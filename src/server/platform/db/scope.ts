import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Pool } from './pool.ts';

/**
 * Whose rows a query may see, enforced by row-level security: those of one account, those a user has a share in, or
 * all (sign-in, key look-up, webhooks, jobs, staff). System scope is written out where it is used.
 */
export type Scope = { readonly account: string } | { readonly user: string } | 'system';

declare const txBrand: unique symbol;

/** A handle for reading within a scope. */
export type Db = Kysely<Database>;

/** A handle for reading and writing within a scope and a transaction; passed first to whatever writes. */
export type Tx = Kysely<Database> & { readonly [txBrand]: true };

/** What the scope functions need of the app. */
export type HasPool = { readonly pool: Pool };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Runs `work` in one transaction of the scope: committed when it returns, rolled back when it throws. */
export async function inTransaction<Result>(
  app: HasPool,
  scope: Scope,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return await inScope(app, `begin; ${settingsOf(scope)}`, (db) => work(db as Tx));
}

/** Runs `work` on one consistent, read-only snapshot of the scope. */
export async function inRead<Result>(app: HasPool, scope: Scope, work: (db: Db) => Promise<Result>): Promise<Result> {
  return await inScope(app, `begin isolation level repeatable read read only; ${settingsOf(scope)}`, work);
}

async function inScope<Result>(app: HasPool, begin: string, work: (db: Db) => Promise<Result>): Promise<Result> {
  return await app.pool.kysely.connection().execute(async (connection) => {
    await connection.executeQuery(CompiledQuery.raw(begin));
    let result: Result;
    try {
      result = await work(connection);
    } catch (thrown) {
      // A broken connection cannot roll back and needs none: the server has done it.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      throw thrown;
    }
    await connection.executeQuery(CompiledQuery.raw('commit'));
    return result;
  });
}

/** The scope as settings local to the transaction, sent in the round trip that opens it. */
function settingsOf(scope: Scope): string {
  if (scope === 'system') return `set local purser.scope = 'system'`;
  if ('account' in scope) return `set local purser.account_id = '${checkedUuid(scope.account)}'`;
  return `set local purser.user_id = '${checkedUuid(scope.user)}'`;
}

function checkedUuid(text: string): string {
  if (!uuidPattern.test(text)) throw new RangeError('A scope needs a UUID.');
  return text;
}
