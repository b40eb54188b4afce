import { mayBecome } from '#shared/state/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { LedgerActor } from './credit-lots.ts';
import { HoldExceeded, HoldNotOpen, InsufficientCredits } from './credits-errors.ts';
import { openLots } from './credits-queries.ts';
import type { Hold, HoldEnd, NewHold } from './hold.ts';
import { holdStates, type HoldStatus } from './hold-states.ts';
import { holdById, lockHold } from './holds-queries.ts';
import { appendEntry, columnsOfUse, countUsage, type OpenBooks, openBooks } from './ledger.ts';
import { burnLots, type LotShare } from './spend-order.ts';

/** Reserves credits of named lots, in spend order. The books are open. @throws InsufficientCredits */
export async function placeHold(
  tx: Tx,
  source: Source,
  books: OpenBooks,
  hold: NewHold,
): Promise<{ readonly id: string; readonly books: OpenBooks }> {
  const lots = burnLots(await openLots(tx, hold.accountId), hold.units);
  if (lots === null) throw new InsufficientCredits(hold.units, books.available);
  const id = source.ids.next();
  await tx
    .insertInto('holds')
    .values({
      id,
      account_id: hold.accountId,
      status: 'open',
      ...columnsOfUse(hold.use),
      units: hold.units,
      expires_at: new Date(books.now.getTime() + hold.lifetimeMs),
      created_at: books.now,
    })
    .execute();
  const reserved = lots.map((lot, index) => ({ ...lot, position: index + 1 }));
  if (reserved.length > 0) {
    await tx
      .insertInto('hold_lots')
      .values(
        reserved.map((lot) => ({
          hold_id: id,
          position: lot.position,
          lot_id: lot.lotId,
          account_id: hold.accountId,
          units: lot.units,
        })),
      )
      .execute();
  }
  const entry = await appendEntry(tx, source, books, {
    kind: 'hold',
    debit: 'available',
    credit: 'held',
    lots,
    reasonKey: `hold:${hold.key}`,
    actor: hold.actor,
    use: hold.use,
    holdId: id,
    requestId: hold.requestId,
  });
  return { id, books: entry.books };
}

/** Who ends a hold, and by which request. */
export type EndedBy = {
  readonly actor: LedgerActor;
  /** The Idempotency-Key; null when its time ran out. */
  readonly key: string | null;
  readonly requestId: string | undefined;
};

/**
 * Ends an open hold: what is captured leaves the account, the rest can be spent again, and what of it lies in lots that
 * have expired meanwhile expires now. Counts the use of a capture. Answers the hold as it stands after that.
 *
 * @throws HoldNotOpen, HoldExceeded, NotFound
 */
export async function endHold(
  tx: Tx,
  source: Source,
  hold: Pick<Hold, 'id' | 'accountId'>,
  end: HoldEnd,
  by: EndedBy,
): Promise<Hold> {
  let books = await openBooks(tx, source, hold.accountId);
  const known = await lockHold(tx, hold.accountId, hold.id);
  if (!mayBecome<HoldStatus>(holdStates, known.status, end.status)) throw new HoldNotOpen(known.status);
  const spent = end.status === 'captured' ? end.units : 0n;
  if (spent > known.units) throw new HoldExceeded(spent, known.units);
  const { captured, rest } = divide(await lotsOfHold(tx, hold.id), spent);
  const common = { actor: by.actor, holdId: hold.id, requestId: by.requestId } as const;
  if (end.status === 'captured') {
    const use = { ...known.use, quantity: end.quantity };
    const entry = { kind: 'capture', debit: 'held', credit: 'counter', reasonKey: `capture:${hold.id}` } as const;
    books = (await appendEntry(tx, source, books, { ...common, ...entry, lots: captured, use })).books;
    await countUsage(tx, books, use, spent);
  }
  if (rest.length > 0) {
    const details = { cause: end.status };
    const entry = { kind: 'release', debit: 'held', credit: 'available', reasonKey: `release:${hold.id}` } as const;
    await appendEntry(tx, source, books, { ...common, ...entry, details, lots: rest });
    books = await openBooks(tx, source, hold.accountId);
  }
  await tx
    .updateTable('holds')
    .set({
      status: end.status,
      ended_at: books.now,
      ended_key: by.key,
      captured_quantity: end.status === 'captured' ? end.quantity : null,
      captured_units: end.status === 'captured' ? spent : null,
      available_after: books.available,
      held_after: books.held,
    })
    .where('id', '=', hold.id)
    .execute();
  return await holdById(tx, hold.accountId, hold.id);
}

/** Divides reserved lots into what is spent, the first of them first, and the rest. Pure. */
function divide(reserved: readonly LotShare[], spent: bigint): { captured: LotShare[]; rest: LotShare[] } {
  const captured: LotShare[] = [];
  const rest: LotShare[] = [];
  let left = spent;
  for (const { lotId, units } of reserved) {
    const taken = units < left ? units : left;
    left -= taken;
    if (taken > 0n) captured.push({ lotId, units: taken });
    if (taken < units) rest.push({ lotId, units: units - taken });
  }
  return { captured, rest };
}

async function lotsOfHold(tx: Tx, holdId: string): Promise<LotShare[]> {
  const rows = await tx
    .selectFrom('hold_lots')
    .select(['lot_id', 'units'])
    .where('hold_id', '=', holdId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ lotId: row.lot_id, units: row.units }));
}
