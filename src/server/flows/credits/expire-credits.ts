import { openBooks } from '#server/modules/credits/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Writes down the expiry of the lots of an account that can no longer be spent, which opening its books does. */
export async function expireCredits(app: App, account: { readonly accountId: string }): Promise<void> {
  await inTransaction(app, { account: account.accountId }, (tx) => openBooks(tx, app, account.accountId));
}
