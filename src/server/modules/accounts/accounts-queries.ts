import { type Selectable, sql } from 'kysely';
import { isCurrency } from '#shared/money/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { type Account, accountStatuses } from './account.ts';

const columns = [
  'id',
  'external_id',
  'name',
  'slug',
  'status',
  'billing_email',
  'line1',
  'line2',
  'city',
  'state',
  'postal_code',
  'country',
  'tax_id',
  'tax_id_status',
  'time_zone',
  'locale',
  'currency',
  'currency_fixed_at',
  'created_at',
] as const;

type AccountRow = Pick<Selectable<Database['accounts']>, (typeof columns)[number]>;

/** An account by id. @throws NotFound when there is none in the scope. */
export async function accountById(db: Db, id: string): Promise<Account> {
  const row = await db.selectFrom('accounts').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('account');
  return accountFromRow(row);
}

/** Several accounts by their ids, in the order of the ids; those that do not exist are left out. */
export async function accountsByIds(db: Db, ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('accounts').select(columns).where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, accountFromRow(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The account with this id in the product that is billed for; null when there is none in the scope. */
export async function findAccountByExternalId(db: Db, externalId: string): Promise<Account | null> {
  const row = await db.selectFrom('accounts').select(columns).where('external_id', '=', externalId).executeTakeFirst();
  return row === undefined ? null : accountFromRow(row);
}

/** What tells whose account it is, and whether it may work. */
export type NamedAccount = Pick<Account, 'id' | 'status'>;

/** The accounts with one of these ids or external ids, in no order. */
export async function accountsNamed(
  db: Db,
  ids: readonly string[],
  externalIds: readonly string[],
): Promise<(NamedAccount & Pick<Account, 'externalId'>)[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'external_id', 'status'])
    .where((where) =>
      where.or([
        where('id', '=', sql<string>`any (${ids}::uuid[])`),
        where('external_id', '=', sql<string>`any (${externalIds}::text[])`),
      ]),
    )
    .execute();
  return rows.map((row) => ({ id: row.id, externalId: row.external_id, status: statusFrom(row.status) }));
}

function statusFrom(word: string): Account['status'] {
  const status = accountStatuses.find((known) => known === word);
  if (status === undefined) throw new Error(`There is no status ${word} of an account.`);
  return status;
}

const taxIdStatuses = ['valid', 'invalid', 'unverified'] as const;

function accountFromRow(row: AccountRow): Account {
  const status = accountStatuses.find((known) => known === row.status);
  if (status === undefined || !isCurrency(row.currency)) {
    throw new Error(`The account ${row.id} has an unknown status or currency.`);
  }
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    slug: row.slug,
    status,
    billingEmail: row.billing_email,
    line1: row.line1,
    line2: row.line2,
    city: row.city,
    state: row.state,
    postalCode: row.postal_code,
    country: row.country,
    taxId: row.tax_id,
    taxIdStatus: taxIdStatuses.find((known) => known === row.tax_id_status) ?? null,
    timeZone: row.time_zone,
    locale: row.locale,
    currency: row.currency,
    currencyFixedAt: row.currency_fixed_at,
    createdAt: row.created_at,
  };
}
