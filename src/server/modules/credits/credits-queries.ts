import type { Db } from '#server/platform/db/index.ts';
import type { CreditBalance } from './credit-lots.ts';

/** What the account has to spend and on hold, in whole credits. */
export async function creditBalanceOf(db: Db, accountId: string): Promise<CreditBalance> {
  const row = await db
    .selectFrom('credit_balances')
    .select(['available', 'held'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? { available: 0n, held: 0n };
}
