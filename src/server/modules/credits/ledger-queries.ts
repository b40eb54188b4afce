import { type Selectable, sql } from 'kysely';
import { type EntryKind, lotKinds } from '#shared/contract/metering.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { LedgerActor, LotKind } from './credit-lots.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { Metadata, MeteredUse } from './ledger.ts';

const entryColumns = [
  'id',
  'account_id',
  'sequence',
  'kind',
  'debit_account',
  'credit_account',
  'units',
  'available_after',
  'held_after',
  'reason_key',
  'details',
  'actor_type',
  'actor_id',
  'occurred_at',
  'operation_id',
  'variant',
  'quantity',
  'cost_id',
  'hold_id',
  'site_id',
  'user_id',
  'reference',
  'metadata',
  'request_id',
] as const;

type EntryRow = Pick<Selectable<Database['ledger_entries']>, (typeof entryColumns)[number]>;

/** Which entries of an account are read. */
export type EntryFilter = {
  readonly accountId: string;
  readonly kind?: EntryKind | undefined;
  readonly operationId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly userId?: string | undefined;
  /** Calendar dates, both included, on the calendar of `timeZone`. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly timeZone: string;
  readonly limit: number;
  /** The id of the last entry seen. */
  readonly afterId?: string | undefined;
};

/** Entries, newest first, one more than `limit` when there are more. */
export async function listEntries(db: Db, filter: EntryFilter): Promise<LedgerEntry[]> {
  let query = entryQuery(db, filter.accountId);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.operationId !== undefined) query = query.where('operation_id', '=', filter.operationId);
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId);
  if (filter.userId !== undefined) query = query.where('user_id', '=', filter.userId);
  const day = dayIn(filter.timeZone);
  if (filter.from !== undefined) {
    query = query
      .where('occurred_at', '>=', midnight(filter.from, 0, filter.timeZone, -1))
      .where(day, '>=', filter.from);
  }
  if (filter.to !== undefined) {
    query = query.where('occurred_at', '<', midnight(filter.to, 1, filter.timeZone, 1)).where(day, '<=', filter.to);
  }
  if (filter.afterId !== undefined) {
    const last = await entryById(db, filter.accountId, filter.afterId);
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('occurred_at', 'sequence'), '<', tuple(last.occurredAt, last.sequence)),
    );
  }
  const rows = await query
    .orderBy('occurred_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(entryFrom);
}

/** One entry of the account. @throws NotFound */
export async function entryById(db: Db, accountId: string, id: string): Promise<LedgerEntry> {
  const row = await entryQuery(db, accountId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('entry');
  return entryFrom(row);
}

/** The entry that exists for a reason; null when there is none. */
export async function entryByReason(db: Db, accountId: string, reasonKey: string): Promise<LedgerEntry | null> {
  const row = await entryQuery(db, accountId).where('reason_key', '=', reasonKey).executeTakeFirst();
  return row === undefined ? null : entryFrom(row);
}

/** What an entry did to one lot, and where the lot came from. */
export type EntryLot = {
  readonly lotId: string;
  readonly kind: LotKind;
  /** Whole credits; negative when it took. */
  readonly change: bigint;
  readonly grantedAt: Date;
  readonly expiresAt: Date | null;
  readonly sourceType: string;
  readonly sourceId: string | null;
  /** The entry that granted it. */
  readonly grantEntryId: string | null;
};

/** The lots of an entry, in the order they are spent in. */
export async function lotsOfEntry(db: Db, entryId: string): Promise<EntryLot[]> {
  const rows = await db
    .selectFrom('ledger_entry_lots as part')
    .innerJoin('credit_lots as lot', 'lot.id', 'part.lot_id')
    .select((of) => [
      'lot.id',
      'lot.kind',
      'part.units',
      'lot.granted_at',
      'lot.expires_at',
      'lot.source_type',
      'lot.source_id',
      // Of the same instant as the lot, and so found without reading what else has moved the lot, which may be millions.
      of
        .selectFrom('ledger_entries as entry')
        .innerJoin('ledger_entry_lots as filled', (join) =>
          join.onRef('filled.entry_id', '=', 'entry.id').onRef('filled.lot_id', '=', 'lot.id'),
        )
        .select('entry.id')
        .whereRef('entry.account_id', '=', 'lot.account_id')
        .whereRef('entry.occurred_at', '=', 'lot.granted_at')
        .where('entry.debit_account', '=', 'counter')
        .limit(1)
        .as('grant_entry_id'),
    ])
    .where('part.entry_id', '=', entryId)
    .orderBy('lot.expires_at')
    .orderBy(sql`lot.kind = 'purchased'`)
    .orderBy('lot.granted_at')
    .orderBy('lot.id')
    .execute();
  return rows.map((row) => ({
    lotId: row.id,
    kind: lotKindFrom(row.kind),
    change: row.units,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
    sourceType: row.source_type,
    sourceId: row.source_id,
    grantEntryId: row.grant_entry_id,
  }));
}

function entryQuery(db: Db, accountId: string) {
  return db.selectFrom('ledger_entries').select(entryColumns).where('account_id', '=', accountId);
}

/** The calendar date an entry belongs to, as the roll-ups count it. */
function dayIn(timeZone: string) {
  return sql<CalendarDate>`(occurred_at at time zone ${timeZone}::text)::date`;
}

/**
 * Some hours after the instant a calendar date begins, or one some days later: near enough for the index. In a zone that
 * puts its clocks back over midnight, that instant comes twice.
 */
function midnight(date: CalendarDate, daysLater: number, timeZone: string, hoursAfter: number) {
  return sql<Date>`((${date}::date + ${daysLater}::int)::timestamp at time zone ${timeZone}::text
    + ${hoursAfter}::int * interval '1 hour')`;
}

function entryFrom(row: EntryRow): LedgerEntry {
  const details = row.details as { readonly lot_kind?: string; readonly reason?: string };
  return {
    id: row.id,
    accountId: row.account_id,
    sequence: row.sequence,
    kind: row.kind as EntryKind,
    change: changeOf(row, 'available'),
    heldChange: changeOf(row, 'held'),
    availableAfter: row.available_after,
    heldAfter: row.held_after,
    use: useFrom(row),
    holdId: row.hold_id,
    lotKind: details.lot_kind === undefined ? null : lotKindFrom(details.lot_kind),
    reason: details.reason ?? null,
    reasonKey: row.reason_key,
    actor: { type: row.actor_type as LedgerActor['type'], id: row.actor_id },
    requestId: row.request_id,
    occurredAt: row.occurred_at,
  };
}

function changeOf(row: EntryRow, account: 'available' | 'held'): bigint {
  if (row.credit_account === account) return row.units;
  return row.debit_account === account ? -row.units : 0n;
}

function useFrom(row: EntryRow): MeteredUse | null {
  if (row.operation_id === null || row.variant === null || row.quantity === null || row.cost_id === null) return null;
  return {
    operationId: row.operation_id,
    variant: row.variant,
    quantity: row.quantity,
    costId: row.cost_id,
    siteId: row.site_id,
    userId: row.user_id,
    reference: row.reference,
    metadata: row.metadata as Metadata | null,
  };
}

function lotKindFrom(word: string): LotKind {
  const kind = lotKinds.find((known) => known === word);
  if (kind === undefined) throw new Error(`There is no kind ${word} of lot.`);
  return kind;
}
