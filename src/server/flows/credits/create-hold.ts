import { accountById } from '#server/modules/accounts/index.ts';
import { priceOf } from '#server/modules/catalog/index.ts';
import {
  type Hold,
  holdById,
  holdByKey,
  openBooks,
  placeHold,
  type OperationUse,
} from '#server/modules/credits/index.ts';
import { type Actor, AccountClosed, AccountSuspended, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { IdempotencyKeyReused } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { ledgerActorOf } from '../steps/ledger-actor.ts';
import { assertOwnSiteAndMember } from '../steps/own-site-and-member.ts';

/** A hold, and the balance once the request about it was done. */
export type HoldWithBalance = { readonly hold: Hold; readonly available: bigint; readonly held: bigint };

/** What is to be reserved, and for how long at most. */
export type HoldOrder = OperationUse & { readonly lifetimeMs: number };

/**
 * Reserves what an estimated use costs now. A repetition under the same key is answered as the first request was, even
 * when the hold has ended since.
 *
 * @throws the problems the contract names for `createHold`
 */
export async function createHold(
  app: App,
  actor: Actor,
  order: HoldOrder,
  requestId: string | undefined,
): Promise<HoldWithBalance> {
  authorize(actor, 'credits.consume');
  const accountId = accountIdOf(actor);
  return await inTransaction(app, { account: accountId }, async (tx) => {
    const books = await openBooks(tx, app, accountId);
    const earlier = await holdByKey(tx, accountId, order.key);
    if (earlier !== null) {
      if (!asksForSame(order, earlier.hold)) throw new IdempotencyKeyReused();
      return { ...earlier, hold: asMade(earlier.hold) };
    }
    const { status } = await accountById(tx, accountId);
    if (status === 'suspended') throw new AccountSuspended('credits.consume');
    if (status === 'closed') throw new AccountClosed('credits.consume');
    const price = await priceOf(tx, order, books.now);
    await assertOwnSiteAndMember(tx, accountId, order);
    const { variant, quantity, siteId, userId, reference, metadata } = order;
    const placed = await placeHold(tx, app, books, {
      accountId,
      use: {
        operationId: price.operationId,
        costId: price.costId,
        variant,
        quantity,
        siteId,
        userId,
        reference,
        metadata,
      },
      units: price.units,
      lifetimeMs: order.lifetimeMs,
      key: order.key,
      actor: ledgerActorOf(actor),
      requestId,
    });
    const hold = await holdById(tx, accountId, placed.id);
    return { hold, available: placed.books.available, held: placed.books.held };
  });
}

/** Whether a repetition asks for what the first request under its key asked for. */
function asksForSame(order: HoldOrder, hold: Hold): boolean {
  const { use } = hold;
  return (
    order.operation === hold.operation &&
    order.variant === use.variant &&
    order.quantity === use.quantity &&
    order.siteId === use.siteId &&
    order.userId === use.userId &&
    order.reference === use.reference &&
    sameMembers(order.metadata, use.metadata) &&
    order.lifetimeMs === hold.expiresAt.getTime() - hold.createdAt.getTime()
  );
}

function sameMembers(one: OperationUse['metadata'], other: OperationUse['metadata']): boolean {
  return canonical(one) === canonical(other);
}

function canonical(metadata: OperationUse['metadata']): string {
  return JSON.stringify(metadata === null ? null : Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A hold as it was when it was made. */
function asMade(hold: Hold): Hold {
  return { ...hold, status: 'open', capturedQuantity: null, capturedUnits: null, endedAt: null };
}
