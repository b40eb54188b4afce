import { createHash } from 'node:crypto';
import type { MailedToken } from '#server/modules/identity/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueEmail } from './queue-email.ts';

const paths = { verify_email: '/verify-email', reset_password: '/reset-password' } as const;

/**
 * Sends a user a link with a token in it. The message belongs to the user and to no account, since its link is for the
 * eyes of that user alone. Writes in system scope.
 */
export async function queueTokenEmail(
  app: App,
  tx: Tx,
  template: keyof typeof paths,
  mailed: MailedToken,
  locale: string,
): Promise<void> {
  const expiresAt = new Date(app.clock.now().getTime() + mailed.lifetimeMs);
  const tokenHash = createHash('sha256').update(mailed.token).digest('hex');
  await queueEmail(app, tx, {
    template,
    accountId: null,
    recipient: mailed.user.email,
    locale,
    reasonKey: `${template}:${tokenHash}`,
    data: {
      name: mailed.user.name,
      url: `${app.publicUrl()}${paths[template]}?token=${encodeURIComponent(mailed.token)}`,
      expiresAt: expiresAt.toISOString(),
    },
  });
}
