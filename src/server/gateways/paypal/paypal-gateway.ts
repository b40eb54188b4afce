import { GatewayPaymentMissing, type PaymentGateway } from '#server/modules/payments/gateway.ts';
import { payPalTakes } from './paypal-amounts.ts';
import { createPayPalCertificates } from './paypal-certificates.ts';
import { createPayPalClient } from './paypal-client.ts';
import type { PayPalConnection } from './paypal-connection.ts';
import { retrievePayPalDispute } from './paypal-disputes.ts';
import { translatePayPalEvent } from './paypal-events.ts';
import { createPayPalOrders } from './paypal-orders.ts';
import { createPayPalRefunds } from './paypal-refunds.ts';
import { payPalCustomerId, payPalVault } from './paypal-vault.ts';
import { verifyPayPalWebhook } from './paypal-webhooks.ts';

/** The PayPal gateway (Orders v2, Payments v2, Vault v3, Disputes v1). A payment is an order, named by its id. */
export function createPayPalGateway(connection: PayPalConnection): PaymentGateway {
  const client = createPayPalClient(connection);
  const orders = createPayPalOrders(client, connection.merchantId);
  const refunds = createPayPalRefunds(client, orders);
  const certificates = createPayPalCertificates(connection);
  return {
    name: 'paypal',
    publishableKey: connection.clientId,
    abilities: { chargesSavedMethods: true, truth: 'gateway', refunds: 'automatic', forgetsUnapproved: true },
    takes: payPalTakes,
    // PayPal makes its customers when something is kept for them, by the id we give.
    createCustomer: ({ accountId }) => Promise.resolve(payPalCustomerId(accountId)),
    startPayment: (request) => orders.start(request),
    retrievePayment: (reference) => orders.retrieve(reference),
    cancelPayment: (reference) => orders.cancel(reference),
    collectPayment: (reference, paymentId) => orders.collect(reference, paymentId),
    refundPayment: (request) => refunds.refund(request),
    listRefunds: (paymentReference) => refunds.list(paymentReference),
    paymentOfPart: async (captureId) => {
      try {
        return await orders.ofCapture(captureId);
      } catch (thrown) {
        if (thrown instanceof GatewayPaymentMissing) return null;
        throw thrown;
      }
    },
    retrieveDispute: (reference) => retrievePayPalDispute(client, orders, reference),
    methods: payPalVault(client),
    verifyWebhook: (rawBody, headers, now) =>
      verifyPayPalWebhook({ connection, client, certificates }, rawBody, headers, now),
    translateEvent: translatePayPalEvent,
  };
}
