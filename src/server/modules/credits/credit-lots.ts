import type { LotKind } from '#shared/contract/metering.ts';

export type { LotKind } from '#shared/contract/metering.ts';

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
  readonly actorType: LedgerActor['type'];
  readonly actorId: string | null;
};

/** Who makes an entry. */
export type LedgerActor = {
  readonly type: 'user' | 'staff' | 'account_key' | 'platform_key' | 'system';
  readonly id: string | null;
};

/** What an account has: to spend, and reserved by holds. Whole credits. */
export type CreditBalance = { readonly available: bigint; readonly held: bigint };

/** A lot of credits that is not used up. */
export type CreditLot = {
  readonly id: string;
  readonly kind: LotKind;
  /** What was granted. Whole credits. */
  readonly units: bigint;
  /** What can be spent, as long as the lot has not expired. */
  readonly remaining: bigint;
  /** What holds reserve. */
  readonly held: bigint;
  readonly grantedAt: Date;
  readonly expiresAt: Date | null;
};
