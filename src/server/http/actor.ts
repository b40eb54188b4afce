import type { FastifyRequest } from 'fastify';
import type { App } from '#server/flows/app.ts';
import { lookUpApiKey } from '#server/flows/account/look-up-api-key.ts';
import {
  type ApiKeyCache,
  ApiKeyInvalid,
  accountById,
  createApiKeyCache,
  findAccountByExternalId,
} from '#server/modules/accounts/index.ts';
import { staffRoleOf } from '#server/modules/identity/index.ts';
import { type Actor, activeMembership, actorOfUser, anonymous, membershipsOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { externalId } from '#shared/contract/codecs.ts';
import { uuidOfPublicId } from '#shared/ids/index.ts';

/**
 * Finds who makes a request: the API key of its Authorization header, else the user of its session cookie, else nobody
 * in particular. A header that is there and wrong is told, never passed over.
 *
 * @throws ApiKeyInvalid, and NotFound when a platform key names an account that does not exist
 */
export async function resolveActor(app: App, request: FastifyRequest): Promise<Actor> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return await actorOfKey(app, request, authorization);
  const session = await app.identity.sessionOf(request.headers);
  if (session === null) return anonymous;
  // System scope: who is staff is the platform's knowledge, and this is where a session becomes an actor.
  return await inRead(app, 'system', async (db) => {
    const memberships = await membershipsOf(db, session.user.id);
    const staffRole = await staffRoleOf(db, session.user.id);
    return actorOfUser(session.user, activeMembership(memberships, session.activeAccountId), staffRole);
  });
}

/** What each app has learnt about keys; it goes with the app. */
const caches = new WeakMap<App, ApiKeyCache>();

function cacheOf(app: App): ApiKeyCache {
  const known = caches.get(app);
  if (known !== undefined) return known;
  const cache = createApiKeyCache(app.clock);
  caches.set(app, cache);
  return cache;
}

async function actorOfKey(app: App, request: FastifyRequest, authorization: string): Promise<Actor> {
  const text = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = text === undefined ? null : await lookUpApiKey(app, cacheOf(app), text);
  if (key === null) throw new ApiKeyInvalid();
  const common = { ...anonymous, id: key.id, scopes: key.scopes };
  if (key.account !== null) return { ...common, type: 'account_key', account: key.account };
  return { ...common, type: 'platform_key', account: await accountNamedBy(app, request) };
}

/** The account a platform key works in, named by the header `Purser-Account`; null without the header. */
async function accountNamedBy(app: App, request: FastifyRequest): Promise<Actor['account']> {
  const name = request.headers['purser-account'];
  if (name === undefined) return null;
  if (typeof name !== 'string') throw new NotFound('account');
  // System scope: a platform key may work in every account.
  return await inRead(app, 'system', async (db) => {
    if (name.startsWith('ext:')) {
      const externalIdGiven = externalId.safeParse(name.slice('ext:'.length));
      const account = externalIdGiven.success ? await findAccountByExternalId(db, externalIdGiven.data) : null;
      if (account === null) throw new NotFound('account');
      return { id: account.id, status: account.status };
    }
    const id = uuidOfPublicId('acc', name);
    if (id === null) throw new NotFound('account');
    const account = await accountById(db, id);
    return { id, status: account.status };
  });
}
