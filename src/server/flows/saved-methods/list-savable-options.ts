import { accountById } from '#server/modules/accounts/index.ts';
import type { PaymentOption } from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { savableOptions } from '../steps/savable-options.ts';

/** The payment options of the account's country whose methods can be saved. @throws NotFound */
export async function listSavableOptions(app: App, accountId: string): Promise<PaymentOption[]> {
  return await inRead(app, { account: accountId }, async (db) => {
    return await savableOptions(app, db, (await accountById(db, accountId)).country);
  });
}
