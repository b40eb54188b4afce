import type { ApiResult } from '#web/lib/api.ts';

/** A purchase as the server tells it: its invoices, its payment and what the payer does next. */
export type Purchase = ApiResult<'getPayment'>;

/** What the purchase page shows for a payment. */
export type PaymentView =
  /** The payment waits for a card or for PayPal. */
  | 'form'
  /** The payment waits for the payer's bank to be satisfied: 3-D Secure was begun and not finished. */
  | 'bank'
  /** The payment waits for a transfer, or for its payer to declare it. */
  | 'transfer'
  /** The seller looks for the money that was declared. */
  | 'review'
  | 'waiting'
  | 'paid'
  | 'rejected'
  | 'ended';

/**
 * The view that belongs to what the server says. Only the server decides it: what a gateway's script reports in the
 * browser never makes a payment look paid.
 */
export function paymentView(purchase: Purchase): PaymentView {
  const { next, payment } = purchase;
  if (payment.status === 'pending_approval') return 'review';
  switch (next.type) {
    case 'confirm_card':
      return payment.status === 'requires_action' ? 'bank' : 'form';
    case 'approve_paypal':
      return 'form';
    case 'transfer':
      return payment.transfer === null ? 'waiting' : 'transfer';
    // Open, and the reader may look but not pay.
    case 'resume':
    case 'wait':
      return 'waiting';
    case 'done':
      return 'paid';
    case 'none':
      return payment.status === 'rejected' ? 'rejected' : 'ended';
    default:
      return neverNext(next);
  }
}

const secondsBetweenLooks = 30;

/**
 * Milliseconds until a payment is asked about again, or false for never. What a gateway works on: one second at first,
 * growing by half each time, at most fifteen seconds. What waits for a person is looked at twice a minute.
 */
export function askAgainIn(purchase: Purchase, asked: number): number | false {
  const view = paymentView(purchase);
  switch (view) {
    case 'waiting':
      return pollDelay(asked);
    case 'transfer':
    case 'review':
      return secondsBetweenLooks * 1_000;
    case 'form':
    case 'bank':
    case 'paid':
    case 'rejected':
    case 'ended':
      return false;
    default:
      return neverNext(view);
  }
}

/** Milliseconds until a payment a gateway works on is asked about again. */
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
