import { type Selectable, sql } from 'kysely';
import { type Currency, isCurrency } from '#shared/money/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { isCollectable, type PaymentStatus, paymentStates } from './payment-states.ts';

/** One top-up with its payment. The amount in minor units of `currency`. */
export type TopUp = {
  readonly id: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly status: 'under_way' | 'succeeded' | 'failed';
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly startedAt: Date;
};

/** Writes a top-up down with its payment; the database refuses a second one that is under way. */
export async function insertTopUp(
  tx: Tx,
  source: Source,
  topUp: Omit<TopUp, 'id' | 'status' | 'startedAt'> & { readonly startedOn: CalendarDate },
): Promise<void> {
  await tx
    .insertInto('top_ups')
    .values({
      id: source.ids.next(),
      account_id: topUp.accountId,
      payment_id: topUp.paymentId,
      status: 'under_way',
      amount_minor: topUp.amountMinor,
      currency: topUp.currency,
      started_on: topUp.startedOn,
      started_at: source.clock.now(),
    })
    .execute();
}

/** The top-up a payment was started for, locked until the transaction ends; null for any other payment. */
export async function lockTopUpOfPayment(tx: Tx, paymentId: string): Promise<TopUp | null> {
  const row = await tx
    .selectFrom('top_ups')
    .select(columns)
    .where('payment_id', '=', paymentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Ends a top-up. One that failed may still succeed, when its payer finishes the payment. */
export async function endTopUp(tx: Tx, id: string, status: 'succeeded' | 'failed', now: Date): Promise<void> {
  await tx.updateTable('top_ups').set({ status, ended_at: now }).where('id', '=', id).execute();
}

/** Whether a top-up of the account is under way, or has failed and can still be finished by its payer. */
export async function isTopUpUnderWay(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('top_ups')
    .innerJoin('payments', 'payments.id', 'top_ups.payment_id')
    .select('top_ups.id')
    .where('top_ups.account_id', '=', accountId)
    .where((where) =>
      where.or([
        where('top_ups.status', '=', 'under_way'),
        where.and([where('top_ups.status', '=', 'failed'), where('payments.status', 'in', collectableStates)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The payment of a failed top-up that its payer could still finish; null when there is none. */
export async function unfinishedTopUpPayment(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('top_ups')
    .innerJoin('payments', 'payments.id', 'top_ups.payment_id')
    .select('payments.id')
    .where('top_ups.account_id', '=', accountId)
    .where('top_ups.status', '=', 'failed')
    .where('payments.status', 'in', collectableStates)
    .orderBy('top_ups.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** What the top-ups of a month cost, in minor units: those paid, and the one under way. `month` is any day of it. */
export async function spentOnTopUps(
  db: Db,
  accountId: string,
  month: CalendarDate,
  currency: Currency,
): Promise<bigint> {
  const { spent } = await db
    .selectFrom('top_ups')
    .select(sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('spent'))
    .where('account_id', '=', accountId)
    .where('started_on', '>=', firstOfMonth(month))
    .where('started_on', '<', sql<string>`(${firstOfMonth(month)}::date + interval '1 month')::date`)
    .where('currency', '=', currency)
    .where('status', 'in', ['succeeded', 'under_way'])
    .executeTakeFirstOrThrow();
  return spent;
}

/** The last top-up of the account; null when there was none. */
export async function lastTopUp(db: Db, accountId: string): Promise<TopUp | null> {
  const row = await db
    .selectFrom('top_ups')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('started_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

const collectableStates = (Object.keys(paymentStates) as PaymentStatus[]).filter(isCollectable);

function firstOfMonth(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 7)}-01`;
}

const columns = ['id', 'account_id', 'payment_id', 'status', 'amount_minor', 'currency', 'started_at'] as const;

const statuses = ['under_way', 'succeeded', 'failed'] as const;

function fromRow(row: Pick<Selectable<Database['top_ups']>, (typeof columns)[number]>): TopUp {
  const status = statuses.find((known) => known === row.status);
  if (status === undefined || !isCurrency(row.currency)) throw new Error(`The top-up ${row.id} cannot be read.`);
  return {
    id: row.id,
    accountId: row.account_id,
    paymentId: row.payment_id,
    status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    startedAt: row.started_at,
  };
}
