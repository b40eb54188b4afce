import { accountById } from '#server/modules/accounts/index.ts';
import { endExpiryWarning, lockSavedMethods, savedMethodById } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueEmail } from '../steps/queue-email.ts';

/** Tells an account that a saved method expires, once per method and expiry. */
export async function warnOfExpiry(app: App, due: { readonly id: string; readonly accountId: string }): Promise<void> {
  const { accountId } = due;
  await inTransaction(app, { account: accountId }, async (tx) => {
    await lockSavedMethods(tx, accountId);
    const method = await savedMethodById(tx, accountId, due.id);
    await endExpiryWarning(tx, method.id);
    if (method.removedAt !== null || method.expiresOn === null) return;
    const account = await accountById(tx, accountId);
    if (account.status === 'closed') return;
    await queueEmail(app, tx, {
      template: 'card_expiring',
      accountId,
      recipient: account.billingEmail,
      locale: account.locale,
      reasonKey: `card_expiring:${method.id}:${method.expiresOn}`,
      data: { savedMethodId: method.id },
    });
  });
}
