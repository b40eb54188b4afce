import { sql } from 'kysely';
import type { Db, Tx } from '#server/platform/db/index.ts';
import type { IncludedLot } from './included-use.ts';
import type { QuietRange, WatchedBalance } from './quiet-range.ts';

/**
 * The accounts whose balance has left its quiet range, or of whose included credits so much is spent that somebody has
 * to look. Both are flags of rows that every write keeps up to date; reading them touches nothing else.
 */
export async function accountsNeedingLook(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('credit_balances')
    .select('account_id')
    .where('needs_look', '=', true)
    .union(db.selectFrom('credit_lots').select('account_id').where('needs_look', '=', true))
    .limit(limit)
    .execute();
  return rows.map((row) => row.account_id);
}

/** The balance with its quiet range, locked until the transaction ends, so that a threshold is crossed only once. */
export async function lockWatchedBalance(tx: Tx, accountId: string): Promise<WatchedBalance> {
  const row = await tx
    .selectFrom('credit_balances')
    .select(['available', 'held', 'look_below', 'look_from'])
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { available: row.available, held: row.held, lookBelow: row.look_below, lookFrom: row.look_from };
}

/** Sets the range the locked balance may move in from now on. */
export async function setQuietRange(tx: Tx, accountId: string, range: QuietRange): Promise<void> {
  await tx
    .updateTable('credit_balances')
    .set({ look_below: range.lookBelow, look_from: range.lookFrom })
    .where('account_id', '=', accountId)
    .execute();
}

/** What the account's plan includes now: its lots that have not expired, the oldest first. */
export async function includedLots(db: Db, accountId: string, now: Date): Promise<IncludedLot[]> {
  const rows = await db
    .selectFrom('credit_lots')
    .select(['id', 'units', 'remaining', 'held'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'plan')
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('granted_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, units: row.units, unspent: row.remaining + row.held }));
}

/** Sets when each lot is looked at next. One that has expired is never looked at again: its end is not its use. */
export async function setNextLooks(
  tx: Tx,
  accountId: string,
  looks: ReadonlyMap<string, bigint>,
  now: Date,
): Promise<void> {
  await sql`
    update purser.credit_lots lot set look_at = next.look_at
    from unnest(${[...looks.keys()]}::uuid[], ${[...looks.values()]}::bigint[]) as next (id, look_at)
    where lot.id = next.id and lot.account_id = ${accountId} and lot.look_at is distinct from next.look_at`.execute(tx);
  await tx
    .updateTable('credit_lots')
    .set({ look_at: -1n })
    .where('account_id', '=', accountId)
    .where('needs_look', '=', true)
    .where('expires_at', '<=', now)
    .execute();
}

/** The newest lot of the account, which changes whenever credits are added; null before the first. */
export async function newestLotId(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('credit_lots')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('granted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
