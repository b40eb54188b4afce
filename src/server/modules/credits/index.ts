export {
  type ConsumeBatch,
  consumeConnections,
  type ConsumeOutcome,
  type Consumed,
  type ConsumeRequest,
  createConsumeBatch,
  type OperationUse,
} from './consume-batch/index.ts';
export {
  type BoughtLot,
  freezeCredits,
  lotSharesOf,
  lotsOfLines,
  type PaymentMove,
  reinstateCredits,
  takeBackCredits,
  unfreezeCredits,
} from './clawback.ts';
export type { CreditBalance, CreditLot, Grant, LedgerActor, LotKind } from './credit-lots.ts';
export { HoldNotOpen, InsufficientCredits, SiteUnknown, UserNotMember } from './credits-errors.ts';
export { accountsWithDueLots, balanceByKind, creditBalanceOf, nextLotExpiry, unusedLots } from './credits-queries.ts';
export { type Adjustment, adjustCredits, grantCredits, openCreditBalance } from './credits-store.ts';
export type { Hold, HoldEnd } from './hold.ts';
export { holdById, holdByKey, holdsDue, lockHold, nextHoldExpiry, openHolds } from './holds-queries.ts';
export { endHold, placeHold } from './holds-store.ts';
export { type Metadata, type MeteredUse, type OpenBooks, openBooks } from './ledger.ts';
export type { LotShare } from './spend-order.ts';
export type { LedgerEntry } from './ledger-entry.ts';
export {
  type EntryFilter,
  type EntryLot,
  entryById,
  entryByReason,
  listEntries,
  lotsOfEntry,
} from './ledger-queries.ts';
export { refusalOf } from './refusal-of.ts';
export {
  type CreditAlertSettings,
  creditAlertSettingsOf,
  saveCreditAlertSettings,
} from './credit-alert-settings.ts';
export {
  type AlertSubject,
  type CreditAlert,
  creditAlertById,
  lastCreditAlert,
  storeCreditAlert,
} from './credit-alerts.ts';
export {
  accountsNeedingLook,
  includedLots,
  lockWatchedBalance,
  newestLotId,
  setNextLooks,
  setQuietRange,
} from './credit-watch.ts';
export { includedMilestones, includedUse, milestoneReached, nextLooks } from './included-use.ts';
export { hasFallenBelow, quietRange, type WatchedBalance } from './quiet-range.ts';
