import type { Selectable } from 'kysely';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { PaymentGateway } from './gateway.ts';
import { methodDetailsFrom } from './payments-queries.ts';
import type { SavedMethod } from './saved-method.ts';

/** The gateways by name, as far as it matters whether they charge what is saved. */
type Chargers = ReadonlyMap<string, Pick<PaymentGateway, 'abilities'>>;

/** The methods of the account that have not been removed, the default one first, then the newest. */
export async function savedMethodsOf(db: Db, accountId: string): Promise<SavedMethod[]> {
  const rows = await savedMethods(db, accountId)
    .where('removed_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(fromRow);
}

/**
 * The saved method of the account to charge: its default one, at a gateway that is configured and charges saved methods.
 * Null when there is none.
 */
export async function chargeableMethodOf(db: Db, accountId: string, gateways: Chargers): Promise<SavedMethod | null> {
  const row = await savedMethods(db, accountId)
    .where('is_default', '=', true)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || !isChargeable(row, gateways)) return null;
  return fromRow(row);
}

/** Whether the gateway of a method is configured and charges what is saved. */
export function isChargeable(method: Pick<SavedMethod, 'gateway'>, gateways: Chargers): boolean {
  return gateways.get(method.gateway)?.abilities.chargesSavedMethods === true;
}

/** A saved method of the account, also when it was removed since. @throws NotFound */
export async function savedMethodById(db: Db, accountId: string, id: string): Promise<SavedMethod> {
  const row = await savedMethods(db, accountId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('saved payment method');
  return fromRow(row);
}

/** A saved method by its name at the gateway, also when it was removed since; null when it is none of ours. */
export async function savedMethodByReference(db: Db, gateway: string, reference: string): Promise<SavedMethod | null> {
  const row = await db
    .selectFrom('saved_payment_methods')
    .select(columns)
    .where('gateway', '=', gateway)
    .where('gateway_reference', '=', reference)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Methods whose accounts are to be told at `now` that they expire, longest due first, at most `limit`. */
export async function expiryWarningsDue(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('saved_payment_methods')
    .select(['id', 'account_id'])
    .where('warn_at', '<=', now)
    .where('removed_at', 'is', null)
    .orderBy('warn_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next account after `after` is to be told that a method expires; null when none is. */
export async function nextExpiryWarning(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('saved_payment_methods')
    .select('warn_at')
    .where('warn_at', '>', after)
    .where('removed_at', 'is', null)
    .orderBy('warn_at')
    .limit(1)
    .executeTakeFirst();
  return row?.warn_at ?? null;
}

const columns = [
  'id',
  'account_id',
  'gateway',
  'method',
  'gateway_reference',
  'details',
  'is_default',
  'fingerprint',
  'expires_on',
  'created_at',
  'removed_at',
  'forgotten_at',
] as const;

function savedMethods(db: Db, accountId: string) {
  return db.selectFrom('saved_payment_methods').select(columns).where('account_id', '=', accountId);
}

function fromRow(row: Pick<Selectable<Database['saved_payment_methods']>, (typeof columns)[number]>): SavedMethod {
  const details = methodDetailsFrom(row.details);
  if (details === null) throw new Error(`The saved method ${row.id} says nothing about itself.`);
  return {
    id: row.id,
    accountId: row.account_id,
    gateway: row.gateway,
    method: row.method,
    gatewayReference: row.gateway_reference,
    details,
    isDefault: row.is_default,
    fingerprint: row.fingerprint,
    expiresOn: row.expires_on,
    createdAt: row.created_at,
    removedAt: row.removed_at,
    forgottenAt: row.forgotten_at,
  };
}
