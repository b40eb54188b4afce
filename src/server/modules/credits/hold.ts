import type { LedgerActor } from './credit-lots.ts';
import type { HoldStatus } from './hold-states.ts';
import type { MeteredUse } from './ledger.ts';

/** Credits set aside for work whose cost is known only afterwards. */
export type Hold = {
  readonly id: string;
  readonly accountId: string;
  readonly status: HoldStatus;
  /** What was estimated, and the cost version that also prices the capture. */
  readonly use: MeteredUse;
  /** The code of the operation. */
  readonly operation: string;
  /** What was reserved. Whole credits. */
  readonly units: bigint;
  readonly capturedQuantity: bigint | null;
  readonly capturedUnits: bigint | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** The Idempotency-Key of the request that ended it. */
  readonly endedKey: string | null;
  /** The balance when it had ended. */
  readonly availableAfter: bigint | null;
  readonly heldAfter: bigint | null;
};

/** A hold to be made. */
export type NewHold = {
  readonly accountId: string;
  readonly use: MeteredUse;
  /** What the estimated quantity costs. Whole credits. */
  readonly units: bigint;
  readonly lifetimeMs: number;
  /** The Idempotency-Key of the request. */
  readonly key: string;
  readonly actor: LedgerActor;
  readonly requestId: string | undefined;
};

/** How a hold ends: spent in part or in full, or given back. */
export type HoldEnd =
  | { readonly status: 'captured'; readonly quantity: bigint; readonly units: bigint }
  | { readonly status: 'released' | 'expired' };
