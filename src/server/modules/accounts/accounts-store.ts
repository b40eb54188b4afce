import type { Currency } from '#shared/money/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { ExternalIdTaken } from './account.ts';
import { slugCandidates } from './account-slug.ts';

/** What an invoice prints of the buyer beside name and country, as far as it is known. */
export type BillingAddress = {
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly taxId?: string | undefined;
};

/** An account about to be made. */
export type NewAccount = {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly billingEmail: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly address: BillingAddress;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: Currency;
  readonly now: Date;
};

/** Makes an active account with a slug of its own. @throws ExternalIdTaken */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<void> {
  for (const slug of slugCandidates(account.name, account.id)) {
    // Waits for a concurrent account of the same slug, and takes the next one if that is committed.
    const inserted = await tx
      .insertInto('accounts')
      .values({ ...rowOf(account), slug })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted !== undefined) return;
    if (account.externalId !== null && (await externalIdExists(tx, account.externalId))) {
      throw new ExternalIdTaken(account.externalId);
    }
  }
  throw new Error(`No free slug was found for the account ${account.id}.`);
}

/** Fixes the currency of an account when its first invoice is issued; later calls change nothing. */
export async function fixCurrency(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ currency_fixed_at: now, updated_at: now })
    .where('id', '=', accountId)
    .where('currency_fixed_at', 'is', null)
    .execute();
}

async function externalIdExists(tx: Tx, externalId: string): Promise<boolean> {
  const row = await tx.selectFrom('accounts').select('id').where('external_id', '=', externalId).executeTakeFirst();
  return row !== undefined;
}

function rowOf(account: NewAccount) {
  return {
    id: account.id,
    external_id: account.externalId,
    name: account.name,
    status: 'active',
    billing_email: account.billingEmail,
    country: account.country,
    line1: account.address.line1 ?? null,
    line2: account.address.line2 ?? null,
    city: account.address.city ?? null,
    state: account.address.state ?? null,
    postal_code: account.address.postalCode ?? null,
    tax_id: account.address.taxId ?? null,
    // No authority has been asked about it.
    tax_id_status: account.address.taxId === undefined ? null : 'unverified',
    time_zone: account.timeZone,
    locale: account.locale,
    currency: account.currency,
    created_at: account.now,
    updated_at: account.now,
  };
}

/** Marks an account for a person to look at. */
export async function flagAccount(tx: Tx, id: string, attention: string): Promise<void> {
  await tx.updateTable('accounts').set({ attention }).where('id', '=', id).execute();
}

/** Takes a mark away that begins with a word, when what it was about is over; any other mark stays. */
export async function liftAccountFlag(tx: Tx, id: string, word: string): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ attention: null })
    .where('id', '=', id)
    .where('attention', 'like', `${word}:%`)
    .execute();
}
