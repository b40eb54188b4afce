import { type Selectable, sql } from 'kysely';
import { isCurrency } from '#shared/money/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Refund, RefundOrigin } from './refund.ts';
import { type RefundStatus, refundStates } from './refund-states.ts';

const columns = [
  'id',
  'account_id',
  'payment_id',
  'amount_minor',
  'currency',
  'status',
  'origin',
  'gateway',
  'gateway_reference',
  'reason',
  'requested_by',
  'credits_taken_back',
  'failure',
  'created_at',
  'succeeded_at',
  'checks',
] as const;

/** One refund of the account. @throws NotFound */
export async function refundById(db: Db, accountId: string, id: string): Promise<Refund> {
  const row = await db
    .selectFrom('refunds')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('refund');
  return fromRow(row);
}

/** One refund, locked until the transaction ends; its payment is locked before it. @throws NotFound */
export async function lockRefund(db: Db, accountId: string, id: string): Promise<Refund> {
  const row = await db
    .selectFrom('refunds')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('refund');
  return fromRow(row);
}

/** The refunds of payments, the oldest first, by payment. */
export async function refundsOfPayments(db: Db, paymentIds: readonly string[]): Promise<Map<string, Refund[]>> {
  const byPayment = new Map<string, Refund[]>(paymentIds.map((id) => [id, []]));
  if (paymentIds.length === 0) return byPayment;
  const rows = await db
    .selectFrom('refunds')
    .select(columns)
    .where('payment_id', 'in', [...paymentIds])
    .orderBy('id')
    .execute();
  for (const row of rows) byPayment.get(row.payment_id)?.push(fromRow(row));
  return byPayment;
}

/** The refunds that correct an invoice, the oldest first. */
export async function refundsOfInvoice(db: Db, invoiceId: string): Promise<Refund[]> {
  const rows = await db
    .selectFrom('refunds')
    .select(columns)
    .where('id', 'in', (of) => of.selectFrom('refund_invoices').select('refund_id').where('invoice_id', '=', invoiceId))
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** What a refund gives back of which invoice, in minor units. */
export async function invoicesOfRefund(
  db: Db,
  refundId: string,
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  const rows = await db
    .selectFrom('refund_invoices')
    .select(['invoice_id', 'amount_minor'])
    .where('refund_id', '=', refundId)
    .orderBy('invoice_id')
    .execute();
  return rows.map((row) => ({ invoiceId: row.invoice_id, amountMinor: row.amount_minor }));
}

/** What a payment brought to an invoice, and what was given back of it. Amounts in minor units. */
export type AllocatedPart = {
  readonly invoiceId: string;
  readonly allocatedMinor: bigint;
  /** By refunds of this payment, and by refunds of any payment, that have not failed. */
  readonly refundedMinor: bigint;
  readonly creditedMinor: bigint;
};

/** What a payment brought to its invoices, in the order of their ids. */
export async function allocationsOfPayment(db: Db, paymentId: string): Promise<AllocatedPart[]> {
  const { rows } = await sql<AllocatedPart>`
    select allocation.invoice_id as "invoiceId", allocation.amount_minor as "allocatedMinor",
      coalesce(sum(part.amount_minor) filter (where refund.payment_id = allocation.payment_id), 0)::bigint
        as "refundedMinor",
      coalesce(sum(part.amount_minor) filter (where refund.id is not null), 0)::bigint as "creditedMinor"
    from purser.payment_allocations allocation
    left join purser.refund_invoices part on part.invoice_id = allocation.invoice_id
    left join purser.refunds refund on refund.id = part.refund_id and refund.status <> 'failed'
    where allocation.payment_id = ${paymentId}
    group by allocation.payment_id, allocation.invoice_id, allocation.amount_minor
    order by allocation.invoice_id`.execute(db);
  return rows;
}

/** Refunds the sweep has to ask about at `now`, longest due first, at most `limit`. */
export async function refundsDueForCheck(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string; paymentId: string }[]> {
  const rows = await db
    .selectFrom('refunds')
    .select(['id', 'account_id', 'payment_id'])
    .where('check_due_at', '<=', now)
    .orderBy('check_due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id, paymentId: row.payment_id }));
}

/** When the next refund after `after` is due for the sweep; null when none is. */
export async function nextRefundCheck(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('refunds')
    .select('check_due_at')
    .where('check_due_at', '>', after)
    .orderBy('check_due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.check_due_at ?? null;
}

const origins: readonly RefundOrigin[] = ['staff', 'gateway', 'automatic', 'dispute'];

function fromRow(row: Pick<Selectable<Database['refunds']>, (typeof columns)[number]>): Refund {
  const origin = origins.find((known) => known === row.origin);
  if (origin === undefined || !isCurrency(row.currency)) throw new Error(`The refund ${row.id} cannot be read.`);
  return {
    id: row.id,
    accountId: row.account_id,
    paymentId: row.payment_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: statusFrom(row.status),
    origin,
    gateway: row.gateway,
    gatewayReference: row.gateway_reference,
    reason: row.reason,
    requestedBy: row.requested_by,
    creditsTakenBack: row.credits_taken_back,
    failure: row.failure,
    createdAt: row.created_at,
    succeededAt: row.succeeded_at,
    checks: row.checks,
  };
}

function statusFrom(word: string): RefundStatus {
  if (!Object.hasOwn(refundStates, word)) throw new Error(`There is no state ${word} of a refund.`);
  return word as RefundStatus;
}
