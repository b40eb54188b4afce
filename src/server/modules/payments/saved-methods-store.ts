import { sql } from 'kysely';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { GatewayMethod } from './gateway.ts';
import { expiresOnOf, warningDay } from './saved-method.ts';

/** A day on a calendar, and the time zone of that calendar. */
export type LocalDay = { readonly date: CalendarDate; readonly timeZone: string };

/** A method to be written down, and where its account stands in time. */
export type NewSavedMethod = {
  readonly accountId: string;
  readonly gateway: string;
  readonly method: string;
  readonly kept: GatewayMethod;
  readonly isDefault: boolean;
  /** Whether it stands beside one that is the same: written down as removed, so that its gateway is told to forget it. */
  readonly isSpare: boolean;
  readonly today: LocalDay;
};

/** Lets the changes to the saved methods of an account wait for each other, until the transaction ends. */
export async function lockSavedMethods(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved_methods:${accountId}`}, 0))`.execute(tx);
}

/** Writes a saved method down. Answers its id. */
export async function insertSavedMethod(tx: Tx, source: Source, method: NewSavedMethod): Promise<string> {
  const { kept, today } = method;
  const id = source.ids.next();
  const now = source.clock.now();
  const expiresOn = expiresOnOf(kept.details);
  await tx
    .insertInto('saved_payment_methods')
    .values({
      id,
      account_id: method.accountId,
      gateway: method.gateway,
      method: method.method,
      gateway_reference: kept.reference,
      details: JSON.stringify(kept.details),
      is_default: method.isDefault && !method.isSpare,
      fingerprint: kept.fingerprint,
      expires_on: expiresOn,
      warn_at: method.isSpare ? null : midnight(warningDay(expiresOn, today.date), today.timeZone),
      created_at: now,
      removed_at: method.isSpare ? now : null,
    })
    .execute();
  return id;
}

/** Learns what the gateway knows of a method now; another expiry is another warning. */
export async function renewSavedMethod(tx: Tx, id: string, kept: GatewayMethod, today: LocalDay): Promise<void> {
  const expiresOn = expiresOnOf(kept.details);
  await tx
    .updateTable('saved_payment_methods')
    .set({
      details: JSON.stringify(kept.details),
      fingerprint: kept.fingerprint,
      expires_on: expiresOn,
      warn_at: sql<Date | null>`case when expires_on is not distinct from ${expiresOn}::date then warn_at
        else ${midnight(warningDay(expiresOn, today.date), today.timeZone)} end`,
    })
    .where('id', '=', id)
    .execute();
}

/** Removes a method from its account. The row stays: payments were made by it. */
export async function endSavedMethod(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('saved_payment_methods')
    .set({ removed_at: now, is_default: false, warn_at: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
}

/** Notes that the gateway keeps a removed method no more. */
export async function noteForgotten(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('saved_payment_methods').set({ forgotten_at: now }).where('id', '=', id).execute();
}

/** Makes one method of the account the default one, and the one before it an ordinary one. */
export async function makeDefaultMethod(tx: Tx, accountId: string, id: string): Promise<void> {
  await clearDefaultMethod(tx, accountId);
  await tx
    .updateTable('saved_payment_methods')
    .set({ is_default: true })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
}

/** Leaves the account without a default method, for the moment in which another one takes the place. */
export async function clearDefaultMethod(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('saved_payment_methods')
    .set({ is_default: false })
    .where('account_id', '=', accountId)
    .where('is_default', '=', true)
    .execute();
}

/** Notes that the account was told of the expiry of a method. */
export async function endExpiryWarning(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('saved_payment_methods').set({ warn_at: null }).where('id', '=', id).execute();
}

/** The instant at which a day begins on a calendar. */
function midnight(date: CalendarDate | null, timeZone: string) {
  return sql<Date | null>`${date}::date::timestamp at time zone ${timeZone}::text`;
}
