import type { Selectable } from 'kysely';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Hold } from './hold.ts';
import { type HoldStatus, holdStates } from './hold-states.ts';
import type { Metadata } from './ledger.ts';

const holdColumns = [
  'holds.id',
  'holds.account_id',
  'holds.status',
  'holds.operation_id',
  'holds.variant',
  'holds.quantity',
  'holds.units',
  'holds.cost_id',
  'holds.site_id',
  'holds.user_id',
  'holds.reference',
  'holds.metadata',
  'holds.expires_at',
  'holds.created_at',
  'holds.ended_at',
  'holds.ended_key',
  'holds.captured_quantity',
  'holds.captured_units',
  'holds.available_after',
  'holds.held_after',
] as const;

type NameIn<Qualified> = Qualified extends `holds.${infer Name extends keyof Database['holds']}` ? Name : never;
type HoldRow = Pick<Selectable<Database['holds']>, NameIn<(typeof holdColumns)[number]>> & {
  readonly operation: string;
};

/** One hold of the account. @throws NotFound */
export async function holdById(db: Db, accountId: string, id: string): Promise<Hold> {
  const row = await holdsQuery(db)
    .where('holds.account_id', '=', accountId)
    .where('holds.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('hold');
  return holdFrom(row);
}

/** One hold, locked until the transaction ends; the books are locked before it. @throws NotFound */
export async function lockHold(db: Db, accountId: string, id: string): Promise<Hold> {
  const row = await holdsQuery(db)
    .where('holds.account_id', '=', accountId)
    .where('holds.id', '=', id)
    .forNoKeyUpdate('holds')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('hold');
  return holdFrom(row);
}

/** The open holds of the account, the oldest first, at most `limit`. */
export async function openHolds(db: Db, accountId: string, limit: number): Promise<Hold[]> {
  const rows = await holdsQuery(db)
    .where('holds.account_id', '=', accountId)
    .where('status', '=', 'open')
    .orderBy('holds.created_at')
    .orderBy('holds.id')
    .limit(limit)
    .execute();
  return rows.map(holdFrom);
}

/** The hold an earlier request under the key made, with the balance after it; null when there was none. */
export async function holdByKey(
  db: Db,
  accountId: string,
  key: string,
): Promise<{ readonly hold: Hold; readonly available: bigint; readonly held: bigint } | null> {
  const entry = await db
    .selectFrom('ledger_entries')
    .select(['hold_id', 'available_after', 'held_after'])
    .where('account_id', '=', accountId)
    .where('reason_key', '=', `hold:${key}`)
    .executeTakeFirst();
  if (entry === undefined || entry.hold_id === null) return null;
  const hold = await holdById(db, accountId, entry.hold_id);
  return { hold, available: entry.available_after, held: entry.held_after };
}

/** The holds whose time has run out at `now`, longest first, at most `limit`. */
export async function holdsDue(db: Db, now: Date, limit: number): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('holds')
    .select(['id', 'account_id'])
    .where('status', '=', 'open')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next hold runs out after `after`; null when none will. */
export async function nextHoldExpiry(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('holds')
    .select('expires_at')
    .where('status', '=', 'open')
    .where('expires_at', '>', after)
    .orderBy('expires_at')
    .limit(1)
    .executeTakeFirst();
  return row?.expires_at ?? null;
}

function holdsQuery(db: Db) {
  return db
    .selectFrom('holds')
    .innerJoin('operations', 'operations.id', 'holds.operation_id')
    .select([...holdColumns, 'operations.code as operation']);
}

function holdFrom(row: HoldRow): Hold {
  return {
    id: row.id,
    accountId: row.account_id,
    status: statusFrom(row.status),
    use: {
      operationId: row.operation_id,
      variant: row.variant,
      quantity: row.quantity,
      costId: row.cost_id,
      siteId: row.site_id,
      userId: row.user_id,
      reference: row.reference,
      metadata: row.metadata as Metadata | null,
    },
    operation: row.operation,
    units: row.units,
    capturedQuantity: row.captured_quantity,
    capturedUnits: row.captured_units,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    endedKey: row.ended_key,
    availableAfter: row.available_after,
    heldAfter: row.held_after,
  };
}

function statusFrom(word: string): HoldStatus {
  if (!Object.hasOwn(holdStates, word)) throw new Error(`There is no state ${word} of a hold.`);
  return word as HoldStatus;
}
