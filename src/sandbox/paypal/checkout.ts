import type { Change } from './call.ts';
import { emit } from './events.ts';
import type { Order, SetupToken } from './objects.ts';
import { orderAsItStands, setupTokenAsItStands } from './pass-time.ts';
import { orderBody } from './present.ts';

/** What the buyer decides on the approval page cannot be done; the message is for people. */
export class ApprovalRefused extends Error {
  override name = 'ApprovalRefused';
}

/**
 * Approves an order as its buyer does on PayPal's page, and tells about it. An approved order may be approved again, by
 * another account too: that is how a buyer answers a decline.
 * @throws ApprovalRefused
 */
export function approveOrder(change: Change, id: string, buyer: string): Order {
  const order = orderAsItStands(change, id);
  if (!order || order.status === 'VOIDED') throw new ApprovalRefused('PayPal knows no such order, or no longer.');
  if (order.status === 'COMPLETED') throw new ApprovalRefused('This order is paid already.');
  const approved: Order = { ...order, status: 'APPROVED', buyer, approvedAt: change.now, updatedAt: change.now };
  change.writer.put('order', id, approved);
  emit(change, 'CHECKOUT.ORDER.APPROVED', orderBody(change, approved));
  return approved;
}

/** Approves the saving of an account as its owner does. @throws ApprovalRefused */
export function approveSetupToken(change: Change, id: string, buyer: string): SetupToken {
  const token = setupTokenAsItStands(change, id);
  if (!token) throw new ApprovalRefused('PayPal knows no such request, or no longer.');
  if (token.status === 'VAULTED') throw new ApprovalRefused('This account is saved already.');
  const approved: SetupToken = { ...token, status: 'APPROVED', buyer };
  change.writer.put('setup_token', id, approved);
  return approved;
}

/** An e-mail address of a buyer. @throws ApprovalRefused */
export function buyerFrom(value: unknown): string {
  if (value === undefined) return 'buyer@example.com';
  if (typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return value;
  throw new ApprovalRefused('The buyer must be an e-mail address.');
}
