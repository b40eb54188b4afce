/** Why a lot of credits exists: a plan's share, a purchase, a gift, or a correction by staff. */
export type LotKind = 'plan' | 'purchased' | 'bonus' | 'adjustment';

/** Credits to be granted to an account as one lot. */
export type Grant = {
  readonly accountId: string;
  readonly kind: LotKind;
  /** Whole credits, more than zero. */
  readonly units: bigint;
  /** The instant from which the rest can no longer be spent; null for never. */
  readonly expiresAt: Date | null;
  readonly sourceType: string;
  readonly sourceId: string | null;
  /** The reason the grant exists only once: `invoice_line:<uuid>`. */
  readonly reasonKey: string;
  readonly actorType: 'user' | 'staff' | 'account_key' | 'platform_key' | 'system';
  readonly actorId: string | null;
};

/** What an account has: to spend, and reserved by holds. Whole credits. */
export type CreditBalance = { readonly available: bigint; readonly held: bigint };
