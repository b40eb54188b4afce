import { type Selectable, sql } from 'kysely';
import type { Database, Db } from '#server/platform/db/index.ts';
import { type LotKind, lotKinds } from '#shared/contract/metering.ts';
import type { CreditBalance, CreditLot } from './credit-lots.ts';

/** What the account has to spend and on hold, in whole credits, as the ledger has it. */
export async function creditBalanceOf(db: Db, accountId: string): Promise<CreditBalance> {
  const row = await db
    .selectFrom('credit_balances')
    .select(['available', 'held'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? { available: 0n, held: 0n };
}

/** What an account has, in whole credits, by where it came from. */
export type BalanceByKind = CreditBalance & { readonly kind: LotKind };

/**
 * What the account has at an instant, by kind of lot, in the order of the kinds. A lot that has expired by then is left
 * out even if its expiry is not written down yet, unless a hold reserves it.
 */
export async function balanceByKind(db: Db, accountId: string, now: Date): Promise<BalanceByKind[]> {
  const rows = await db
    .selectFrom('credit_lots')
    .select((of) => [
      'kind',
      sql<bigint>`coalesce(sum(remaining) filter (where expires_at is null or expires_at > ${now}), 0)::bigint`.as(
        'available',
      ),
      of.cast<bigint>(of.fn.sum('held'), 'bigint').as('held'),
    ])
    .where('account_id', '=', accountId)
    .where((where) => where.or([where('is_open', '=', true), where('held', '>', 0n)]))
    .groupBy('kind')
    .execute();
  return lotKinds.map((kind) => {
    const row = rows.find((found) => found.kind === kind);
    return { kind, available: row?.available ?? 0n, held: row?.held ?? 0n };
  });
}

/** The lots with something to spend, in spend order. Under the lock of the books none of them has expired. */
export async function openLots(db: Db, accountId: string): Promise<CreditLot[]> {
  const rows = await lotsQuery(db, accountId).where('is_open', '=', true).execute();
  return rows.map(lotFrom);
}

/** The lots that are neither used up nor expired, and reserved ones, in spend order, at most `limit`. */
export async function unusedLots(db: Db, accountId: string, now: Date, limit: number): Promise<CreditLot[]> {
  const rows = await lotsQuery(db, accountId)
    .where((where) => where.or([where('is_open', '=', true), where('held', '>', 0n)]))
    .where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', now), where('held', '>', 0n)]),
    )
    .limit(limit)
    .execute();
  return rows.map(lotFrom);
}

const lotColumns = ['id', 'kind', 'units', 'remaining', 'held', 'granted_at', 'expires_at'] as const;

function lotsQuery(db: Db, accountId: string) {
  return db
    .selectFrom('credit_lots')
    .select(lotColumns)
    .where('account_id', '=', accountId)
    .orderBy('expires_at')
    .orderBy(sql`kind = 'purchased'`)
    .orderBy('granted_at')
    .orderBy('id');
}

function lotFrom(row: Pick<Selectable<Database['credit_lots']>, (typeof lotColumns)[number]>): CreditLot {
  return {
    id: row.id,
    kind: row.kind as LotKind,
    units: row.units,
    remaining: row.remaining,
    held: row.held,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
  };
}

/** The accounts with lots that have expired at `now` and are not written off, longest due first, at most `limit`. */
export async function accountsWithDueLots(db: Db, now: Date, limit: number): Promise<{ accountId: string }[]> {
  const rows = await db
    .selectFrom('credit_lots')
    .select('account_id')
    .where('is_open', '=', true)
    .where('expires_at', '<=', now)
    .groupBy('account_id')
    .orderBy((of) => of.fn.min('expires_at'))
    .limit(limit)
    .execute();
  return rows.map((row) => ({ accountId: row.account_id }));
}

/** When the next lot expires after `after`; null when none will. */
export async function nextLotExpiry(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('credit_lots')
    .select('expires_at')
    .where('is_open', '=', true)
    .where('expires_at', '>', after)
    .orderBy('expires_at')
    .limit(1)
    .executeTakeFirst();
  return row?.expires_at ?? null;
}
