import type { Db, Tx } from '#server/platform/db/index.ts';

/** A part of an account that usage can be told apart by. */
export type Site = { readonly id: string; readonly name: string; readonly domain: string | null };

/** A site to be added to an account. */
export type NewSite = Site & { readonly accountId: string; readonly now: Date };

/** Adds a site to an account. */
export async function insertSite(tx: Tx, site: NewSite): Promise<void> {
  await tx
    .insertInto('sites')
    .values({ id: site.id, account_id: site.accountId, name: site.name, domain: site.domain, created_at: site.now })
    .execute();
}

/** Whether usage can be told apart by a site: it is the account's own, and not archived. */
export async function isSiteInUse(db: Db, accountId: string, siteId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sites')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', siteId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
