import { money } from '#shared/money/index.ts';
import {
  type GatewayRefund,
  GatewayRefused,
  lockPayment,
  lockRefund,
  type Payment,
  type PaymentGateway,
  paymentById,
  postponeRefundCheck,
  type Refund,
  type RefundAnswer,
  refundById,
} from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyRefundState } from './apply-refund-state.ts';
import { gatewayOf } from './ask-gateway.ts';

/** A refund of a payment. */
export type RefundTarget = { readonly accountId: string; readonly paymentId: string; readonly refundId: string };

/**
 * Brings a pending refund up to what its gateway says, outside any transaction: asks for the money under our refund id,
 * which gives it back once, or asks what became of an earlier request. A refusal is an outcome. Answers the refund.
 *
 * @throws GatewayUnavailable when the outcome is unknown, after putting the next question off
 */
export async function syncRefund(app: App, target: RefundTarget, isFirst: boolean): Promise<Refund> {
  const scope = { account: target.accountId };
  const { payment, refund } = await inRead(app, scope, async (db) => ({
    payment: await paymentById(db, target.accountId, target.paymentId),
    refund: await refundById(db, target.accountId, target.refundId),
  }));
  if (refund.status !== 'pending') return refund;
  const answer = await askOrPutOff(app, payment, refund, isFirst);
  app.failpoint('refund-answered');
  const applied = await inTransaction(app, scope, async (tx) => {
    const locked = await lockPayment(tx, payment.id);
    const after = await applyRefundState(app, tx, locked, refund.id, answer);
    if (after.status === 'pending') await postponeRefundCheck(tx, app, after);
    app.failpoint('before-refund-commit');
    return after;
  });
  app.failpoint('refund-applied');
  return applied;
}

async function askOrPutOff(app: App, payment: Payment, refund: Refund, isFirst: boolean): Promise<RefundAnswer> {
  try {
    return await ask(gatewayOf(app, payment.gateway), payment, refund, isFirst);
  } catch (thrown) {
    await inTransaction(app, { account: payment.accountId }, async (tx) => {
      await lockPayment(tx, payment.id);
      await postponeRefundCheck(tx, app, await lockRefund(tx, payment.accountId, refund.id));
    });
    throw thrown;
  }
}

async function ask(gateway: PaymentGateway, payment: Payment, refund: Refund, isFirst: boolean): Promise<RefundAnswer> {
  const { gatewayReference: paymentReference } = payment;
  if (paymentReference === null) throw new Error(`Payment ${payment.id} has no name at its gateway.`);
  const known = isFirst ? null : await find(gateway, paymentReference, refund);
  if (known !== null) return answerOf(known);
  // It was there; a list that lacks it is no reason to give the money back again.
  if (refund.gatewayReference !== null) return { status: 'pending', reference: null, failure: null };
  try {
    const amount = money(refund.amountMinor, refund.currency);
    return answerOf(await gateway.refundPayment({ refundId: refund.id, paymentReference, amount }));
  } catch (thrown) {
    if (!(thrown instanceof GatewayRefused)) throw thrown;
    // An earlier request of the same refund may have gone through: what the gateway has counts more than a refusal.
    const made = await find(gateway, paymentReference, refund);
    return made === null ? { status: 'failed', reference: null, failure: thrown.message } : answerOf(made);
  }
}

async function find(gateway: PaymentGateway, paymentReference: string, refund: Refund): Promise<GatewayRefund | null> {
  const listed = await gateway.listRefunds(paymentReference);
  return listed.find((item) => item.refundId === refund.id || item.reference === refund.gatewayReference) ?? null;
}

function answerOf(refund: GatewayRefund): RefundAnswer {
  return { status: refund.status, reference: refund.reference, failure: refund.failureReason };
}
