import { revokeKey } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { accountIdOf, type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/**
 * Revokes an API key of the account the actor works in, or of the platform. It stops working within five seconds,
 * in every process. Revoking a revoked key changes nothing.
 *
 * @throws NotFound, and what `authorize` throws
 */
export async function revokeApiKey(
  app: App,
  actor: Actor,
  key: { readonly of: 'account' | 'platform'; readonly id: string; readonly requestId: string | undefined },
): Promise<void> {
  authorize(actor, key.of === 'account' ? 'api_keys.manage' : 'platform_keys.manage');
  const accountId = key.of === 'account' ? accountIdOf(actor) : null;

  // Keys of the platform belong to no account, so that they are seen in system scope only.
  await inTransaction(app, accountId === null ? 'system' : { account: accountId }, async (tx) => {
    if (!(await revokeKey(tx, accountId, key.id, app.clock.now()))) return;
    await appendAudit(tx, app, {
      accountId,
      actor: accountId === null && actor.type === 'user' ? { type: 'staff', id: actor.id } : actor,
      action: 'api_key.revoked',
      subjectType: 'api_key',
      subjectId: key.id,
      details: {},
      requestId: key.requestId,
    });
  });
}
