import { appendAudit } from '#server/modules/audit/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Sets a new password by the token of a link, and ends every session of the user. @throws TokenInvalid */
export async function resetPassword(
  app: App,
  input: { readonly token: string; readonly password: string; readonly requestId: string | undefined },
): Promise<void> {
  const user = await app.identity.resetPassword({ token: input.token, password: input.password });
  // System scope: a password is the user's, and belongs to no account.
  await inTransaction(app, 'system', (tx) =>
    appendAudit(tx, app, {
      accountId: null,
      actor: { type: 'user', id: user.id },
      action: 'user.password_reset',
      subjectType: 'user',
      subjectId: user.id,
      details: {},
      requestId: input.requestId,
    }),
  );
}
