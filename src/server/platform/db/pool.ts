import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { isStalePlan } from './stale-plan.ts';

/** Statements are prepared once per connection under a short name; the names are bounded. */
const statementNames = new Map<string, string>();
const statementNamesMax = 1_000;

function nameOf(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined || statementNames.size >= statementNamesMax) return known;
  const name = `s${String(statementNames.size)}`;
  statementNames.set(text, name);
  return name;
}

/**
 * A connection that prepares every statement with parameters by name: half the planning and parsing of each query.
 * When a migration has made what was prepared stale, it prepares anew from the next statement on; the one that found
 * out has failed, and its transaction with it.
 */
class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // A connection that breaks while a transaction holds it is reported by its next query; without a listener the
    // event would end the process.
    this.on('error', () => undefined);
  }

  #preparedAnew = 0;

  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    if (name === undefined) return Reflect.apply(super.query, this, args) as never;
    const statement = { name: `${name}_${String(this.#preparedAnew)}`, text, values };
    const answer: unknown = Reflect.apply(super.query, this, [statement, ...rest]);
    if (answer instanceof Promise) {
      answer.catch((thrown: unknown) => {
        if (isStalePlan(thrown)) this.#preparedAnew += 1;
      });
    }
    return answer as never;
  }
}

/** The type numbers of PostgreSQL's int8 and date. */
const int8: number = pg.types.builtins.INT8;
const date: number = pg.types.builtins.DATE;

/** Reads bigint columns as bigint and dates as `YYYY-MM-DD`, for this pool alone. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (oid === int8) return BigInt;
    if (oid === date) return (text: string) => text;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

/** The pool of connections to PostgreSQL, and the query builder on it. */
export type Pool = { readonly pg: pg.Pool; readonly kysely: Kysely<Database>; close(): Promise<void> };

/** Opens a pool of at most `connectionsMax` connections; nothing connects before the first query. Its limits may be given. */
export function openPool(config: pg.PoolConfig, connectionsMax: number): Pool {
  const pool = new pg.Pool({
    application_name: 'purser',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    ...config,
    max: connectionsMax,
    types,
    Client: PreparingClient,
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong.
  pool.on('error', () => undefined);
  const dialect: Dialect = new PostgresDialect({ pool });
  const kysely = new Kysely<Database>({ dialect }).withSchema('purser');
  return {
    pg: pool,
    kysely,
    async close() {
      await kysely.destroy();
      // The query builder ends only a pool that it has used itself.
      if (!pool.ending) await pool.end();
    },
  };
}
