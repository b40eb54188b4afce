import { membershipsOf } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueTokenEmail } from '../steps/queue-token-email.ts';

/** Sends the user with this e-mail a link to set a new password. Tells nobody whether there is one. */
export async function requestPasswordReset(app: App, email: string): Promise<void> {
  const mailed = await app.identity.requestPasswordReset(email);
  if (mailed === null) return;
  // System scope: the message belongs to the user and to no account.
  await inTransaction(app, 'system', async (tx) => {
    const [first] = await membershipsOf(tx, mailed.user.id);
    await queueTokenEmail(app, tx, 'reset_password', mailed, first?.account.locale ?? 'en');
  });
}
