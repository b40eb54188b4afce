import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { App } from '#server/flows/app.ts';
import { type Client, type Cookies, staffRoleOf, type UserSession } from '#server/modules/identity/index.ts';
import { sellerOf } from '#server/modules/invoices/index.ts';
import {
  activeMembership,
  actorOfUser,
  type Membership,
  membershipsOf,
  permissionsOf,
} from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';

type SessionAnswer = HandlerOutput<Contract['getSession']>;

/** What the pages need to know first: who is signed in, where, and what that allows. */
export async function sessionAnswer(
  app: App,
  session: Pick<UserSession, 'user' | 'activeAccountId'> | null,
): Promise<SessionAnswer> {
  // System scope: signing in, and the name of the seller, which everybody may read.
  return await inRead(app, 'system', async (db) => {
    const common = { sandbox: app.config.sandbox, seller_name: (await sellerOf(db)).name };
    if (session === null) return { user: null, account: null, accounts: [], permissions: [], ...common };
    const { user } = session;
    const memberships = await membershipsOf(db, user.id);
    const active = activeMembership(memberships, session.activeAccountId);
    const staffRole = await staffRoleOf(db, user.id);
    return {
      user: {
        id: user.id,
        name: user.name,
        email: user.email,
        email_verified: user.emailVerified,
        staff_role: staffRole,
      },
      account: active === null ? null : presentMembership(active),
      accounts: memberships.map(presentMembership),
      permissions: permissionsOf(actorOfUser(user, active, staffRole)),
      ...common,
    };
  });
}

/** Puts cookies of the identity module into an answer. */
export function setCookies(reply: FastifyReply, cookies: Cookies): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie);
}

/** Where a request comes from, for the list of a user's sessions. */
export function clientOf(request: FastifyRequest): Client {
  return { ip: request.ip, userAgent: request.headers['user-agent'] };
}

function presentMembership({ account, role }: Membership): SessionAnswer['accounts'][number] {
  return {
    id: account.id,
    name: account.name,
    slug: account.slug,
    status: account.status,
    role,
    currency: account.currency,
    country: account.country,
    locale: account.locale,
    time_zone: account.timeZone,
  };
}
