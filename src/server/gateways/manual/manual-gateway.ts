import { createHash } from 'node:crypto';
import { transferReference } from '#shared/ids/index.ts';
import { type Money, money } from '#shared/money/index.ts';
import {
  type GatewayPayment,
  type PaymentGateway,
  type PaymentRequest,
  WebhookSignatureInvalid,
} from '#server/modules/payments/gateway.ts';

/** What the manual gateway needs: the time at which something was done by hand. */
export type ManualGatewayParts = { readonly now: () => Date };

/**
 * The gateway of bank transfers and local wallets: there is no machine to ask. It gives a payment its reference, which is
 * the same for the same payment, and leaves the truth to staff.
 */
export function createManualGateway({ now }: ManualGatewayParts): PaymentGateway {
  return {
    name: 'manual',
    publishableKey: null,
    abilities: { chargesSavedMethods: false, truth: 'staff', refunds: 'by_hand', forgetsUnapproved: false },
    // What a bank or wallet takes is a limit of the payment option.
    takes: () => true,
    createCustomer: ({ accountId }) => Promise.resolve(accountId),
    startPayment: (request) => Promise.resolve(started(request)),
    retrievePayment: (reference) => Promise.resolve(unmoved(reference, 'awaiting_transfer')),
    cancelPayment: (reference) => Promise.resolve(unmoved(reference, 'canceled')),
    collectPayment: (reference) => Promise.resolve(unmoved(reference, 'awaiting_transfer')),
    refundPayment: ({ refundId, paymentReference, amount }) =>
      Promise.resolve({
        reference: refundId,
        paymentReference,
        refundId,
        status: 'succeeded',
        amount,
        failureReason: null,
        createdAt: now(),
      }),
    listRefunds: () => Promise.resolve([]),
    paymentOfPart: () => Promise.resolve(null),
    retrieveDispute: () => Promise.resolve(null),
    methods: null,
    verifyWebhook: () => {
      throw new WebhookSignatureInvalid('The manual gateway sends no webhooks.');
    },
    translateEvent: () => ({ kind: 'ignored', reason: 'the manual gateway sends no webhooks' }),
  };
}

function started({ paymentId, amount }: PaymentRequest): GatewayPayment {
  const reference = transferReference(createHash('sha256').update(paymentId).digest());
  return { ...unmoved(reference, 'awaiting_transfer'), amount, received: none(amount.currency), paymentId };
}

/** What can be said of a transfer by its reference alone. Amounts are in our own books; nothing here knows them. */
function unmoved(reference: string, status: 'awaiting_transfer' | 'canceled'): GatewayPayment {
  return {
    reference,
    status,
    awaitsCollection: false,
    amount: none('USD'),
    received: none('USD'),
    methodDetails: null,
    lastError: null,
    clientSecret: null,
    paymentId: null,
  };
}

function none(currency: Money['currency']): Money {
  return money(0n, currency);
}
