import type { EntryKind } from '#shared/contract/metering.ts';
import type { LedgerActor, LotKind } from './credit-lots.ts';
import type { MeteredUse } from './ledger.ts';

/** An entry of the ledger, as it is read. */
export type LedgerEntry = {
  readonly id: string;
  readonly accountId: string;
  /** Its place in the chain of the account, from 1. */
  readonly sequence: bigint;
  readonly kind: EntryKind;
  /** What it added to the credits that can be spent, and to those on hold. Whole credits, negative when it took. */
  readonly change: bigint;
  readonly heldChange: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
  /** Of consumption, holds and captures: what for. */
  readonly use: MeteredUse | null;
  readonly holdId: string | null;
  /** The kind of lot a grant, an adjustment or an expiry is about. */
  readonly lotKind: LotKind | null;
  /** Why staff adjusted it, or why the payment behind it was given back. */
  readonly reason: string | null;
  readonly reasonKey: string;
  readonly actor: LedgerActor;
  readonly requestId: string | null;
  readonly occurredAt: Date;
};
