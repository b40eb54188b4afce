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
  topUpsResuming,
  waitWithTopUps,
} from './auto-top-up-store.ts';
export { type CardDetails, type MethodDetails, type Payment, type PaymentCause } from './payment.ts';
export {
  createPaymentOption,
  type NewPaymentOption,
  PaymentMethodUnavailable,
  type PaymentOption,
  paymentOptionsFor,
} from './payment-options.ts';
export { isCollectable, type PaymentStatus, paymentStates, waitsForPayer } from './payment-states.ts';
export {
  gatewayCustomerOf,
  invoicesOfPayment,
  lockPayment,
  nextPaymentCheck,
  paymentById,
  paymentByReference,
  paymentsDueForCheck,
  paymentsOfInvoices,
} from './payments-queries.ts';
export {
  allocatePayment,
  createPayment,
  flagPayment,
  type NewPayment,
  postponeCheck,
  rememberGatewayCustomer,
  transitionPayment,
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
export {
  endTopUp,
  insertTopUp,
  isTopUpUnderWay,
  lastTopUp,
  lockTopUpOfPayment,
  spentOnTopUps,
  type TopUp,
} from './top-ups.ts';
