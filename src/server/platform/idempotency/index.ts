export {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotencyClaim,
  IdempotencyKeyReused,
  type IdempotencyOwner,
  type IdempotentRequest,
} from './idempotency-keys.ts';
