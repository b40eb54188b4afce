import { flagAccount, liftAccountFlag } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { freezeCredits, openBooks, unfreezeCredits } from '#server/modules/credits/index.ts';
import { sellerOf } from '#server/modules/invoices/index.ts';
import {
  createDispute,
  type Dispute,
  flagPayment,
  type GatewayDispute,
  lockDisputeByReference,
  lockPayment,
  lotsOfDispute,
  noteDisputeTakesMoney,
  otherDisputesOf,
  type Payment,
  refundEffect,
  refundsOfPayments,
  transitionDispute,
  liftPaymentFlag,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { applyRefundState } from './apply-refund-state.ts';
import { lockPaidInvoices } from './lock-paid-invoices.ts';
import { openRefund } from './open-refund.ts';
import { queueEmail } from './queue-email.ts';
import { refundStanding } from './refund-standing.ts';
import { takeBackOwed } from './take-back-owed.ts';

/**
 * Applies what a gateway says about a dispute: the one place where a dispute moves. The payment is locked. The first
 * word of it tells the staff and flags payment and account; as soon as the bank holds the money back, what is left of
 * the credits it bought is frozen. Won, they are free again; lost, they are taken, and the payment counts as refunded.
 */
export async function applyDisputeState(app: App, tx: Tx, payment: Payment, told: GatewayDispute): Promise<Dispute> {
  await lockPaidInvoices(tx, payment);
  if ((await lockDisputeByReference(tx, payment.gateway, told.reference)) === null) {
    await openDispute(app, tx, payment, told);
  }
  const known = await lockedDispute(tx, payment, told);
  const takesMoney = told.takesMoney && !known.takesMoney && known.closedAt === null;
  if (takesMoney) await noteDisputeTakesMoney(tx, known, await freeze(app, tx, payment, known));
  const current = await lockedDispute(tx, payment, told);
  const moved = await transitionDispute(tx, app, current, told);
  if (moved && told.status === 'won') await winDispute(app, tx, payment, current);
  if (moved && told.status === 'lost') await loseDispute(app, tx, payment, current);
  return await lockedDispute(tx, payment, told);
}

async function lockedDispute(tx: Tx, payment: Payment, told: GatewayDispute): Promise<Dispute> {
  const dispute = await lockDisputeByReference(tx, payment.gateway, told.reference);
  if (dispute === null) throw new Error(`The dispute ${told.reference} was not written down.`);
  return dispute;
}

async function openDispute(app: App, tx: Tx, payment: Payment, told: GatewayDispute): Promise<void> {
  const id = app.ids.next();
  await createDispute(tx, app, payment, id, told);
  await flagPayment(tx, payment.id, `disputed: ${told.reference} (${told.reason})`);
  await flagAccount(tx, payment.accountId, `disputed: payment ${payment.id}`);
  await appendAudit(tx, app, {
    accountId: payment.accountId,
    actor: { type: 'system', id: null },
    action: 'payment.disputed',
    subjectType: 'payment',
    subjectId: payment.id,
    details: { dispute: id, reference: told.reference, reason: told.reason },
  });
  const seller = await sellerOf(tx);
  await queueEmail(app, tx, {
    template: 'dispute_opened',
    accountId: payment.accountId,
    recipient: seller.email,
    locale: 'en',
    reasonKey: `dispute_opened:${id}`,
    data: { disputeId: id, paymentId: payment.id },
  });
}

/** Freezes what a refund of the disputed amount would take back. Answers what that was, lot by lot. */
async function freeze(
  app: App,
  tx: Tx,
  payment: Payment,
  dispute: Dispute,
): Promise<{ readonly lotId: string; readonly units: bigint }[]> {
  const amountMinor = stillThere(payment, dispute);
  if (app.config.disputeCredits === 'keep' || amountMinor === 0n) return [];
  const books = await openBooks(tx, app, payment.accountId);
  const effect = refundEffect(await refundStanding(tx, payment, books.now), amountMinor);
  const lots = effect.lots.flatMap(({ lotId, takenBack }) => (takenBack > 0n ? [{ lotId, units: takenBack }] : []));
  await freezeCredits(tx, app, books, { reasonKey: `freeze:${dispute.id}`, lots, ...written(dispute) });
  return lots;
}

async function winDispute(app: App, tx: Tx, payment: Payment, dispute: Dispute): Promise<void> {
  await unfreeze(app, tx, dispute);
  await takeBackOwed(app, tx, payment, `dispute:${dispute.id}`);
  // What nobody owed could not go back while it was disputed.
  await enqueueJob(app, tx, 'refund-excess', { accountId: payment.accountId, paymentId: payment.id });
  // A mark may stand for more than one dispute.
  const others = await otherDisputesOf(tx, dispute);
  if (!others.ofPayment) await liftPaymentFlag(tx, dispute.paymentId, 'disputed');
  if (!others.ofAccount) await liftAccountFlag(tx, dispute.accountId, 'disputed');
}

/** The bank keeps the money: the payment counts as refunded by it, with everything a refund brings. */
async function loseDispute(app: App, tx: Tx, payment: Payment, dispute: Dispute): Promise<void> {
  await unfreeze(app, tx, dispute);
  await flagPayment(tx, payment.id, `dispute_lost: ${dispute.gatewayReference}`);
  await flagAccount(tx, payment.accountId, `dispute_lost: payment ${payment.id}`);
  const amountMinor = (await isMirrored(tx, dispute)) ? 0n : stillThere(payment, dispute);
  if (amountMinor === 0n) {
    // The gateway has told of the money first, as a refund that found the credits frozen.
    await takeBackOwed(app, tx, payment, `dispute:${dispute.id}`);
    return;
  }
  const id = app.ids.next();
  await openRefund(app, tx, payment, {
    id,
    origin: 'dispute',
    reason: 'Disputed with the bank',
    requestedBy: null,
    gatewayReference: dispute.gatewayReference,
    amountMinor,
    expectedTakenBack: null,
    actor: { type: 'system', id: null },
    requestId: undefined,
  });
  const answer = { status: 'succeeded', reference: dispute.gatewayReference, failure: null } as const;
  await applyRefundState(app, tx, await lockPayment(tx, payment.id), id, answer);
}

/**
 * Whether what the dispute took was written down already as a refund that the gateway lists. While a payment is disputed
 * nobody else gives the very amount back.
 */
async function isMirrored(tx: Tx, dispute: Dispute): Promise<boolean> {
  const refunds = (await refundsOfPayments(tx, [dispute.paymentId])).get(dispute.paymentId) ?? [];
  return refunds.some(
    (refund) =>
      refund.origin === 'gateway' &&
      refund.status !== 'failed' &&
      refund.amountMinor === dispute.amountMinor &&
      refund.createdAt >= dispute.openedAt,
  );
}

async function unfreeze(app: App, tx: Tx, dispute: Dispute): Promise<void> {
  const lots = await lotsOfDispute(tx, dispute.id);
  if (lots.length === 0) return;
  const books = await openBooks(tx, app, dispute.accountId);
  await unfreezeCredits(tx, app, books, { reasonKey: `unfreeze:${dispute.id}`, lots, ...written(dispute) });
}

/** What the bank can still take of the payment, in minor units. */
function stillThere(payment: Payment, dispute: Dispute): bigint {
  if (payment.status !== 'succeeded' || payment.currency !== dispute.currency) return 0n;
  const left = payment.receivedMinor - payment.refundedMinor;
  return dispute.amountMinor < left ? dispute.amountMinor : left;
}

function written(dispute: Dispute) {
  return {
    details: { dispute_id: dispute.id, payment_id: dispute.paymentId },
    actor: { type: 'system', id: null },
  } as const;
}
