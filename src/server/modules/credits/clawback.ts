import { sql } from 'kysely';
import type { Db, Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { LedgerActor } from './credit-lots.ts';
import { appendEntry, type OpenBooks } from './ledger.ts';
import type { LotShare } from './spend-order.ts';

/** A lot that a paid line of an invoice has brought. Whole credits. */
export type BoughtLot = {
  readonly lotId: string;
  readonly lineId: string;
  readonly units: bigint;
  /** What can be spent of it; nothing once it has expired. */
  readonly remaining: bigint;
  /** What refunds have taken back of it so far. */
  readonly takenBack: bigint;
};

/** What is written down about credits that move because their payment does. */
export type PaymentMove = {
  /** The reason the entry exists only once: `clawback:<refund>`. */
  readonly reasonKey: string;
  /** The lots and how much of each. */
  readonly lots: readonly LotShare[];
  readonly details: Readonly<Record<string, string | null>>;
  readonly actor: LedgerActor;
  readonly requestId?: string | undefined;
};

/**
 * The lots that lines of invoices have brought to the account, the oldest first. Read under the open books they are
 * what can be taken; read without them, what could be taken at `now`.
 */
export async function lotsOfLines(
  db: Db,
  accountId: string,
  lineIds: readonly string[],
  now: Date,
): Promise<BoughtLot[]> {
  if (lineIds.length === 0) return [];
  const { rows } = await sql<BoughtLot>`
    select lot.id as "lotId", lot.source_id as "lineId", lot.units,
      case when lot.expires_at <= ${now} then 0::bigint else lot.remaining end as remaining,
      coalesce((
        select -sum(part.units) from purser.ledger_entries entry
        join purser.ledger_entry_lots part on part.entry_id = entry.id and part.lot_id = lot.id
        where entry.account_id = lot.account_id and entry.kind in ('clawback', 'reinstatement')
      ), 0)::bigint as "takenBack"
    from purser.credit_lots lot
    where lot.account_id = ${accountId} and lot.source_type = 'invoice_line' and lot.source_id = any (${[...lineIds]}::uuid[])
    order by lot.granted_at, lot.id`.execute(db);
  return rows;
}

/** Takes credits out of the very lots named. The books are open; nothing happens without lots. */
export async function takeBackCredits(tx: Tx, source: Source, books: OpenBooks, move: PaymentMove): Promise<OpenBooks> {
  return await moveCredits(tx, source, books, move, 'clawback', ['available', 'counter']);
}

/** Puts back what was taken by mistake of a gateway, into the very lots; what has expired meanwhile expires then. */
export async function reinstateCredits(
  tx: Tx,
  source: Source,
  books: OpenBooks,
  move: PaymentMove,
): Promise<OpenBooks> {
  return await moveCredits(tx, source, books, move, 'reinstatement', ['counter', 'available']);
}

/** Sets credits of the very lots aside, so that nothing can spend them and no hold can reserve them. */
export async function freezeCredits(tx: Tx, source: Source, books: OpenBooks, move: PaymentMove): Promise<OpenBooks> {
  return await moveCredits(tx, source, books, move, 'freeze', ['available', 'held']);
}

/** Gives frozen credits free again; what has expired meanwhile expires when the books are opened next. */
export async function unfreezeCredits(tx: Tx, source: Source, books: OpenBooks, move: PaymentMove): Promise<OpenBooks> {
  return await moveCredits(tx, source, books, move, 'unfreeze', ['held', 'available']);
}

/** What an entry moved in each lot, for the way back. Whole credits, more than zero; empty when there is no such entry. */
export async function lotSharesOf(db: Db, accountId: string, reasonKey: string): Promise<LotShare[]> {
  const rows = await db
    .selectFrom('ledger_entry_lots as part')
    .innerJoin('ledger_entries as entry', 'entry.id', 'part.entry_id')
    .select(['part.lot_id', 'part.units'])
    .where('entry.account_id', '=', accountId)
    .where('entry.reason_key', '=', reasonKey)
    .orderBy('part.lot_id')
    .execute();
  return rows.map((row) => ({ lotId: row.lot_id, units: row.units < 0n ? -row.units : row.units }));
}

async function moveCredits(
  tx: Tx,
  source: Source,
  books: OpenBooks,
  move: PaymentMove,
  kind: 'clawback' | 'reinstatement' | 'freeze' | 'unfreeze',
  [debit, credit]: readonly ['available' | 'counter' | 'held', 'available' | 'counter' | 'held'],
): Promise<OpenBooks> {
  if (move.lots.length === 0) return books;
  const entry = await appendEntry(tx, source, books, {
    kind,
    debit,
    credit,
    lots: move.lots,
    reasonKey: move.reasonKey,
    details: move.details,
    actor: move.actor,
    requestId: move.requestId,
  });
  return entry.books;
}
