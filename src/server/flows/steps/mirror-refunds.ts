import {
  flagPayment,
  type GatewayRefund,
  lockPayment,
  type Payment,
  type Refund,
  refundsOfPayments,
} from '#server/modules/payments/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyRefundState } from './apply-refund-state.ts';
import { gatewayOf } from './ask-gateway.ts';
import { openRefund } from './open-refund.ts';

/**
 * Brings the refunds of a payment up to what its gateway lists: our own move on, and those that were started in the
 * gateway's dashboard are written down as if they were ours, with the credits they take back and their credit notes.
 * Each is applied once, however often it is told. Answers how many the gateway knows.
 *
 * @throws GatewayUnavailable
 */
export async function mirrorRefunds(app: App, payment: Payment): Promise<number> {
  if (payment.gatewayReference === null) return 0;
  const listed = await gatewayOf(app, payment.gateway).listRefunds(payment.gatewayReference);
  const oldestFirst = listed.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  for (const found of oldestFirst) {
    // Each in a transaction of its own: a credit note takes its number last.
    await inTransaction(app, { account: payment.accountId }, async (tx) => {
      const locked = await lockPayment(tx, payment.id);
      const known = (await refundsOfPayments(tx, [payment.id])).get(payment.id) ?? [];
      const own = known.find((refund) => isSame(refund, found));
      const taken = own ?? takenByDispute(known, listed, found);
      if (taken === undefined) await adopt(app, tx, locked, found);
      else await follow(app, tx, locked, taken, found);
    });
  }
  return listed.length;
}

function isSame(refund: Refund, found: GatewayRefund): boolean {
  return refund.gatewayReference === found.reference || refund.id === found.refundId;
}

/**
 * What a lost dispute took, when the gateway lists it among the refunds as well: it then bears the name it is listed by,
 * so that another refund of the same amount is one of its own.
 */
function takenByDispute(
  known: readonly Refund[],
  listed: readonly GatewayRefund[],
  found: GatewayRefund,
): Refund | undefined {
  if (found.status === 'failed') return undefined;
  const names = new Set<string | null>(listed.map((refund) => refund.reference));
  return known.find(
    (refund) =>
      refund.origin === 'dispute' &&
      refund.amountMinor === found.amount.amountMinor &&
      refund.currency === found.amount.currency &&
      !names.has(refund.gatewayReference),
  );
}

async function follow(app: App, tx: Tx, payment: Payment, own: Refund, found: GatewayRefund): Promise<void> {
  if (own.status === 'failed' && found.status !== 'failed') {
    await flagPayment(tx, payment.id, `refund_mismatch: ${found.reference} failed here and is ${found.status} there`);
    return;
  }
  const { status, reference, failureReason: failure } = found;
  await applyRefundState(app, tx, payment, own.id, { status, reference, failure });
}

/** Money that went back without us. More than the payment still has, as when its bank took it too, is kept in sight. */
async function adopt(app: App, tx: Tx, payment: Payment, found: GatewayRefund): Promise<void> {
  if (found.status === 'failed') return;
  const leftMinor = payment.receivedMinor - payment.refundedMinor;
  const { amountMinor, currency } = found.amount;
  const isOurMoney = currency === payment.currency && payment.status === 'succeeded';
  if (!isOurMoney || amountMinor > leftMinor) {
    const amount = `${amountMinor.toString()} ${currency}`;
    await flagPayment(tx, payment.id, `refund_mismatch: ${found.reference} gives back ${amount}`);
  }
  if (!isOurMoney || leftMinor === 0n) return;
  const id = app.ids.next();
  await openRefund(app, tx, payment, {
    id,
    origin: 'gateway',
    reason: null,
    requestedBy: null,
    gatewayReference: found.reference,
    amountMinor: amountMinor < leftMinor ? amountMinor : leftMinor,
    expectedTakenBack: null,
    actor: { type: 'system', id: null },
    requestId: undefined,
  });
  const { status, reference, failureReason: failure } = found;
  await applyRefundState(app, tx, await lockPayment(tx, payment.id), id, { status, reference, failure });
}
