import type { LedgerActor } from '../credit-lots.ts';
import type { Metadata } from '../ledger.ts';

/** A use of an operation, as its caller describes it, under the caller's key for it. */
export type OperationUse = Pick<
  ConsumeRequest,
  'key' | 'operation' | 'variant' | 'quantity' | 'siteId' | 'userId' | 'reference' | 'metadata'
>;

/** One use of an operation that is to be charged, at most once for its key. */
export type ConsumeRequest = {
  readonly accountId: string;
  /** The Idempotency-Key, one of the account's own. */
  readonly key: string;
  /** The code of the operation. */
  readonly operation: string;
  /** '' for no variant in particular. */
  readonly variant: string;
  readonly quantity: bigint;
  readonly siteId: string | null;
  readonly userId: string | null;
  readonly reference: string | null;
  readonly metadata: Metadata | null;
  readonly actor: LedgerActor;
  readonly requestId: string | undefined;
};

/** What was charged: the same for the first request under a key and for every repetition. */
export type Consumed = {
  readonly entryId: string;
  /** Whole credits. */
  readonly units: bigint;
  /** The balance after it. */
  readonly available: bigint;
  readonly held: bigint;
  readonly costId: string;
  readonly occurredAt: Date;
};

/** Why a request was refused for what it asks; the database says the same words. */
export const consumeRefusals = [
  'key_reused',
  'account_unknown',
  'account_suspended',
  'account_closed',
  'operation_unknown',
  'operation_inactive',
  'operation_unpriced',
  'site_unknown',
  'user_unknown',
] as const;
export type ConsumeRefusal = (typeof consumeRefusals)[number];

/** What became of a request. A refusal has left nothing behind. */
export type ConsumeOutcome =
  | { readonly status: 'consumed'; readonly consumed: Consumed }
  | { readonly status: 'insufficient'; readonly required: bigint; readonly balance: bigint }
  | { readonly status: ConsumeRefusal };
