import { sandboxTime } from '../controls/simulator-kinds.ts';
import type { Change } from './call.ts';
import { emit } from './events.ts';
import type { Order, PayPalWriter, SetupToken } from './objects.ts';
import { saveIfWanted } from './pay-order.ts';
import { orderBody } from './present.ts';
import { settleCapture, settleRefund } from './settle.ts';

/** An approval that is not used lapses after three hours, and an order that is not paid is gone after three days. */
const approvalMs = 3 * 3_600_000;
const orderMs = 72 * 3_600_000;
/** A setup token is good for three days. */
const setupTokenMs = 72 * 3_600_000;

/** An order after what time did to it; undefined when there is none, or none any more. */
export function orderAsItStands(change: Change, id: string): Order | undefined {
  const order = change.writer.get('order', id);
  if (!order || order.status === 'COMPLETED') return order;
  if (change.now - order.createdAt >= orderMs) return undefined;
  if (order.status !== 'APPROVED' || change.now - (order.approvedAt ?? 0) < approvalMs) return order;
  const voided: Order = { ...order, status: 'VOIDED', updatedAt: change.now };
  change.writer.put('order', id, voided);
  emit(change, 'CHECKOUT.PAYMENT-APPROVAL.REVERSED', orderBody(change, voided));
  return voided;
}

/** A setup token that has not lapsed; undefined when there is none, or none any more. */
export function setupTokenAsItStands(change: Change, id: string): SetupToken | undefined {
  const token = change.writer.get('setup_token', id);
  if (!token || token.status === 'VAULTED') return token;
  return change.now - token.createdAt < setupTokenMs ? token : undefined;
}

function isPaid(writer: PayPalWriter, order: Order): boolean {
  return (
    order.status === 'COMPLETED' &&
    order.captureIds.every((id) => /COMPLETED|REFUNDED/.test(writer.get('capture', id)?.status ?? ''))
  );
}

/** Does what has fallen due by the sandbox clock: approvals that lapse, transfers of banks that arrive or do not. */
export function passTime(writer: PayPalWriter, base: string): void {
  const change: Change = { writer, base, now: sandboxTime(writer) };
  for (const order of writer.all('order')) if (order.status === 'APPROVED') orderAsItStands(change, order.id);
  for (const capture of writer.all('capture')) {
    if (capture.settles && capture.settles.at <= change.now) settleCapture(change, capture, capture.settles.as);
  }
  for (const order of writer.all('order')) if (isPaid(writer, order)) saveIfWanted(change, order);
  for (const refund of writer.all('refund')) {
    if (refund.settles && refund.settles.at <= change.now) settleRefund(change, refund, refund.settles.as);
  }
}
