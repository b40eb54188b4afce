export {
  type EventMeaning,
  type GatewayAbilities,
  type GatewayCustomer,
  GatewayCustomerMissing,
  type GatewayPayment,
  type MethodKeeper,
  type GatewaySetup,
  type GatewayMethod,
  GatewayPaymentMissing,
  type GatewayDispute,
  type GatewayRefund,
  GatewayRefused,
  type PaymentGateway,
  type PaymentRequest,
  type VerifiedEvent,
} from './gateway.ts';
export {
  type AutoTopUp,
  type AutoTopUpSettings,
  decideTopUp,
  type TopUpDecision,
  type TopUpOffReason,
  type TopUpSituation,
} from './auto-top-up.ts';
export {
  autoTopUpOf,
  countTopUpFailure,
  endTopUpWait,
  forgetTopUpFailures,
  lockAutoTopUp,
  nextTopUpResumption,
  saveAutoTopUp,
  switchOffTopUp,
  switchOnAgain,
  topUpsResuming,
  waitWithTopUps,
} from './auto-top-up-store.ts';
export { type CardDetails, type MethodDetails, type Payment, type PaymentCause } from './payment.ts';
export {
  allPaymentOptions,
  lockPaymentOption,
  offeredOption,
  type OptionKind,
  type OptionLimit,
  PaymentMethodUnavailable,
  type PaymentOption,
  paymentOptionsFor,
} from './payment-options.ts';
export {
  changePaymentOption,
  createPaymentOption,
  type NewPaymentOption,
  type PaymentOptionChanges,
  removePaymentOption,
} from './payment-options-store.ts';
export {
  type Declaration,
  type Proof,
  PaymentUnderWay,
  type Transfer,
  TransferNotOpen,
  type TransferReview,
} from './transfer.ts';
export {
  fitsPattern,
  type PaymentCodeTerms,
  type PaymentTerms,
  transactionKeyOf,
  type TransferTerms,
} from './transfer-terms.ts';
export {
  countProofs,
  duplicatesOf,
  isTransactionKnown,
  nextTransferDeadline,
  proofById,
  type TransferDeadline,
  transferOf,
  transfersDue,
  transfersOf,
} from './transfers-queries.ts';
export {
  insertDeclaration,
  insertProof,
  insertReview,
  markReminded,
  postponeTransferDeadline,
  removeProof,
} from './transfers-store.ts';
export {
  isCollectable,
  isUnderWay,
  isWithStaff,
  mustNotEnd,
  type PaymentStatus,
  paymentStates,
  waitsForPayer,
} from './payment-states.ts';
export {
  gatewayCustomerOf,
  allocationsOfInvoice,
  invoicesOfPayment,
  lockPayment,
  nextPaymentCheck,
  paymentById,
  paymentByReference,
  paymentsDueForCheck,
  paymentsOfInvoices,
} from './payments-queries.ts';
export { type PaymentCode, paymentCodeOf } from './codes/payment-code.ts';
export { paymentCodeSvg, type QrModules, qrModules, swissCross } from './codes/qr-code.ts';
export { bankDetailLines, bankDetailProblems, bankDetailsDiffer } from './bank-details.ts';
export { type PaymentOptionPreset, paymentOptionPresets } from './presets/index.ts';
export { listPaymentsOfAll, type PaymentsFilter } from './payments-of-all.ts';
export {
  allocatePayment,
  createPayment,
  flagPayment,
  unflagPayment,
  type NewPayment,
  postponeCheck,
  rememberGatewayCustomer,
  transitionPayment,
  liftPaymentFlag,
} from './payments-store.ts';
export {
  insertMethodSetup,
  isSetupAbandoned,
  lockMethodSetup,
  type MethodSetup,
  methodSetupById,
  methodSetupByReference,
  nextSetupCheck,
  noteSetupAnswer,
  postponeSetupCheck,
  type SetupAnswer,
  setupsDueForCheck,
} from './method-setups.ts';
export {
  expiresOnOf,
  expiresSoon,
  isExpired,
  type MethodNeed,
  type SavedMethod,
  SavedMethodNeeded,
  SavedMethodRequired,
  SavedMethodUnknown,
  successorOf,
} from './saved-method.ts';
export {
  chargeableMethodOf,
  expiryWarningsDue,
  isChargeable,
  nextExpiryWarning,
  savedMethodById,
  savedMethodByReference,
  savedMethodsOf,
} from './saved-methods.ts';
export {
  clearDefaultMethod,
  endExpiryWarning,
  endSavedMethod,
  insertSavedMethod,
  type LocalDay,
  lockSavedMethods,
  makeDefaultMethod,
  noteForgotten,
  renewSavedMethod,
} from './saved-methods-store.ts';
export { type ProofFile, proofFilename, readProof } from './proofs/proof-file.ts';
export {
  endTopUp,
  insertTopUp,
  isTopUpUnderWay,
  lastTopUp,
  lockTopUpOfPayment,
  spentOnTopUps,
  unfinishedTopUpPayment,
  type TopUp,
} from './top-ups.ts';
export { type Refund, PaymentNotRefundable, RefundChanged, type RefundOrigin, RefundTooLarge } from './refund.ts';
export {
  excessMinor,
  owedLots,
  type RefundablePayment,
  refundableMinor,
  type RefundEffect,
  refundEffect,
} from './refund-effect.ts';
export type { RefundStatus } from './refund-states.ts';
export {
  allocationsOfPayment,
  invoicesOfRefund,
  lockRefund,
  nextRefundCheck,
  refundById,
  refundsDueForCheck,
  refundsOfInvoice,
  refundsOfPayments,
} from './refunds-queries.ts';
export {
  createRefund,
  type NewRefund,
  postponeRefundCheck,
  type RefundAnswer,
  transitionRefund,
} from './refunds-store.ts';
export type { Dispute } from './dispute.ts';
export {
  type DisputeFilter,
  disputeById,
  disputedMinor,
  disputesDueForCheck,
  disputesOfPayments,
  type DueDispute,
  listDisputes,
  lockDisputeByReference,
  lotsOfDispute,
  nextDisputeCheck,
  otherDisputesOf,
} from './disputes-queries.ts';
export { createDispute, noteDisputeTakesMoney, postponeDisputeCheck, transitionDispute } from './disputes-store.ts';
export { goesOnBy, type WayToPay } from './way-to-pay.ts';
