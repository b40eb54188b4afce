import type { Payment } from './payment.ts';

/** How a payer wants to pay. */
export type WayToPay = {
  /** The method of a payment option: `card`. */
  readonly method: string;
  /** The saved method to charge; null when the payer gives one. */
  readonly savedMethodId: string | null;
  /** Whether the method that pays is kept for later; null when the payer has not said. */
  readonly keepsMethod: boolean | null;
};

/**
 * Whether an open payment is gone on with by somebody who wants to pay this way; pure. A saved method that was declined
 * is charged again by another payment: the open one waits for its payer.
 */
export function goesOnBy(open: Payment, way: WayToPay): boolean {
  if (open.method !== way.method) return false;
  if (way.savedMethodId === null) return way.keepsMethod === null || way.keepsMethod === open.keepsMethod;
  return open.savedMethodId === way.savedMethodId && open.status !== 'requires_payment_method';
}
