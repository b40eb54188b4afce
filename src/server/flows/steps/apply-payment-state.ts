import { noteFailedAttempt } from '#server/modules/invoices/index.ts';
import {
  flagPayment,
  type GatewayPayment,
  invoicesOfPayment,
  lockPayment,
  type Payment,
  type PaymentCause,
  transitionPayment,
} from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { keepMethod } from './keep-method.ts';
import { noteTopUp } from './note-top-up.ts';
import { queueEmail } from './queue-email.ts';
import { settleInvoice } from './settle-invoice.ts';
import { tellOfTransfer } from './tell-of-transfer.ts';

/**
 * Applies what the gateway said about a payment: the one place where a payment moves, whoever asked (the purchase, the
 * return page, a webhook, the sweep). The row is locked first, an older answer changes nothing, and the first arrival at
 * `succeeded` settles what the payment is for. Answers the payment as it then is.
 */
export async function applyPaymentState(
  app: App,
  tx: Tx,
  paymentId: string,
  answer: GatewayPayment,
  cause: PaymentCause,
): Promise<Payment> {
  const payment = await lockPayment(tx, paymentId);
  const now = app.clock.now();
  if (answer.status === 'succeeded' && !bringsWhatWasAsked(payment, answer)) {
    // Money that is not what we asked for is never booked by a guess: it waits for a person to decide.
    const { amountMinor, currency } = answer.received;
    await flagPayment(tx, payment.id, `amount_mismatch: ${String(amountMinor)} ${currency} received`);
    const { reference, methodDetails } = answer;
    await transitionPayment(tx, app, payment, 'processing', cause, { reference, methodDetails, lastError: null });
    return await lockPayment(tx, paymentId);
  }
  const lastError = errorAsOf(now, answer, payment);
  const moved = await transitionPayment(tx, app, payment, answer.status, cause, {
    reference: answer.reference,
    methodDetails: answer.methodDetails,
    lastError,
  });
  if (moved && answer.status === 'succeeded') {
    for (const part of await invoicesOfPayment(tx, payment.id)) {
      await settleInvoice(app, tx, payment, part.invoiceId, part.amountMinor);
    }
    // After the balance: whoever changes an auto top-up locks the two in this order.
    await keepWhatPaid(app, tx, payment, answer);
  } else if (lastError !== null && payment.status !== 'succeeded') {
    for (const part of await invoicesOfPayment(tx, payment.id))
      await noteFailedAttempt(tx, part.invoiceId, lastError, now);
  }
  if (moved && answer.status === 'awaiting_transfer') {
    await tellOfTransfer(app, tx, payment, 'manual_payment_instructions');
  }
  const applied = await lockPayment(tx, paymentId);
  if (!applied.payerIsPresent) await noteTopUp(app, tx, applied);
  else if (moved && answer.status === 'failed') await tellOfFailure(app, tx, payment);
  return applied;
}

/** A method that its payer wanted to be kept is saved, now that it has paid. */
async function keepWhatPaid(app: App, tx: Tx, payment: Payment, answer: GatewayPayment): Promise<void> {
  if (!payment.keepsMethod || answer.keptMethod === undefined) return;
  await keepMethod(app, tx, { ...payment, kept: answer.keptMethod });
}

function bringsWhatWasAsked(payment: Payment, answer: GatewayPayment): boolean {
  return answer.received.currency === payment.currency && answer.received.amountMinor === payment.amountMinor;
}

/** Why the last attempt failed; asked about again, it keeps the time at which it was first heard of. */
function errorAsOf(now: Date, answer: GatewayPayment, payment: Payment): Payment['lastError'] {
  const { lastError } = answer;
  if (lastError === null) return null;
  const known = payment.lastError;
  const isKnown = known !== null && known.code === lastError.code && known.message === lastError.message;
  return { ...lastError, at: isKnown ? known.at : now };
}

/** A payment that failed for good, while nobody was looking, is told by e-mail; a declined attempt is told on the page. */
async function tellOfFailure(app: App, tx: Tx, payment: Payment): Promise<void> {
  const account = await tx
    .selectFrom('accounts')
    .select(['billing_email', 'locale'])
    .where('id', '=', payment.accountId)
    .executeTakeFirstOrThrow();
  const [part] = await invoicesOfPayment(tx, payment.id);
  if (part === undefined) return;
  await queueEmail(app, tx, {
    template: 'payment_failed',
    accountId: payment.accountId,
    recipient: account.billing_email,
    locale: account.locale,
    reasonKey: `payment_failed:${payment.id}`,
    data: { invoiceId: part.invoiceId, paymentId: payment.id },
  });
}
