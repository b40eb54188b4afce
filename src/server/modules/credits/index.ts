export {
  type ConsumeBatch,
  type ConsumeOutcome,
  type Consumed,
  type ConsumeRequest,
  createConsumeBatch,
} from './consume-batch/index.ts';
export type { CreditBalance, CreditLot, Grant, LedgerActor, LotKind } from './credit-lots.ts';
export { HoldExceeded, HoldNotOpen, InsufficientCredits } from './credits-errors.ts';
export { balanceByKind, creditBalanceOf, unusedLots } from './credits-queries.ts';
export { adjustCredits, grantCredits, openCreditBalance } from './credits-store.ts';
export type { Hold } from './hold.ts';
export { holdById, holdByKey, holdsDue, nextHoldExpiry, openHolds } from './holds-queries.ts';
export { endHold, placeHold } from './holds-store.ts';
export { type Metadata, type MeteredUse, openBooks } from './ledger.ts';
