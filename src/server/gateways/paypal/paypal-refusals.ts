import { GatewayPaymentMissing, GatewayRefused, type GatewayPayment } from '#server/modules/payments/gateway.ts';

/** What became of a payment that PayPal would not collect: words of ours, and whether its payer can go on with it. */
export type Decline = { readonly lastError: NonNullable<GatewayPayment['lastError']>; readonly isFinal: boolean };

type Words = { readonly code: string; readonly message: string; readonly isFinal?: true };

const chooseAnother = 'PayPal could not charge the chosen card or bank account. Choose another one in PayPal.';
const payerCannot = 'PayPal does not let this PayPal account pay. Use another account, or another way to pay.';

/**
 * The issues of a capture that tell of the payer and not of us (data: PayPal's list of issues of
 * `POST /v2/checkout/orders/{id}/capture`). An order stays open for its payer, who may choose other funds in PayPal's
 * window (developer.paypal.com: handle funding failures), except where it says that it takes no more attempts.
 */
const declines: ReadonlyMap<string, Words> = new Map([
  ['INSTRUMENT_DECLINED', { code: 'instrument_declined', message: chooseAnother }],
  ['REDIRECT_PAYER_FOR_ALTERNATE_FUNDING', { code: 'instrument_declined', message: chooseAnother }],
  ['PAYER_ACTION_REQUIRED', { code: 'instrument_declined', message: chooseAnother }],
  ['PAYMENT_SOURCE_DECLINED_BY_PROCESSOR', { code: 'instrument_declined', message: chooseAnother }],
  ['PAYMENT_SOURCE_CANNOT_BE_USED', { code: 'instrument_declined', message: chooseAnother }],
  ['PAYER_CANNOT_PAY', { code: 'payer_cannot_pay', message: payerCannot }],
  ['PAYER_ACCOUNT_RESTRICTED', { code: 'payer_cannot_pay', message: payerCannot }],
  ['PAYER_ACCOUNT_LOCKED_OR_CLOSED', { code: 'payer_cannot_pay', message: payerCannot }],
  ['TRANSACTION_REFUSED', { code: 'payment_declined', message: payerCannot }],
  ['COMPLIANCE_VIOLATION', { code: 'payment_declined', message: payerCannot }],
  ['TRANSACTION_LIMIT_EXCEEDED', { code: 'payment_declined', message: payerCannot }],
  ['PAYEE_BLOCKED_TRANSACTION', { code: 'payment_declined', message: payerCannot }],
  ['TRANSACTION_BLOCKED_BY_PAYEE', { code: 'payment_declined', message: payerCannot }],
  [
    'MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED',
    {
      code: 'too_many_attempts',
      message: 'PayPal takes no further attempt at this payment. Pay again to start a new one.',
      isFinal: true,
    },
  ],
  [
    'ORDER_EXPIRED',
    {
      code: 'approval_expired',
      message: 'The approval in PayPal has expired. Pay again to start anew.',
      isFinal: true,
    },
  ],
]);

const savedIsGone: Words = {
  code: 'saved_method_gone',
  message: 'PayPal no longer lets us charge the saved PayPal account. Pay with PayPal again, or save it anew.',
};

/** The issues that say a saved account is no longer ours to charge. */
const savedGoneIssues: ReadonlySet<string> = new Set([
  'AGREEMENT_ALREADY_CANCELLED',
  'BILLING_AGREEMENT_NOT_FOUND',
  'TOKEN_ID_NOT_FOUND',
  'TOKEN_EXPIRED',
  'MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE',
]);

/** What a refused capture means for its payment; null for a refusal that is a fault of ours. */
export function declineOf(thrown: unknown): Decline | null {
  if (!(thrown instanceof GatewayRefused)) return null;
  const words = declines.get(thrown.gatewayCode ?? '');
  if (words === undefined) return null;
  return { lastError: { code: words.code, message: words.message }, isFinal: words.isFinal === true };
}

/** What a refused charge of a saved account means; null for a refusal that is a fault of ours. */
export function declineOfSaved(thrown: unknown): Decline | null {
  const declined = declineOf(thrown);
  if (declined !== null) return declined;
  if (!(thrown instanceof GatewayRefused)) return null;
  const isGone = thrown instanceof GatewayPaymentMissing || savedGoneIssues.has(thrown.gatewayCode ?? '');
  return isGone ? { lastError: savedIsGone, isFinal: false } : null;
}
