import type { Change } from './call.ts';
import { emit } from './events.ts';
import { amountOf, minorOf } from './money.ts';
import type { Capture, CaptureStatus, PayPalReader, Refund } from './objects.ts';
import { saveIfWanted } from './pay-order.ts';
import { captureBody, refundBody } from './present.ts';

/** Ends the waiting of a pending capture and tells what became of it; one that came to nothing is denied. */
export function settleCapture(change: Change, capture: Capture, status: 'COMPLETED' | 'DECLINED'): Capture {
  const settled: Capture = { ...capture, status, reason: null, settles: null, updatedAt: change.now };
  change.writer.put('capture', settled.id, settled);
  const type = status === 'COMPLETED' ? 'PAYMENT.CAPTURE.COMPLETED' : 'PAYMENT.CAPTURE.DENIED';
  emit(change, type, captureBody(change, settled));
  const order = change.writer.get('order', capture.orderId);
  if (order && status === 'COMPLETED') saveIfWanted(change, order);
  return settled;
}

/** Ends the waiting of a pending refund; what did not arrive is the seller's again. */
export function settleRefund(change: Change, refund: Refund, status: 'COMPLETED' | 'FAILED' | 'CANCELLED'): Refund {
  const settled: Refund = { ...refund, status, settles: null, updatedAt: change.now };
  change.writer.put('refund', settled.id, settled);
  const capture = change.writer.get('capture', refund.captureId);
  if (capture) {
    const after: Capture = { ...capture, status: statusAfterRefunds(change.writer, capture), updatedAt: change.now };
    change.writer.put('capture', after.id, after);
  }
  const type = status === 'COMPLETED' ? 'PAYMENT.CAPTURE.REFUNDED' : 'PAYMENT.REFUND.FAILED';
  emit(change, type, refundBody(change, settled));
  return settled;
}

/** What has been given back of a capture or is on its way, in the smallest units PayPal takes. */
export function refundedMinor(reader: PayPalReader, capture: Capture): bigint {
  return capture.refundIds
    .flatMap((id) => reader.get('refund', id) ?? [])
    .filter((refund) => refund.status === 'COMPLETED' || refund.status === 'PENDING')
    .reduce((sum, refund) => sum + minorOf(refund.amount), 0n);
}

/** Where a paid capture stands by what has been given back of it. */
export function statusAfterRefunds(reader: PayPalReader, capture: Capture): CaptureStatus {
  const refunded = refundedMinor(reader, capture);
  if (refunded === 0n) return 'COMPLETED';
  return refunded < minorOf(capture.amount) ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

/** What of a capture has not been given back. */
export function leftOf(reader: PayPalReader, capture: Capture) {
  return amountOf(minorOf(capture.amount) - refundedMinor(reader, capture), capture.amount.currency_code);
}
