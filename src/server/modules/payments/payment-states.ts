import type { StateTable } from '#shared/state/index.ts';

/**
 * What a payment may become, the same for every method. A declined attempt leaves it open for another card. What a
 * gateway reports as money wins: `failed` and `canceled` may still become `succeeded`. An answer that is older than
 * what we know finds no way here and changes nothing.
 */
export const paymentStates = {
  created: [
    'requires_payment_method',
    'requires_action',
    'processing',
    'awaiting_transfer',
    'succeeded',
    'failed',
    'canceled',
  ],
  requires_payment_method: ['requires_action', 'processing', 'succeeded', 'failed', 'canceled'],
  requires_action: ['requires_payment_method', 'processing', 'succeeded', 'failed', 'canceled'],
  processing: ['requires_payment_method', 'requires_action', 'succeeded', 'failed', 'canceled'],
  awaiting_transfer: ['pending_approval', 'succeeded', 'failed', 'canceled'],
  // Declared money may be on its way: only staff end it.
  pending_approval: ['succeeded', 'rejected'],
  succeeded: [],
  failed: ['succeeded'],
  rejected: [],
  canceled: ['succeeded'],
} as const satisfies StateTable<
  | 'created'
  | 'requires_payment_method'
  | 'requires_action'
  | 'processing'
  | 'awaiting_transfer'
  | 'pending_approval'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'canceled'
>;

export type PaymentStatus = keyof typeof paymentStates;

/** Whether money can still arrive by this payment, so that no second one may be started for its invoices. */
export function isCollectable(status: PaymentStatus): boolean {
  switch (status) {
    case 'created':
    case 'requires_payment_method':
    case 'requires_action':
    case 'processing':
    case 'awaiting_transfer':
    case 'pending_approval':
      return true;
    case 'succeeded':
    case 'failed':
    case 'rejected':
    case 'canceled':
      return false;
  }
}

/** Whether money is on its way, so that the payment must not be given up for another one. */
export function isUnderWay(status: PaymentStatus): boolean {
  return status === 'processing' || status === 'pending_approval';
}

/**
 * Whether a payment must not be given up: money is on its way, or its saved method may have been charged by a request
 * that nobody has answered yet. Asking again would charge it, which the sweep does because its payer wanted it.
 */
export function mustNotEnd(payment: {
  readonly status: PaymentStatus;
  readonly savedMethodId: string | null;
  readonly gatewayReference: string | null;
}): boolean {
  return isUnderWay(payment.status) || (payment.savedMethodId !== null && payment.gatewayReference === null);
}

/** Whether its truth lies with our own staff, so that no gateway is asked about it. */
export function isWithStaff(status: PaymentStatus): boolean {
  return status === 'awaiting_transfer' || status === 'pending_approval';
}

/** Whether the payer can go on with the payment now. */
export function waitsForPayer(status: PaymentStatus): boolean {
  return status === 'created' || status === 'requires_payment_method' || status === 'requires_action';
}
