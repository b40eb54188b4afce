import { lockMethodSetup, postponeSetupCheck } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Puts the next question about a setup off, after one that could not be asked or applied. */
export async function putOffSetupCheck(
  app: App,
  target: { readonly id: string; readonly accountId: string },
): Promise<void> {
  await inTransaction(app, { account: target.accountId }, async (tx) => {
    await postponeSetupCheck(tx, app, await lockMethodSetup(tx, target.id));
  });
}
