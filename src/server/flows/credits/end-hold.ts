import { costById, creditsFor } from '#server/modules/catalog/index.ts';
import {
  endHold as endHoldInBooks,
  type Hold,
  type HoldEnd,
  HoldNotOpen,
  lockHold,
  openBooks,
} from '#server/modules/credits/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import { IdempotencyKeyReused } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { ledgerActorOf } from '../steps/ledger-actor.ts';

/** How a hold is to end: spent, with the quantity it was (as estimated when undefined), or given back. */
export type EndHold = { readonly id: string; readonly key: string; readonly requestId: string | undefined } & (
  | { readonly as: 'captured'; readonly quantity: bigint | undefined }
  | { readonly as: 'released' }
);

/**
 * Captures a hold, at the price it was made at, or releases it. A repetition under the same key is answered as the
 * first request was.
 *
 * @throws the problems the contract names for `captureHold` and `releaseHold`
 */
export async function endHold(app: App, actor: Actor, order: EndHold): Promise<Hold> {
  authorize(actor, 'holds.end');
  const accountId = accountIdOf(actor);
  return await inTransaction(app, { account: accountId }, async (tx) => {
    const books = await openBooks(tx, app, accountId);
    const hold = await lockHold(tx, accountId, order.id);
    if (hold.endedKey === order.key) {
      if (!isRepetition(order, hold)) throw new IdempotencyKeyReused();
      return hold;
    }
    // Its time may have run out before the timetable has come by.
    if (hold.status === 'open' && hold.expiresAt <= books.now) throw new HoldNotOpen('expired');
    const by = { actor: ledgerActorOf(actor), key: order.key, requestId: order.requestId };
    return await endHoldInBooks(tx, app, hold, await decide(tx, order, hold), by);
  });
}

async function decide(tx: Tx, order: EndHold, hold: Hold): Promise<HoldEnd> {
  if (order.as === 'released') return { status: 'released' };
  const quantity = order.quantity ?? hold.use.quantity;
  return { status: 'captured', quantity, units: creditsFor(quantity, await costById(tx, hold.use.costId)) };
}

function isRepetition(order: EndHold, hold: Hold): boolean {
  if (order.as !== hold.status) return false;
  return order.as === 'released' || (order.quantity ?? hold.use.quantity) === hold.capturedQuantity;
}
