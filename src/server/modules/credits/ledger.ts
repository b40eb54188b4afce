import { sql } from 'kysely';
import type { EntryKind } from '#shared/contract/metering.ts';
import type { Db, Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { CreditBalance, LedgerActor } from './credit-lots.ts';
import type { LotShare } from './spend-order.ts';

/** The books of one account while its balance row is locked by the transaction. */
export type OpenBooks = CreditBalance & {
  readonly accountId: string;
  /** The number of the last entry. */
  readonly entries: bigint;
  /** The instant of the entries to come: never before that of the last one. */
  readonly now: Date;
};

/** Where units move from and to: out of the tenant's sight, to be spent, or reserved. */
type LedgerAccount = 'counter' | 'available' | 'held';

/** What an operation was used for, as an entry and a hold keep it. */
export type MeteredUse = {
  readonly operationId: string;
  /** '' for no variant in particular. */
  readonly variant: string;
  readonly quantity: bigint;
  readonly costId: string;
  readonly siteId: string | null;
  readonly userId: string | null;
  readonly reference: string | null;
  readonly metadata: Metadata | null;
};

/** What a caller keeps with a use. */
export type Metadata = { readonly [member: string]: string | number | boolean };

/** An entry to be written. */
export type NewEntry = {
  readonly kind: EntryKind;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  /** The lots the units move in; their sum is the entry's. */
  readonly lots: readonly LotShare[];
  /** The reason the entry exists only once. */
  readonly reasonKey: string;
  readonly details?: Readonly<Record<string, string | null>>;
  readonly actor: LedgerActor;
  readonly use?: MeteredUse;
  readonly holdId?: string;
  readonly requestId?: string | undefined;
};

/**
 * Locks the books of an account, so that everything that changes its credits happens one after the other, and first
 * writes down the expiry of what can no longer be spent.
 */
export async function openBooks(tx: Tx, source: Source, accountId: string): Promise<OpenBooks> {
  const locked = await tx
    .selectFrom('credit_balances')
    .select(['available', 'held', 'entries', 'last_entry_at'])
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const clockNow = source.clock.now();
  const now = locked.last_entry_at !== null && locked.last_entry_at > clockNow ? locked.last_entry_at : clockNow;
  const expired = await sql<{ count: number }>`select purser.expire_due_lots(${accountId}, ${now}) as count`.execute(
    tx,
  );
  if (expired.rows[0]?.count === 0) return { ...locked, accountId, now };
  const { available, held, entries } = await tx
    .selectFrom('credit_balances')
    .select(['available', 'held', 'entries'])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return { available, held, entries, accountId, now };
}

/**
 * Writes one entry: the units move between two of the account's ledger accounts, in the entry, in its lots and in the
 * balance alike. Answers the entry's id and the books after it.
 */
export async function appendEntry(
  tx: Tx,
  source: Source,
  books: OpenBooks,
  entry: NewEntry,
): Promise<{ readonly id: string; readonly books: OpenBooks }> {
  const id = source.ids.next();
  const units = entry.lots.reduce((sum, lot) => sum + lot.units, 0n);
  const after: OpenBooks = {
    ...books,
    available: books.available + units * signOf(entry, 'available'),
    held: books.held + units * signOf(entry, 'held'),
    entries: books.entries + 1n,
  };
  const { use } = entry;
  await tx
    .insertInto('ledger_entries')
    .values({
      id,
      account_id: books.accountId,
      kind: entry.kind,
      debit_account: entry.debit,
      credit_account: entry.credit,
      units,
      available_after: after.available,
      held_after: after.held,
      reason_key: entry.reasonKey,
      details: JSON.stringify(entry.details ?? {}),
      actor_type: entry.actor.type,
      actor_id: entry.actor.id,
      occurred_at: books.now,
      sequence: after.entries,
      hold_id: entry.holdId ?? null,
      request_id: entry.requestId ?? null,
      ...(use === undefined ? {} : columnsOfUse(use)),
    })
    .execute();
  await moveInLots(tx, books.accountId, id, entry);
  await tx
    .updateTable('credit_balances')
    .set({ available: after.available, held: after.held, entries: after.entries, last_entry_at: books.now })
    .where('account_id', '=', books.accountId)
    .execute();
  return { id, books: after };
}

/** Counts a use in the roll-up of its day, on the account's calendar. The books are open. */
export async function countUsage(tx: Tx, books: OpenBooks, use: MeteredUse, units: bigint): Promise<void> {
  await sql`
    select purser.count_usage(id, (${books.now}::timestamptz at time zone time_zone)::date, ${use.operationId}::uuid,
      ${use.variant}::text, ${use.siteId}::uuid, ${use.userId}::uuid, ${units}::bigint, ${use.quantity}::bigint)
    from purser.accounts where id = ${books.accountId}`.execute(tx);
}

/** Whether an entry exists for a reason. */
export async function reasonExists(db: Db, accountId: string, reasonKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('ledger_entries')
    .select('id')
    .where('account_id', '=', accountId)
    .where('reason_key', '=', reasonKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** A use as the columns entries and holds have in common. */
export function columnsOfUse(use: MeteredUse) {
  return {
    operation_id: use.operationId,
    variant: use.variant,
    quantity: use.quantity,
    cost_id: use.costId,
    site_id: use.siteId,
    user_id: use.userId,
    reference: use.reference,
    metadata: use.metadata === null ? null : JSON.stringify(use.metadata),
  };
}

/** Whether an entry fills a ledger account (1), draws from it (−1), or leaves it alone (0). */
function signOf(entry: Pick<NewEntry, 'debit' | 'credit'>, account: LedgerAccount): bigint {
  if (entry.credit === account) return 1n;
  return entry.debit === account ? -1n : 0n;
}

async function moveInLots(tx: Tx, accountId: string, entryId: string, entry: NewEntry): Promise<void> {
  if (entry.lots.length === 0) return;
  const available = signOf(entry, 'available');
  const held = signOf(entry, 'held');
  // What leaves for good is drawn from the lot, whichever of its two parts it was in.
  const sign = available === 0n ? held : available;
  await tx
    .insertInto('ledger_entry_lots')
    .values(
      entry.lots.map((lot) => ({
        entry_id: entryId,
        lot_id: lot.lotId,
        account_id: accountId,
        units: lot.units * sign,
      })),
    )
    .execute();
  const ids = entry.lots.map((lot) => lot.lotId);
  const units = entry.lots.map((lot) => lot.units);
  await sql`
    update purser.credit_lots lot
    set remaining = lot.remaining + ${available}::bigint * moved.units, held = lot.held + ${held}::bigint * moved.units
    from unnest(${ids}::uuid[], ${units}::bigint[]) as moved (id, units)
    where lot.id = moved.id and lot.account_id = ${accountId}`.execute(tx);
}
