import { type Actor, membershipsOf, userIdOf } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueTokenEmail } from '../steps/queue-token-email.ts';

/** Sends the verification e-mail again; nothing when the address is verified already. @throws Unauthenticated */
export async function sendVerificationEmail(app: App, actor: Actor): Promise<void> {
  const mailed = await app.identity.verificationFor(userIdOf(actor));
  if (mailed === null) return;
  // System scope: the message belongs to the user and to no account.
  await inTransaction(app, 'system', async (tx) => {
    const [first] = await membershipsOf(tx, mailed.user.id);
    await queueTokenEmail(app, tx, 'verify_email', mailed, first?.account.locale ?? 'en');
  });
}
