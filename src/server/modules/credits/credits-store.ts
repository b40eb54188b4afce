import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Grant, LedgerActor, LotKind } from './credit-lots.ts';
import { InsufficientCredits } from './credits-errors.ts';
import { openLots } from './credits-queries.ts';
import { appendEntry, openBooks, type OpenBooks, reasonExists } from './ledger.ts';
import { burnLots } from './spend-order.ts';

/** Gives a new account its empty balance; once per account. */
export async function openCreditBalance(tx: Tx, accountId: string): Promise<void> {
  await tx
    .insertInto('credit_balances')
    .values({ account_id: accountId, available: 0n, held: 0n })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
}

/**
 * Grants credits as a lot, exactly once per reason: the second grant for a reason changes nothing and answers false.
 * The balance row is locked first, so that grants and spending of one account happen one after the other.
 */
export async function grantCredits(tx: Tx, source: Source, grant: Grant): Promise<boolean> {
  const books = await openBooks(tx, source, grant.accountId);
  if (await reasonExists(tx, grant.accountId, grant.reasonKey)) return false;
  const lotId = await insertLot(tx, source, books, grant);
  await appendEntry(tx, source, books, {
    kind: 'grant',
    debit: 'counter',
    credit: 'available',
    lots: [{ lotId, units: grant.units }],
    reasonKey: grant.reasonKey,
    details: { lot_kind: grant.kind, source_type: grant.sourceType, source_id: grant.sourceId },
    actor: { type: grant.actorType, id: grant.actorId },
  });
  return true;
}

/** A correction by staff. */
export type Adjustment = {
  readonly accountId: string;
  /** What to give, or to take when negative. Whole credits, not zero. */
  readonly units: bigint;
  /** Shown to the customer. */
  readonly reason: string;
  /** The kind of lot that is given. */
  readonly kind: Extract<LotKind, 'adjustment' | 'bonus'>;
  readonly expiresAt: Date | null;
  readonly actor: LedgerActor;
  /** What the adjustment is called where its idempotency key is kept; also its lot's source. */
  readonly id: string;
  readonly requestId: string | undefined;
};

/** Gives credits as a lot of their own, or takes them in spend order. Answers the entry's id. @throws InsufficientCredits */
export async function adjustCredits(tx: Tx, source: Source, adjustment: Adjustment): Promise<string> {
  const { accountId, units, reason, kind } = adjustment;
  const books = await openBooks(tx, source, accountId);
  const common = {
    kind: 'adjustment',
    reasonKey: `adjustment:${adjustment.id}`,
    actor: adjustment.actor,
    requestId: adjustment.requestId,
  } as const;
  if (units > 0n) {
    const lot = { kind, units, expiresAt: adjustment.expiresAt, sourceType: 'adjustment', sourceId: adjustment.id };
    const lotId = await insertLot(tx, source, books, lot);
    const details = { reason, lot_kind: kind };
    const given = { ...common, details, debit: 'counter', credit: 'available', lots: [{ lotId, units }] } as const;
    return (await appendEntry(tx, source, books, given)).id;
  }
  const lots = burnLots(await openLots(tx, accountId), -units);
  if (lots === null) throw new InsufficientCredits(-units, books.available);
  const taken = { ...common, details: { reason }, debit: 'available', credit: 'counter', lots } as const;
  return (await appendEntry(tx, source, books, taken)).id;
}

/** A new lot, still empty: the entry that grants it fills it. Answers its id. */
async function insertLot(
  tx: Tx,
  source: Source,
  books: OpenBooks,
  lot: Pick<Grant, 'kind' | 'units' | 'expiresAt' | 'sourceType' | 'sourceId'>,
): Promise<string> {
  const id = source.ids.next();
  await tx
    .insertInto('credit_lots')
    .values({
      id,
      account_id: books.accountId,
      kind: lot.kind,
      units: lot.units,
      remaining: 0n,
      expires_at: lot.expiresAt,
      source_type: lot.sourceType,
      source_id: lot.sourceId,
      granted_at: books.now,
    })
    .execute();
  return id;
}
