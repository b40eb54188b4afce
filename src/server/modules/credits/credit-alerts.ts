import { z } from 'zod';
import { currencyCode } from '#shared/contract/codecs.ts';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Selectable } from 'kysely';

const wholeNumber = z.coerce.bigint();

/** What an alert is about, as it was when it was raised. */
const alertSubject = z.discriminatedUnion('kind', [
  /** Less can be spent than the account's threshold. */
  z.object({ kind: z.literal('low_balance'), threshold: wholeNumber, available: wholeNumber }),
  /** So many per cent of the credits a plan includes are spent. */
  z.object({
    kind: z.literal('included_used'),
    percent: z.literal([50, 80, 100]),
    spent: wholeNumber,
    included: wholeNumber,
  }),
  /** An auto top-up was not paid, or could not even be tried. */
  z.object({
    kind: z.literal('top_up_failed'),
    /** The payment its payer can finish; null when there is none. */
    paymentId: z.uuid().nullable(),
    /** `authentication_required`, `insufficient_funds`, `saved_method_missing` … */
    reason: z.string(),
    /** The gateway's words for the payer; empty when it said nothing. */
    message: z.string(),
    switchedOff: z.boolean(),
  }),
  /** Another top-up would exceed the cap of the month. */
  z.object({
    kind: z.literal('top_up_cap_reached'),
    capMinor: wholeNumber,
    currency: currencyCode,
    /** The first day of the next month on the account's calendar. */
    resumesOn: z.iso.date(),
  }),
]);
export type AlertSubject = z.output<typeof alertSubject>;

/** Something an account was told about its credits. */
export type CreditAlert = {
  readonly id: string;
  readonly accountId: string;
  readonly subject: AlertSubject;
  readonly happenedAt: Date;
};

/** Writes an alert down. Answers its id, or null when the account was told for this reason before. */
export async function storeCreditAlert(
  tx: Tx,
  source: Source,
  alert: { readonly accountId: string; readonly reasonKey: string; readonly subject: AlertSubject },
): Promise<string | null> {
  const { kind, ...details } = alert.subject;
  const row = await tx
    .insertInto('credit_alerts')
    .values({
      id: source.ids.next(),
      account_id: alert.accountId,
      kind,
      reason_key: alert.reasonKey,
      details: JSON.stringify(details, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
      happened_at: source.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'reason_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** One alert of the account. @throws NotFound */
export async function creditAlertById(db: Db, accountId: string, id: string): Promise<CreditAlert> {
  const row = await alertsOf(db, accountId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('alert');
  return fromRow(row);
}

/** The last alert of the account about its balance or its included credits; null when there was none. */
export async function lastCreditAlert(db: Db, accountId: string): Promise<CreditAlert | null> {
  const row = await alertsOf(db, accountId)
    .where('kind', 'in', ['low_balance', 'included_used'])
    .orderBy('happened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

function alertsOf(db: Db, accountId: string) {
  return db
    .selectFrom('credit_alerts')
    .select(['id', 'account_id', 'kind', 'details', 'happened_at'])
    .where('account_id', '=', accountId);
}

function fromRow(row: Omit<Selectable<Database['credit_alerts']>, 'reason_key'>): CreditAlert {
  return {
    id: row.id,
    accountId: row.account_id,
    subject: alertSubject.parse(Object.assign({ kind: row.kind }, row.details)),
    happenedAt: row.happened_at,
  };
}
