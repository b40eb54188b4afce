import { mayBecome } from '#shared/state/index.ts';
import type { Currency } from '#shared/money/index.ts';
import type { PaymentError } from '#server/modules/invoices/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { type MethodDetails, nextCheckAt, type Payment, type PaymentCause } from './payment.ts';
import { isCollectable, isWithStaff, type PaymentStatus, paymentStates } from './payment-states.ts';
import type { PaymentTerms } from './transfer-terms.ts';

/** A payment to be written down before its gateway is called. Amounts in minor units of `currency`. */
export type NewPayment = {
  readonly id: string;
  readonly accountId: string;
  readonly method: string;
  readonly gateway: string;
  readonly currency: Currency;
  /** The saved method to charge. */
  readonly savedMethodId?: string;
  /** Whether the payer is there to answer their bank; they are unless it says otherwise. */
  readonly payerIsPresent?: boolean;
  /** Whether the method that pays is kept for later. */
  readonly keepsMethod?: boolean;
  /** How a transfer is made; none for what a gateway's own form asks. */
  readonly transfer?: { readonly terms: PaymentTerms; readonly expiresAt: Date; readonly remindAt: Date };
  readonly invoices: readonly { readonly invoiceId: string; readonly amountMinor: bigint }[];
};

/** Writes a payment down as `created`; the database refuses a second collectable one for an invoice. */
export async function createPayment(tx: Tx, source: Source, payment: NewPayment): Promise<void> {
  const now = source.clock.now();
  await tx
    .insertInto('payments')
    .values({
      id: payment.id,
      account_id: payment.accountId,
      method: payment.method,
      gateway: payment.gateway,
      status: 'created',
      amount_minor: payment.invoices.reduce((sum, part) => sum + part.amountMinor, 0n),
      currency: payment.currency,
      saved_method_id: payment.savedMethodId ?? null,
      payer_is_present: payment.payerIsPresent ?? true,
      keeps_method: payment.keepsMethod ?? false,
      terms: payment.transfer === undefined ? null : JSON.stringify(payment.transfer.terms),
      expires_at: payment.transfer?.expiresAt ?? null,
      remind_at: payment.transfer?.remindAt ?? null,
      created_at: now,
      status_changed_at: now,
      check_due_at: nextCheckAt(now, 0),
      checks: 0,
    })
    .execute();
  for (const part of payment.invoices) {
    await tx
      .insertInto('payment_invoices')
      .values({
        payment_id: payment.id,
        invoice_id: part.invoiceId,
        account_id: payment.accountId,
        amount_minor: part.amountMinor,
        is_collectable: true,
      })
      .execute();
  }
}

/** What a payment's row learns when a gateway has answered. */
export type PaymentAnswer = {
  readonly reference: string | null;
  readonly methodDetails: MethodDetails | null;
  readonly lastError: PaymentError | null;
  /** What arrived, in minor units of its currency; without it, what was asked. */
  readonly receivedMinor?: bigint;
};

/**
 * Moves a locked payment along its state table and writes down who, when and why. A state that is already there, or
 * one the table has no way to, is an older answer: nothing moves and the result is false.
 */
export async function transitionPayment(
  tx: Tx,
  source: Source,
  payment: Payment,
  to: PaymentStatus,
  cause: PaymentCause,
  answer: PaymentAnswer,
): Promise<boolean> {
  const now = source.clock.now();
  const moves = payment.status !== to && mayBecome(paymentStates, payment.status, to);
  const status = moves ? to : payment.status;
  const isLive = isCollectable(status);
  // Only the sweep's own questions lengthen its pauses: whoever looks at the page often must not put it to sleep.
  const checks = cause === 'sweep' ? payment.checks + 1 : payment.checks;
  await tx
    .updateTable('payments')
    .set({
      status,
      ...(answer.reference === null ? {} : { gateway_reference: answer.reference }),
      ...(answer.methodDetails === null ? {} : { method_details: JSON.stringify(answer.methodDetails) }),
      last_error: status === 'succeeded' || answer.lastError === null ? null : JSON.stringify(answer.lastError),
      checks,
      check_due_at: isLive && !isWithStaff(status) ? nextCheckAt(now, checks) : null,
      ...(moves ? { status_changed_at: now } : {}),
      ...(moves && to === 'succeeded'
        ? { succeeded_at: now, received_minor: answer.receivedMinor ?? payment.amountMinor }
        : {}),
    })
    .where('id', '=', payment.id)
    .execute();
  if (!moves) return false;
  await tx
    .insertInto('payment_transitions')
    .values({
      id: source.ids.next(),
      payment_id: payment.id,
      account_id: payment.accountId,
      from_status: payment.status,
      to_status: to,
      cause,
      occurred_at: now,
    })
    .execute();
  if (!isLive) {
    await tx
      .updateTable('payment_invoices')
      .set({ is_collectable: false })
      .where('payment_id', '=', payment.id)
      .execute();
  }
  return true;
}

/** Puts the next question to the gateway off, after one that was not answered. */
export async function postponeCheck(tx: Tx, source: Source, payment: Payment): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ checks: payment.checks + 1, check_due_at: nextCheckAt(source.clock.now(), payment.checks + 1) })
    .where('id', '=', payment.id)
    .where('check_due_at', 'is not', null)
    .execute();
}

/** Marks a payment for a person to look at. */
export async function flagPayment(tx: Tx, paymentId: string, attention: string): Promise<void> {
  await tx.updateTable('payments').set({ attention }).where('id', '=', paymentId).execute();
}

/** Takes a mark away that begins with a word, when what it was about is over; any other mark stays. */
export async function liftPaymentFlag(tx: Tx, paymentId: string, word: string): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ attention: null })
    .where('id', '=', paymentId)
    .where('attention', 'like', `${word}:%`)
    .execute();
}

/** Notes that a person has looked at a payment. */
export async function unflagPayment(tx: Tx, paymentId: string): Promise<void> {
  await tx.updateTable('payments').set({ attention: null }).where('id', '=', paymentId).execute();
}

/** Writes down what a payment brought to an invoice, in minor units; once per payment and invoice. */
export async function allocatePayment(
  tx: Tx,
  payment: Payment,
  invoiceId: string,
  amountMinor: bigint,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('payment_allocations')
    .values({
      payment_id: payment.id,
      invoice_id: invoiceId,
      account_id: payment.accountId,
      amount_minor: amountMinor,
      allocated_at: now,
    })
    .execute();
}

/** Remembers who an account is at a gateway; a newer answer takes the place of one that is gone there. */
export async function rememberGatewayCustomer(
  tx: Tx,
  accountId: string,
  gateway: string,
  customerReference: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('gateway_customers')
    .values({ account_id: accountId, gateway, customer_reference: customerReference, created_at: now })
    // Without naming columns: of two that write the same row at once, the second would fail on the other unique index.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .updateTable('gateway_customers')
    .set({ customer_reference: customerReference })
    .where('account_id', '=', accountId)
    .where('gateway', '=', gateway)
    .where('customer_reference', '<>', customerReference)
    .execute();
}
