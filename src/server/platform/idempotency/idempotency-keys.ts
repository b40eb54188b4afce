import type { Db, Tx } from '../db/index.ts';
import { DomainError } from '../errors/index.ts';

/** Whose keys are meant: two accounts may use the same key for different requests. */
export type IdempotencyOwner = `account:${string}` | `user:${string}` | 'platform';

/** A request that may be repeated. */
export type IdempotentRequest = {
  readonly owner: IdempotencyOwner;
  /** The Idempotency-Key header. */
  readonly key: string;
  /** The endpoint, so that one key cannot serve two of them. */
  readonly operation: string;
  /** SHA-256 of the body as parsed. */
  readonly bodyHash: Buffer;
};

/** What a claim puts down beside the request. */
export type IdempotencyClaim = IdempotentRequest & {
  /** The account the result belongs to; null for what belongs to the platform. */
  readonly accountId: string | null;
  /** The id of what this request makes, to be answered again to its repetitions. */
  readonly resultId: string;
  readonly now: Date;
};

/** Whether a request is the first under its key; else the id of what the first one made. */
export type ClaimedKey = { readonly fresh: true } | { readonly fresh: false; readonly resultId: string };

/** The key stands for another request: another endpoint or another body. */
export class IdempotencyKeyReused extends DomainError {
  constructor() {
    super(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a request with another body. Repeat that request, or take a new key.',
    );
  }
}

/**
 * Claims the key of a request within the transaction that does its work: a refused request rolls the claim back and may
 * succeed later under the same key. A concurrent twin waits here until the first one ends, and then finds its result.
 *
 * @throws IdempotencyKeyReused
 */
export async function claimIdempotencyKey(tx: Tx, claim: IdempotencyClaim): Promise<ClaimedKey> {
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({
      owner: claim.owner,
      key: claim.key,
      account_id: claim.accountId,
      operation: claim.operation,
      body_hash: claim.bodyHash,
      result_id: claim.resultId,
      created_at: claim.now,
    })
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (inserted !== undefined) return { fresh: true };
  const resultId = await findIdempotentResult(tx, claim);
  if (resultId === null) throw new Error('A claimed idempotency key is not visible in the scope it was claimed in.');
  return { fresh: false, resultId };
}

/** The id of what an earlier, equal request made; null when there was none. @throws IdempotencyKeyReused */
export async function findIdempotentResult(db: Db, request: IdempotentRequest): Promise<string | null> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['operation', 'body_hash', 'result_id'])
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.operation !== request.operation || !row.body_hash.equals(request.bodyHash)) throw new IdempotencyKeyReused();
  return row.result_id;
}
