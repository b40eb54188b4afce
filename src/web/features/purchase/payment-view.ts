import type { ApiResult } from '#web/lib/api.ts';

/** A purchase as the server tells it: invoice, payment and what the payer does next. */
export type Purchase = ApiResult<'getPayment'>;

/** What the purchase page shows for a payment. */
export type PaymentView =
  /** The payment waits for a card. */
  | 'card'
  /** The payment waits for the payer's bank to be satisfied: 3-D Secure was begun and not finished. */
  | 'bank'
  | 'waiting'
  | 'paid'
  | 'ended';

/**
 * The view that belongs to what the server says. Only the server decides it: what the gateway's script reports in the
 * browser never makes a payment look paid.
 */
export function paymentView(purchase: Purchase): PaymentView {
  switch (purchase.next.type) {
    case 'approve_paypal':
    case 'transfer':
      return 'waiting';
    case 'confirm_card':
      return purchase.payment.status === 'requires_action' ? 'bank' : 'card';
    // Open, and the reader may look but not pay.
    case 'resume':
    case 'wait':
      return 'waiting';
    case 'done':
      return 'paid';
    case 'none':
      return 'ended';
    default:
      return neverNext(purchase.next);
  }
}

/**
 * Milliseconds until a payment under way is asked about again: one second at first, growing by half each time, at most
 * fifteen seconds.
 */
export function pollDelay(asked: number): number {
  return Math.min(15_000, Math.round(1_000 * 1.5 ** Math.max(0, asked - 1)));
}

/** Whether this ask goes through to the gateway: every fourth does, so that a lost webhook never leaves the page waiting. */
export function pollAsksGateway(asked: number): boolean {
  return asked % 4 === 0;
}

function neverNext(next: never): never {
  throw new Error(`Unknown next step ${JSON.stringify(next)}.`);
}
