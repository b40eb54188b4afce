import { lockPayment, type Refund, refundById } from '#server/modules/payments/index.ts';
import { type Actor, authorize, userIdOf } from '#server/modules/team/index.ts';
import { inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import { claimIdempotencyKey, type IdempotentRequest } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { anyPaymentById } from '../steps/any-payment.ts';
import { applyRefundState } from '../steps/apply-refund-state.ts';
import { assertRefundHolds } from '../steps/assert-refund-holds.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { mirrorRefunds } from '../steps/mirror-refunds.ts';
import { openRefund } from '../steps/open-refund.ts';
import { syncRefund } from '../steps/sync-refund.ts';

/** What staff give back, and the request for it. */
export type RefundPayment = {
  readonly paymentId: string;
  /** Minor units of the payment's currency; null for all that can be given back. */
  readonly amountMinor: bigint | null;
  /** Shown to the customer. */
  readonly reason: string;
  /** Refused when it would take back another number of credits; null takes whatever there is. */
  readonly expectedTakenBack: bigint | null;
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly requestId: string | undefined;
};

/**
 * Gives a payment back, in full or in part. The refund is written down first, counted on the payment, and the credits it
 * takes back leave with it; then the gateway is asked for the money. One it refuses has failed and leaves everything as
 * it was; one it does not answer stays pending until the sweep knows. What was paid by hand goes back by hand: the
 * refund is written down as made.
 *
 * @throws NotFound, AmountNotGivenBack, PaymentNotRefundable, RefundTooLarge, RefundChanged, IdempotencyKeyReused,
 * GatewayUnavailable
 */
export async function refundPayment(app: App, actor: Actor, order: RefundPayment): Promise<Refund> {
  authorize(actor, 'payments.refund');
  // System scope: staff belong to no account, and neither do their keys.
  const payment = await inRead(app, 'system', (db) => anyPaymentById(db, order.paymentId));
  const { id: paymentId, accountId } = payment;
  if (order.amountMinor !== null) assertRefundHolds(app, payment, order.amountMinor);
  const isByHand = gatewayOf(app, payment.gateway).abilities.refunds === 'by_hand';
  const opened = await inTransaction(app, 'system', (tx) => open(app, tx, actor, order, isByHand));
  app.failpoint('refund-opened');
  const target = { accountId, paymentId, refundId: opened.refundId };
  const refund = isByHand
    ? await inRead(app, 'system', (db) => refundById(db, accountId, opened.refundId))
    : await syncRefund(app, target, opened.fresh);
  // A refusal often means that somebody gave the money back in the gateway's dashboard meanwhile.
  if (opened.fresh && refund.status === 'failed') await mirrorRefunds(app, payment);
  return refund;
}

async function open(
  app: App,
  tx: Tx,
  actor: Actor,
  order: RefundPayment,
  isByHand: boolean,
): Promise<{ readonly refundId: string; readonly fresh: boolean }> {
  const payment = await lockPayment(tx, order.paymentId);
  const author = { type: 'staff', id: userIdOf(actor) } as const;
  const id = app.ids.next();
  const request: IdempotentRequest = {
    owner: `user:${author.id}`,
    key: order.idempotencyKey,
    operation: 'refundPayment',
    bodyHash: order.bodyHash,
  };
  const claim = await claimIdempotencyKey(tx, {
    ...request,
    accountId: payment.accountId,
    resultId: id,
    now: app.clock.now(),
  });
  if (!claim.fresh) return { refundId: claim.resultId, fresh: false };
  await openRefund(app, tx, payment, {
    id,
    origin: 'staff',
    reason: order.reason,
    requestedBy: author.id,
    gatewayReference: null,
    amountMinor: order.amountMinor,
    expectedTakenBack: order.expectedTakenBack,
    actor: author,
    requestId: order.requestId,
  });
  if (isByHand) {
    const answer = { status: 'succeeded', reference: null, failure: null } as const;
    await applyRefundState(app, tx, await lockPayment(tx, payment.id), id, answer);
  }
  return { refundId: id, fresh: true };
}
