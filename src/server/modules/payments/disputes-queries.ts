import { type Selectable, sql } from 'kysely';
import { isCurrency } from '#shared/money/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import type { Dispute } from './dispute.ts';
import { type DisputeStatus, disputeStates } from './dispute-states.ts';

const columns = [
  'id',
  'account_id',
  'payment_id',
  'gateway',
  'gateway_reference',
  'status',
  'takes_money',
  'amount_minor',
  'currency',
  'reason',
  'credits_frozen',
  'evidence_due_at',
  'opened_at',
  'closed_at',
  'checks',
] as const;

/** Which disputes are listed. */
export type DisputeFilter = {
  /** Only those that are open, or only those that are closed. */
  readonly open?: boolean | undefined;
  readonly limit: number;
  readonly after?: { readonly openedAt: Date; readonly id: string } | undefined;
};

/** Disputes of every account, newest first, one more than `limit` when there are more. Reads in system scope. */
export async function listDisputes(db: Db, filter: DisputeFilter): Promise<Dispute[]> {
  let query = db.selectFrom('disputes').select(columns);
  if (filter.open !== undefined) query = query.where('closed_at', filter.open ? 'is' : 'is not', null);
  if (filter.after !== undefined) {
    const { openedAt, id } = filter.after;
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('opened_at', 'id'), '<', tuple(openedAt, id)));
  }
  const rows = await query
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(fromRow);
}

/** The disputes of payments, the oldest first, by payment. */
export async function disputesOfPayments(db: Db, paymentIds: readonly string[]): Promise<Map<string, Dispute[]>> {
  const byPayment = new Map<string, Dispute[]>(paymentIds.map((id) => [id, []]));
  if (paymentIds.length === 0) return byPayment;
  const rows = await db
    .selectFrom('disputes')
    .select(columns)
    .where('payment_id', 'in', [...paymentIds])
    .orderBy('id')
    .execute();
  for (const row of rows) byPayment.get(row.payment_id)?.push(fromRow(row));
  return byPayment;
}

/** One dispute by its name at the gateway, locked until the transaction ends; null when there is none of that name. */
export async function lockDisputeByReference(db: Db, gateway: string, reference: string): Promise<Dispute | null> {
  const row = await db
    .selectFrom('disputes')
    .select(columns)
    .where('gateway', '=', gateway)
    .where('gateway_reference', '=', reference)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** One dispute; null when the scope sees none. */
export async function disputeById(db: Db, id: string): Promise<Dispute | null> {
  const row = await db.selectFrom('disputes').select(columns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Whether other disputes of the payment, or of any payment of the account, are open or were lost. */
export async function otherDisputesOf(
  db: Db,
  dispute: Pick<Dispute, 'id' | 'accountId' | 'paymentId'>,
): Promise<{ readonly ofPayment: boolean; readonly ofAccount: boolean }> {
  const rows = await db
    .selectFrom('disputes')
    .select('payment_id')
    .distinct()
    .where('account_id', '=', dispute.accountId)
    .where('id', '<>', dispute.id)
    .where('status', '<>', 'won')
    .execute();
  return { ofPayment: rows.some((row) => row.payment_id === dispute.paymentId), ofAccount: rows.length > 0 };
}

/** What open disputes hold of a payment, in minor units. */
export async function disputedMinor(db: Db, paymentId: string): Promise<bigint> {
  const { disputed } = await db
    .selectFrom('disputes')
    .select(sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('disputed'))
    .where('payment_id', '=', paymentId)
    .where('takes_money', '=', true)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return disputed;
}

/** What a dispute froze, lot by lot. */
export async function lotsOfDispute(db: Db, disputeId: string): Promise<{ lotId: string; units: bigint }[]> {
  const rows = await db
    .selectFrom('dispute_lots')
    .select(['lot_id', 'units'])
    .where('dispute_id', '=', disputeId)
    .orderBy('lot_id')
    .execute();
  return rows.map((row) => ({ lotId: row.lot_id, units: row.units }));
}

/** A dispute the sweep asks about. */
export type DueDispute = { readonly id: string; readonly gateway: string; readonly gatewayReference: string };

/** Disputes the sweep has to ask about at `now`, longest due first, at most `limit`. */
export async function disputesDueForCheck(db: Db, now: Date, limit: number): Promise<DueDispute[]> {
  const rows = await db
    .selectFrom('disputes')
    .select(['id', 'gateway', 'gateway_reference'])
    .where('check_due_at', '<=', now)
    .orderBy('check_due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, gateway: row.gateway, gatewayReference: row.gateway_reference }));
}

/** When the next dispute after `after` is due for the sweep; null when none is. */
export async function nextDisputeCheck(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('disputes')
    .select('check_due_at')
    .where('check_due_at', '>', after)
    .orderBy('check_due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.check_due_at ?? null;
}

function fromRow(row: Pick<Selectable<Database['disputes']>, (typeof columns)[number]>): Dispute {
  if (!isCurrency(row.currency)) throw new Error(`The dispute ${row.id} cannot be read.`);
  return {
    id: row.id,
    accountId: row.account_id,
    paymentId: row.payment_id,
    gateway: row.gateway,
    gatewayReference: row.gateway_reference,
    status: statusFrom(row.status),
    takesMoney: row.takes_money,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    creditsFrozen: row.credits_frozen,
    evidenceDueAt: row.evidence_due_at,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    checks: row.checks,
  };
}

function statusFrom(word: string): DisputeStatus {
  if (!Object.hasOwn(disputeStates, word)) throw new Error(`There is no state ${word} of a dispute.`);
  return word as DisputeStatus;
}
