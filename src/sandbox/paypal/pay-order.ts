import { type Buyer, buyerOf } from './buyers.ts';
import type { Change } from './call.ts';
import { PayPalError, unprocessable } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import type { Capture, Order, PurchaseUnit } from './objects.ts';
import { captureBody } from './present.ts';
import { saveAccount } from './save-account.ts';

/**
 * Takes the money of an order from a buyer, as the buyer's account would have it, and tells about it.
 * @throws PayPalError when an invoice number was used before or the account refuses; then nothing has happened
 */
export function payOrder(change: Change, order: Order, email: string): Order {
  const buyer = buyerOf(email);
  for (const unit of order.units) refuseUsedInvoice(change, unit);
  refuseUnwilling(change, order, buyer);
  const captures = order.units.map((unit) => newCapture(change, order, unit, buyer));
  for (const capture of captures) change.writer.put('capture', capture.id, capture);
  const paid: Order = {
    ...order,
    status: 'COMPLETED',
    buyer: email,
    captureIds: captures.map((capture) => capture.id),
    updatedAt: change.now,
  };
  change.writer.put('order', paid.id, paid);
  for (const capture of captures) announceCapture(change, capture);
  return captures.every((capture) => capture.status === 'COMPLETED') ? saveIfWanted(change, paid) : paid;
}

/** Saves the account that paid an order, if that was asked for, is due and not done yet. */
export function saveIfWanted(change: Change, order: Order): Order {
  if (order.source?.savesOnSuccess !== true || order.savedTokenId !== null || order.buyer === null) return order;
  if (change.now - order.updatedAt < buyerOf(order.buyer).savedAfterMs) return order;
  const token = saveAccount(change, {
    buyer: order.buyer,
    customerId: order.source.customerId,
    usageType: order.source.usageType ?? 'MERCHANT',
    description: null,
    orderId: order.id,
  });
  const saved: Order = { ...order, savedTokenId: token.id };
  change.writer.put('order', saved.id, saved);
  return saved;
}

/** Tells what became of a capture. DECLINED is told by two names, as PayPal does. */
function announceCapture(change: Change, capture: Capture): void {
  switch (capture.status) {
    case 'COMPLETED':
      emit(change, 'PAYMENT.CAPTURE.COMPLETED', captureBody(change, capture));
      return;
    case 'PENDING':
      emit(change, 'PAYMENT.CAPTURE.PENDING', captureBody(change, capture));
      return;
    case 'DECLINED':
    case 'FAILED':
      emit(change, 'PAYMENT.CAPTURE.DECLINED', captureBody(change, capture));
      return;
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return;
    default:
      capture.status satisfies never;
  }
}

/** An invoice number pays once; an attempt that brought no money does not use it up. */
function refuseUsedInvoice({ writer }: Change, unit: PurchaseUnit): void {
  const number = unit.invoice_id;
  if (number === undefined) return;
  const isUsed = writer
    .all('capture')
    .some((capture) => capture.unit.invoice_id === number && !['DECLINED', 'FAILED'].includes(capture.status));
  if (isUsed) throw unprocessable('DUPLICATE_INVOICE_ID');
}

function refuseUnwilling({ base }: Change, order: Order, buyer: Buyer): void {
  const isSaved = order.source !== null && order.source.vaultId !== null;
  const refusal = buyer.capture.kind === 'refuses' ? buyer.capture.issue : isSaved ? buyer.savedRefusal : null;
  if (refusal === null) return;
  // The buyer is to come back and choose another way to pay.
  const links =
    refusal === 'INSTRUMENT_DECLINED' && !isSaved
      ? [{ href: `${base}/checkoutnow?token=${order.id}`, rel: 'redirect', method: 'GET' as const }]
      : [];
  throw new PayPalError('UNPROCESSABLE_ENTITY', [{ issue: refusal }], links);
}

function newCapture({ now }: Change, order: Order, unit: PurchaseUnit, buyer: Buyer): Capture {
  const { breakdown: _breakdown, ...amount } = unit.amount;
  const outcome = buyer.capture;
  const common = {
    id: newId(),
    orderId: order.id,
    unit,
    amount,
    buyer: buyer.email,
    refundIds: [],
    reason: null,
    settles: null,
    createdAt: now,
    updatedAt: now,
  };
  switch (outcome.kind) {
    case 'completes':
    case 'refuses':
      return { ...common, status: 'COMPLETED' };
    case 'declines':
      return { ...common, status: outcome.status };
    case 'pends':
      return {
        ...common,
        status: 'PENDING',
        reason: outcome.reason,
        settles: outcome.settles && { at: now + outcome.settles.afterMs, as: outcome.settles.as },
      };
    default:
      return outcome satisfies never;
  }
}
