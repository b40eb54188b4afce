import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import {
  type Adjustment,
  adjustCredits as adjustInBooks,
  entryByReason,
  type LedgerEntry,
} from '#server/modules/credits/index.ts';
import { type Actor, authorize, userIdOf } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import { claimIdempotencyKey } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';

/** What staff give to an account or take from it, and the request for it. */
export type AdjustCredits = Pick<Adjustment, 'accountId' | 'units' | 'reason' | 'kind' | 'expiresAt'> & {
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly requestId: string | undefined;
};

/** What is given would be gone at once. */
class ExpiryInThePast extends DomainError {
  constructor(now: Date) {
    const message = `must be later than now, ${now.toISOString()}`;
    super('validation_failed', 'What is given would have expired already. Choose a later instant, or none.', {
      errors: [{ pointer: '/body/expires_at', message }],
    });
  }
}

/**
 * Gives credits to an account, or takes some back, with a reason and an author. Never makes a balance negative.
 *
 * @throws ExpiryInThePast, InsufficientCredits, IdempotencyKeyReused, NotFound, and what `authorize` throws
 */
export async function adjustCredits(app: App, actor: Actor, order: AdjustCredits): Promise<LedgerEntry> {
  authorize(actor, 'credits.adjust');
  const author = { type: 'staff', id: userIdOf(actor) } as const;
  const { accountId, units, reason, kind, expiresAt, requestId } = order;
  const adjustmentId = app.ids.next();
  // System scope: the staff belong to no account, and neither do their keys.
  return await inTransaction(app, 'system', async (tx) => {
    await accountById(tx, accountId);
    const claim = await claimIdempotencyKey(tx, {
      owner: `user:${author.id}`,
      key: order.idempotencyKey,
      operation: `adjustCredits:${accountId}`,
      bodyHash: order.bodyHash,
      accountId,
      resultId: adjustmentId,
      now: app.clock.now(),
    });
    const id = claim.fresh ? adjustmentId : claim.resultId;
    if (claim.fresh) {
      const now = app.clock.now();
      if (units > 0n && expiresAt !== null && expiresAt <= now) throw new ExpiryInThePast(now);
      await adjustInBooks(tx, app, { accountId, units, reason, kind, expiresAt, actor: author, id, requestId });
      await appendAudit(tx, app, {
        accountId,
        actor: author,
        action: 'credits.adjusted',
        subjectType: 'account',
        subjectId: accountId,
        details: { units: units.toString(), reason, lot_kind: units > 0n ? kind : null },
        requestId,
      });
    }
    const entry = await entryByReason(tx, accountId, `adjustment:${id}`);
    if (entry === null) throw new Error('An adjustment that was claimed has no entry.');
    return entry;
  });
}
