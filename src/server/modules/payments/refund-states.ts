import type { StateTable } from '#shared/state/index.ts';

/**
 * What a refund may become. A bank may send money back days after the gateway called the refund a success; one that has
 * failed is over, and another one takes its place.
 */
export const refundStates = {
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
} as const satisfies StateTable<'pending' | 'succeeded' | 'failed'>;

export type RefundStatus = keyof typeof refundStates;
