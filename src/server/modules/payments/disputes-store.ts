import { mayBecome } from '#shared/state/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Dispute } from './dispute.ts';
import { type DisputeStatus, disputeStates, isOpenDispute } from './dispute-states.ts';
import type { GatewayDispute } from './gateway.ts';
import { nextCheckAt, type Payment } from './payment.ts';

/**
 * Writes a dispute down as open, whatever has become of it meanwhile, and freezing nothing yet. The payment is locked, so
 * that one dispute is one row however often it is told.
 */
export async function createDispute(
  tx: Tx,
  source: Source,
  payment: Payment,
  id: string,
  told: GatewayDispute,
): Promise<void> {
  const now = source.clock.now();
  await tx
    .insertInto('disputes')
    .values({
      id,
      account_id: payment.accountId,
      payment_id: payment.id,
      gateway: payment.gateway,
      gateway_reference: told.reference,
      status: isOpenDispute(told.status) ? told.status : 'under_review',
      takes_money: false,
      amount_minor: told.amount.amountMinor,
      currency: told.amount.currency,
      reason: told.reason,
      evidence_due_at: told.evidenceDueAt,
      opened_at: told.openedAt,
      created_at: now,
      credits_frozen: 0n,
      check_due_at: nextCheckAt(now, 0),
      checks: 0,
    })
    .execute();
}

/** Notes that a dispute takes the money, and what it froze lot by lot; once. */
export async function noteDisputeTakesMoney(
  tx: Tx,
  dispute: Pick<Dispute, 'id' | 'accountId'>,
  frozen: readonly { readonly lotId: string; readonly units: bigint }[],
): Promise<void> {
  await tx
    .updateTable('disputes')
    .set({ takes_money: true, credits_frozen: frozen.reduce((sum, lot) => sum + lot.units, 0n) })
    .where('id', '=', dispute.id)
    .execute();
  if (frozen.length === 0) return;
  await tx
    .insertInto('dispute_lots')
    .values(
      frozen.map((lot) => ({
        dispute_id: dispute.id,
        lot_id: lot.lotId,
        account_id: dispute.accountId,
        units: lot.units,
      })),
    )
    .execute();
}

/**
 * Moves a locked dispute along its state table. A state that is already there, or one the table has no way to, is an
 * older answer: nothing moves and the result is false.
 */
export async function transitionDispute(
  tx: Tx,
  source: Source,
  dispute: Dispute,
  told: GatewayDispute,
): Promise<boolean> {
  const now = source.clock.now();
  const moves = dispute.status !== told.status && mayBecome<DisputeStatus>(disputeStates, dispute.status, told.status);
  const status = moves ? told.status : dispute.status;
  const isOpen = isOpenDispute(status);
  await tx
    .updateTable('disputes')
    .set({
      status,
      checks: dispute.checks + 1,
      check_due_at: isOpen ? nextCheckAt(now, dispute.checks + 1) : null,
      ...(isOpen ? { evidence_due_at: told.evidenceDueAt } : {}),
      ...(moves && !isOpen ? { closed_at: now, credits_frozen: 0n } : {}),
    })
    .where('id', '=', dispute.id)
    .execute();
  return moves;
}

/** Puts the next question about a dispute off, after one that was not answered. */
export async function postponeDisputeCheck(tx: Tx, source: Source, id: string): Promise<void> {
  await tx
    .updateTable('disputes')
    .set((of) => ({ checks: of('checks', '+', 1), check_due_at: nextCheckAt(source.clock.now(), 30) }))
    .where('id', '=', id)
    .where('check_due_at', 'is not', null)
    .execute();
}
