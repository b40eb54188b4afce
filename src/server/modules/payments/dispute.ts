import type { Currency } from '#shared/money/index.ts';
import type { DisputeStatus } from './dispute-states.ts';

/** A payment its payer disputes with their bank. The amount in minor units of `currency`. */
export type Dispute = {
  readonly id: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly gateway: string;
  /** Its name at the gateway: dp_… at Stripe. */
  readonly gatewayReference: string;
  readonly status: DisputeStatus;
  /** Whether the money is held back meanwhile; an inquiry asks first. */
  readonly takesMoney: boolean;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Why, in the gateway's word: fraudulent, product_not_received … */
  readonly reason: string;
  /** Credits that cannot be spent while it is open. */
  readonly creditsFrozen: bigint;
  /** Until when the seller can answer; null when the gateway names no day. */
  readonly evidenceDueAt: Date | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly checks: number;
};
