import { money } from '#shared/money/index.ts';
import {
  type GatewayPayment,
  GatewayPaymentMissing,
  GatewayRefused,
  isCollectable,
  lockPayment,
  type Payment,
  type PaymentCause,
  paymentById,
  postponeCheck,
  rememberGatewayCustomer,
  waitsForPayer,
} from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { applyPaymentState } from './apply-payment-state.ts';
import { type Answer, askGateway, gatewayOf, type Question } from './ask-gateway.ts';
import { paymentQuestion } from './payment-question.ts';
import { type PaymentStanding, paymentStanding } from './payment-standing.ts';

/** A payment of an account. */
export type PaymentTarget = { readonly accountId: string; readonly paymentId: string };

/** Where the payment stands, and what its browser needs to go on with it. */
export type SyncedPayment = PaymentStanding & { readonly clientSecret: string | null };

/**
 * Asks the gateway for the truth about a payment, outside any transaction, and applies the answer in one. A payment
 * that has ended is asked about again by a webhook alone, which may know of money that came after all.
 *
 * @throws NotFound; GatewayUnavailable when the outcome is unknown, after putting the next question off
 */
export async function syncWithGateway(app: App, target: PaymentTarget, cause: PaymentCause): Promise<SyncedPayment> {
  const scope = { account: target.accountId };
  const known = await inRead(app, scope, (db) => paymentById(db, target.accountId, target.paymentId));
  const answer = isAsked(app, known) && mayHaveMoved(known, cause) ? await askAndApply(app, target, cause) : null;
  const standing = await inRead(app, scope, (db) => paymentStanding(db, target.accountId, target.paymentId));
  return { ...standing, clientSecret: answer?.clientSecret ?? null };
}

/** What staff know is not asked of a gateway, once the payment has its name. */
function isAsked(app: App, payment: Payment): boolean {
  return payment.gatewayReference === null || gatewayOf(app, payment.gateway).abilities.truth === 'gateway';
}

function mayHaveMoved(payment: Payment, cause: PaymentCause): boolean {
  return isCollectable(payment.status) || (cause === 'webhook' && payment.status !== 'succeeded');
}

async function askAndApply(app: App, target: PaymentTarget, cause: PaymentCause): Promise<GatewayPayment> {
  const scope = { account: target.accountId };
  const question = await inRead(app, scope, (db) => paymentQuestion(db, target.accountId, target.paymentId));
  const asked = await askOrPutOff(app, question, mayBeCollected(question.payment, cause));
  app.failpoint('gateway-answered');
  await inTransaction(app, scope, async (tx) => {
    if (asked.customerReference !== null) {
      await rememberGatewayCustomer(
        tx,
        target.accountId,
        question.payment.gateway,
        asked.customerReference,
        app.clock.now(),
      );
    }
    await applyPaymentState(app, tx, target.paymentId, asked.payment, cause);
    app.failpoint('before-payment-commit');
  });
  app.failpoint('payment-applied');
  return asked.payment;
}

/**
 * What was given up, or is about to be, is not collected any more, though its payer may just have approved it: another
 * payment may be under way for the same invoice.
 */
function mayBeCollected(payment: Payment, cause: PaymentCause): boolean {
  const isGivenUp = cause === 'expiry' || cause === 'superseded' || cause === 'given_up';
  return isCollectable(payment.status) && !isGivenUp;
}

async function askOrPutOff(app: App, question: Question, mayCollect: boolean): Promise<Answer> {
  try {
    return await askGateway(app, question, mayCollect);
  } catch (thrown) {
    if (thrown instanceof GatewayRefused && question.payment.gatewayReference === null) {
      app.log.error({ payment: question.payment.id, error: thrown.message }, 'the gateway refused to start a payment');
      return { payment: refused(question.payment, thrown), customerReference: null };
    }
    if (thrown instanceof GatewayPaymentMissing) {
      if (isForgotten(app, question.payment)) {
        return { payment: ended(question.payment, 'canceled', null), customerReference: null };
      }
      app.log.error({ payment: question.payment.id, error: thrown.message }, 'the gateway has lost a payment');
      return { payment: refused(question.payment, thrown), customerReference: null };
    }
    await inTransaction(app, { account: question.account.id }, async (tx) => {
      await postponeCheck(tx, app, await lockPayment(tx, question.payment.id));
    });
    throw thrown;
  }
}

/** An approval nobody gave in time is forgotten by some gateways: the payer went away, and nothing was lost. */
function isForgotten(app: App, payment: Payment): boolean {
  return waitsForPayer(payment.status) && gatewayOf(app, payment.gateway).abilities.forgetsUnapproved;
}

/** A payment the gateway would not start, or does not know any more, has failed: no money can come by it. */
function refused(payment: Payment, refusal: GatewayRefused): GatewayPayment {
  return ended(payment, 'failed', {
    code: refusal.gatewayCode ?? 'gateway_refused',
    message: 'The payment gateway did not accept this payment. Choose another way to pay, or contact the seller.',
  });
}

function ended(
  payment: Payment,
  status: 'failed' | 'canceled',
  lastError: GatewayPayment['lastError'],
): GatewayPayment {
  return {
    reference: null,
    status,
    awaitsCollection: false,
    amount: money(payment.amountMinor, payment.currency),
    received: money(0n, payment.currency),
    methodDetails: null,
    lastError,
    clientSecret: null,
    paymentId: payment.id,
  };
}
