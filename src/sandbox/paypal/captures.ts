import { bankMs, buyerOf } from './buyers.ts';
import { type Answer, type Call, type Change, ok, type Route } from './call.ts';
import { missingResource, unprocessable } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { type Members, membersOf } from './members.ts';
import { amountOf, minorOf } from './money.ts';
import type { Amount, Capture, Refund } from './objects.ts';
import { captureBody, refundBody } from './present.ts';
import { leftOf, refundedMinor, statusAfterRefunds } from './settle.ts';

const dayMs = 86_400_000;
/** PayPal keeps request ids of payments for 45 days. */
const requestIdLifetimeMs = 45 * dayMs;
const refundableMs = 180 * dayMs;

export const captureRoutes: Route[] = [
  { method: 'GET', path: '/v2/payments/captures/:id', handle: retrieveCapture },
  {
    method: 'POST',
    path: '/v2/payments/captures/:id/refund',
    handle: createRefund,
    replay: { lifetimeMs: requestIdLifetimeMs, again: (call, id) => answerRefund(call, existingRefund(call, id), 200) },
  },
  { method: 'GET', path: '/v2/payments/refunds/:id', handle: retrieveRefund },
];

function existingCapture(call: Call): Capture {
  const id = call.path['id'] ?? '';
  const capture = call.writer.get('capture', id);
  if (!capture) throw missingResource('capture_id', id);
  return capture;
}

function existingRefund(call: Call, id: string): Refund {
  const refund = call.writer.get('refund', id);
  // What PayPal took back itself is no refund of the seller's.
  if (!refund || refund.isReversal) throw missingResource('refund_id', id);
  return refund;
}

function retrieveCapture(call: Call): Answer {
  return ok(captureBody(call, existingCapture(call)));
}

function retrieveRefund(call: Call): Answer {
  return ok(refundBody(call, existingRefund(call, call.path['id'] ?? '')));
}

function answerRefund(call: Call, refund: Refund, status: number): Answer {
  const whole = refundBody(call, refund);
  if (call.prefers === 'representation') return { status, body: whole, madeId: refund.id };
  const links = 'links' in whole ? whole.links : [];
  return { status, body: { id: refund.id, status: refund.status, links }, madeId: refund.id };
}

/** Gives a capture back: what is left of it, or the amount that is named. */
function createRefund(call: Call): Answer {
  const capture = existingCapture(call);
  const body = call.json === undefined ? membersOf({}) : membersOf(call.json);
  const wanted = body.object('amount')?.asPositiveAmount();
  const invoiceId = body.text('invoice_id', 127) ?? null;
  checkRefundable(call, capture, wanted, body);
  const left = leftOf(call.writer, capture);
  const amount = wanted ?? left;
  if (minorOf(amount) > minorOf(left)) throw unprocessable('REFUND_AMOUNT_EXCEEDED', '/amount/value', amount.value);
  if (invoiceId !== null && call.writer.all('refund').some((refund) => refund.invoiceId === invoiceId)) {
    throw unprocessable('DUPLICATE_INVOICE_ID', '/invoice_id', invoiceId);
  }
  const refund = refundCapture(call, capture, {
    amount,
    invoiceId,
    customId: body.text('custom_id', 127) ?? null,
    note: body.text('note_to_payer', 255) ?? null,
    isReversal: false,
  });
  return answerRefund(call, refund, 201);
}

function checkRefundable(call: Call, capture: Capture, wanted: Amount | undefined, body: Members): void {
  if (capture.status === 'PENDING') throw unprocessable('PENDING_CAPTURE');
  if (capture.status === 'DECLINED' || capture.status === 'FAILED') throw unprocessable('REFUND_NOT_ALLOWED');
  if (capture.status === 'REFUNDED') throw unprocessable('CAPTURE_FULLY_REFUNDED');
  if (call.now - capture.createdAt > refundableMs) throw unprocessable('REFUND_TIME_LIMIT_EXCEEDED');
  if (wanted && wanted.currency_code !== capture.amount.currency_code) {
    throw unprocessable('REFUND_CAPTURE_CURRENCY_MISMATCH', '/amount/currency_code', wanted.currency_code);
  }
  const isDisputed = call.writer
    .all('dispute')
    .some((dispute) => dispute.captureId === capture.id && dispute.status !== 'RESOLVED');
  if (isDisputed && body.has('amount')) throw unprocessable('TRANSACTION_DISPUTED');
}

/** Gives an amount of a capture back that the caller has checked, as the buyer's account takes it. */
export function refundCapture(
  change: Change,
  capture: Capture,
  order: {
    amount: Amount;
    invoiceId: string | null;
    customId: string | null;
    note: string | null;
    isReversal: boolean;
  },
): Refund {
  const { writer, now } = change;
  const taking = order.isReversal ? 'completes' : buyerOf(capture.buyer).refund;
  const refund: Refund = {
    id: newId(),
    captureId: capture.id,
    ...order,
    status: taking === 'completes' ? 'COMPLETED' : 'PENDING',
    total: amountOf(refundedMinor(writer, capture) + minorOf(order.amount), capture.amount.currency_code),
    settles: taking === 'completes' ? null : { at: now + bankMs, as: taking === 'pends' ? 'COMPLETED' : 'FAILED' },
    createdAt: now,
    updatedAt: now,
  };
  writer.put('refund', refund.id, refund);
  const withRefund: Capture = { ...capture, refundIds: [...capture.refundIds, refund.id], updatedAt: now };
  writer.put('capture', capture.id, { ...withRefund, status: statusAfterRefunds(writer, withRefund) });
  const told = order.isReversal ? 'PAYMENT.CAPTURE.REVERSED' : 'PAYMENT.CAPTURE.REFUNDED';
  emit(change, refund.status === 'PENDING' ? 'PAYMENT.REFUND.PENDING' : told, refundBody(change, refund));
  return refund;
}
