import { type Selectable, sql } from 'kysely';
import { isCurrency } from '#shared/money/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import { type AutoTopUp, type AutoTopUpSettings, type TopUpOffReason, topUpFailuresMax } from './auto-top-up.ts';

/** The auto top-up of an account; null when it never had one. */
export async function autoTopUpOf(db: Db, accountId: string): Promise<AutoTopUp | null> {
  const row = await topUpRow(db, accountId).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** The auto top-up of an account, locked until the transaction ends, so that one top-up is decided at a time. */
export async function lockAutoTopUp(tx: Tx, accountId: string): Promise<AutoTopUp | null> {
  const row = await topUpRow(tx, accountId).forNoKeyUpdate().executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Keeps the settings as somebody chose them: what went wrong before is forgotten, and a cap no longer waited for. */
export async function saveAutoTopUp(
  tx: Tx,
  accountId: string,
  settings: AutoTopUpSettings,
  update: { readonly updatedBy: string | null; readonly now: Date },
): Promise<void> {
  const values = {
    is_on: settings.isOn,
    credit_package_id: settings.creditPackageId,
    threshold_credits: settings.thresholdCredits,
    monthly_cap_minor: settings.monthlyCapMinor,
    currency: settings.currency,
    failures: 0,
    off_reason: null,
    resumes_at: null,
    updated_by: update.updatedBy,
    updated_at: update.now,
  };
  await tx
    .insertInto('auto_top_ups')
    .values({ account_id: accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** Switches an auto top-up off, because it cannot work. */
export async function switchOffTopUp(tx: Tx, accountId: string, reason: TopUpOffReason, now: Date): Promise<void> {
  await tx
    .updateTable('auto_top_ups')
    .set({ is_on: false, off_reason: reason, resumes_at: null, updated_at: now })
    .where('account_id', '=', accountId)
    .execute();
}

/** Switches an auto top-up on again that waited for another method to charge; failures of before are forgotten. */
export async function switchOnAgain(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .updateTable('auto_top_ups')
    .set({ is_on: true, off_reason: null, failures: 0, updated_at: now })
    .where('account_id', '=', accountId)
    .execute();
}

/**
 * Counts a failed top-up, and switches the auto top-up off after the last that may fail. Answers whether it did.
 */
export async function countTopUpFailure(tx: Tx, accountId: string, now: Date): Promise<boolean> {
  const { failures, is_on } = await tx
    .updateTable('auto_top_ups')
    .set((set) => ({ failures: set('failures', '+', 1) }))
    .where('account_id', '=', accountId)
    .returning(['failures', 'is_on'])
    .executeTakeFirstOrThrow();
  if (!is_on || failures < topUpFailuresMax) return false;
  await switchOffTopUp(tx, accountId, 'failures', now);
  return true;
}

/** Forgets failures, once a top-up was paid. */
export async function forgetTopUpFailures(tx: Tx, accountId: string): Promise<void> {
  await tx.updateTable('auto_top_ups').set({ failures: 0 }).where('account_id', '=', accountId).execute();
}

/** Waits with the next top-up until midnight of a day on the account's calendar. */
export async function waitWithTopUps(
  tx: Tx,
  accountId: string,
  until: { readonly date: CalendarDate; readonly timeZone: string },
): Promise<void> {
  await tx
    .updateTable('auto_top_ups')
    .set({ resumes_at: sql<Date>`${until.date}::date::timestamp at time zone ${until.timeZone}::text` })
    .where('account_id', '=', accountId)
    .execute();
}

/** Ends the waiting for the next month. */
export async function endTopUpWait(tx: Tx, accountId: string): Promise<void> {
  await tx.updateTable('auto_top_ups').set({ resumes_at: null }).where('account_id', '=', accountId).execute();
}

/** The accounts that have waited for the next month, longest first, at most `limit`. */
export async function topUpsResuming(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('auto_top_ups')
    .select('account_id')
    .where('resumes_at', '<=', now)
    .orderBy('resumes_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.account_id);
}

/** When the next wait after `after` ends; null when nobody waits. */
export async function nextTopUpResumption(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('auto_top_ups')
    .select('resumes_at')
    .where('resumes_at', '>', after)
    .orderBy('resumes_at')
    .limit(1)
    .executeTakeFirst();
  return row?.resumes_at ?? null;
}

const columns = [
  'account_id',
  'is_on',
  'credit_package_id',
  'threshold_credits',
  'monthly_cap_minor',
  'currency',
  'failures',
  'off_reason',
  'resumes_at',
  'updated_at',
] as const;

function topUpRow(db: Db, accountId: string) {
  return db.selectFrom('auto_top_ups').select(columns).where('account_id', '=', accountId);
}

const offReasons = ['failures', 'saved_method_missing', 'package_unavailable'] as const;

function fromRow(row: Pick<Selectable<Database['auto_top_ups']>, (typeof columns)[number]>): AutoTopUp {
  if (!isCurrency(row.currency)) throw new Error(`The auto top-up of ${row.account_id} has an unknown currency.`);
  return {
    isOn: row.is_on,
    creditPackageId: row.credit_package_id,
    thresholdCredits: row.threshold_credits,
    monthlyCapMinor: row.monthly_cap_minor,
    currency: row.currency,
    failures: row.failures,
    offReason: offReasons.find((known) => known === row.off_reason) ?? null,
    resumesAt: row.resumes_at,
    updatedAt: row.updated_at,
  };
}
