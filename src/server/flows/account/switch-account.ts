import { membershipsOf } from '#server/modules/team/index.ts';
import type { UserSession } from '#server/modules/identity/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';

/** Lets a session work in another account of its user. @throws NotFound when the user does not belong to it */
export async function switchAccount(app: App, session: UserSession, accountId: string): Promise<UserSession> {
  const memberships = await inRead(app, { user: session.user.id }, (db) => membershipsOf(db, session.user.id));
  if (!memberships.some(({ account }) => account.id === accountId)) throw new NotFound('account');
  await app.identity.setActiveAccount(session.sessionId, accountId);
  return { ...session, activeAccountId: accountId };
}
