import { insertApiKey, newApiKey } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { accountIdOf, type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { claimIdempotencyKey, type IdempotencyOwner } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';

/** A key as it is asked for. */
export type CreateApiKey = {
  /** For the account the actor works in, or for the product itself. */
  readonly for: 'account' | 'platform';
  readonly name: string;
  readonly scopes: readonly string[];
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly requestId: string | undefined;
};

/**
 * Makes an API key. The key itself is answered once, to the request that made it: only its hash is kept, so that a
 * repetition is answered with the id and null.
 *
 * @throws IdempotencyKeyReused, and what `authorize` throws
 */
export async function createApiKey(
  app: App,
  actor: Actor,
  input: CreateApiKey,
): Promise<{ readonly id: string; readonly key: string | null }> {
  authorize(actor, input.for === 'account' ? 'api_keys.manage' : 'platform_keys.manage');
  const accountId = input.for === 'account' ? accountIdOf(actor) : null;

  const id = app.ids.next();
  const key = newApiKey(app.config.stripe?.mode === 'live' ? 'live' : 'test');
  const scopes = [...new Set(input.scopes)];
  const now = app.clock.now();

  // Keys of the platform belong to no account, so that they are seen in system scope only.
  return await inTransaction(app, accountId === null ? 'system' : { account: accountId }, async (tx) => {
    const claimed = await claimIdempotencyKey(tx, {
      owner: idempotencyOwner(accountId, actor),
      key: input.idempotencyKey,
      operation: accountId === null ? 'createPlatformApiKey' : 'createAccountApiKey',
      bodyHash: input.bodyHash,
      accountId,
      resultId: id,
      now,
    });
    if (!claimed.fresh) return { id: claimed.resultId, key: null };
    await insertApiKey(tx, { id, accountId, name: input.name, key, scopes, createdBy: actor.id, now });
    await appendAudit(tx, app, {
      accountId,
      actor: accountId === null && actor.type === 'user' ? { type: 'staff', id: actor.id } : actor,
      action: 'api_key.created',
      subjectType: 'api_key',
      subjectId: id,
      details: { name: input.name, scopes },
      requestId: input.requestId,
    });
    return { id, key };
  });
}

function idempotencyOwner(accountId: string | null, actor: Actor): IdempotencyOwner {
  if (accountId !== null) return `account:${accountId}`;
  return actor.id === null ? 'platform' : `user:${actor.id}`;
}
