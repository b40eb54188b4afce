import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { lookAtBalance } from '../steps/look-at-balance.ts';
import { lookAtIncluded } from '../steps/look-at-included.ts';

/**
 * Looks at the credits of an account that have left the range in which nothing has to be told or bought, and tells and
 * starts what is due. A balance that fell and rose between two looks is not told.
 */
export async function lookAtCredits(app: App, accountId: string): Promise<void> {
  await inTransaction(app, { account: accountId }, async (tx) => {
    await lookAtBalance(app, tx, accountId);
    await lookAtIncluded(app, tx, accountId);
  });
}
