import type { FastifyRequest } from 'fastify';
import type { App } from '#server/flows/app.ts';
import { lookUpApiKey } from '#server/flows/account/look-up-api-key.ts';
import {
  ApiKeyInvalid,
  createRecentAnswers,
  hashOfApiKey,
  type KnownApiKey,
  type RecentAnswers,
} from '#server/modules/accounts/index.ts';
import { staffRoleOf } from '#server/modules/identity/index.ts';
import { type Actor, activeMembership, actorOfUser, anonymous, membershipsOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { createNamedAccounts, type NamedAccounts } from './named-accounts.ts';

/**
 * Finds who makes a request: the API key of its Authorization header, else the user of its session cookie, else nobody
 * in particular. A header that is there and wrong is told, never passed over.
 *
 * @throws ApiKeyInvalid, and NotFound when a platform key names an account that does not exist
 */
export async function resolveActor(app: App, request: FastifyRequest): Promise<Actor> {
  if (request.headers.authorization !== undefined) return await actorOfKey(app, request);
  const session = await app.identity.sessionOf(request.headers);
  if (session === null) return anonymous;
  // System scope: who is staff is the platform's knowledge, and this is where a session becomes an actor.
  return await inRead(app, 'system', async (db) => {
    const memberships = await membershipsOf(db, session.user.id);
    const staffRole = await staffRoleOf(db, session.user.id);
    return actorOfUser(session.user, activeMembership(memberships, session.activeAccountId), staffRole);
  });
}

/** What an app has lately learnt about keys, and about the accounts that platform keys have named. */
type Recent = { readonly keys: RecentAnswers<KnownApiKey | null>; readonly accounts: NamedAccounts };

/** It goes with the app. */
const recentOfApps = new WeakMap<App, Recent>();

function recentOf(app: App): Recent {
  const known = recentOfApps.get(app);
  if (known !== undefined) return known;
  const recent: Recent = { keys: createRecentAnswers(app.clock), accounts: createNamedAccounts(app) };
  recentOfApps.set(app, recent);
  return recent;
}

/** Whether a request carries an API key that was found to be in force at most five seconds ago. Asks nobody. */
export function hasKnownKey(app: App, request: FastifyRequest): boolean {
  const text = keyIn(request);
  return text !== undefined && recentOf(app).keys.known(hashOfApiKey(text).toString('base64')) != null;
}

function keyIn(request: FastifyRequest): string | undefined {
  return /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

async function actorOfKey(app: App, request: FastifyRequest): Promise<Actor> {
  const text = keyIn(request);
  const key = text === undefined ? null : await lookUpApiKey(app, recentOf(app).keys, text);
  if (key === null) throw new ApiKeyInvalid();
  const common = { ...anonymous, id: key.id, scopes: key.scopes };
  if (key.account !== null) return { ...common, type: 'account_key', account: key.account };
  return { ...common, type: 'platform_key', account: await accountNamedBy(app, request) };
}

/**
 * The account a platform key works in, named by the header `Purser-Account`; null without the header. It is known as it
 * was at most five seconds ago, as the account of an account's own key is.
 */
async function accountNamedBy(app: App, request: FastifyRequest): Promise<Actor['account']> {
  const name = request.headers['purser-account'];
  if (name === undefined) return null;
  if (typeof name !== 'string') throw new NotFound('account');
  return await recentOf(app).accounts.find(name);
}
