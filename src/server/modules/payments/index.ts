export {
  type EventMeaning,
  type GatewayCustomer,
  GatewayCustomerMissing,
  type GatewayPayment,
  GatewayPaymentMissing,
  GatewayRefused,
  type PaymentGateway,
  type PaymentRequest,
  type VerifiedEvent,
} from './gateway.ts';
export { type CardDetails, type Payment, type PaymentCause } from './payment.ts';
export {
  createPaymentOption,
  type NewPaymentOption,
  PaymentMethodUnavailable,
  type PaymentOption,
  paymentOptionsFor,
} from './payment-options.ts';
export { isCollectable, type PaymentStatus, waitsForPayer } from './payment-states.ts';
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
