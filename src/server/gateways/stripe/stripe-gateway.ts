import Stripe from 'stripe';
import {
  type GatewayPayment,
  GatewayCustomerMissing,
  GatewayPaymentMissing,
  GatewayRefused,
  GatewayUnavailable,
  type PaymentGateway,
  type PaymentRequest,
  type RefundRequest,
  WebhookSignatureInvalid,
} from '#server/modules/payments/gateway.ts';
import { stripeTakes, toStripeAmount } from './stripe-amounts.ts';
import { translateStripeEvent } from './stripe-events.ts';
import { stripeKeeper } from './stripe-keeper.ts';
import { paymentIdKey, toGatewayPayment } from './stripe-payments.ts';
import { refundIdKey, toGatewayDispute, toGatewayRefund } from './stripe-refunds.ts';

/** How to reach Stripe, or the simulator in its place. */
export type StripeConnection = {
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where the API is when it is not Stripe's own: the simulator's `http://127.0.0.1:3010`. */
  readonly apiUrl?: URL;
};

/** Longest wait for an answer of Stripe, in milliseconds, and how often it is tried again before the outcome is unknown. */
const timeoutMs = 10_000;
const retriesMax = 1;

/** The Stripe gateway (API 2026-10-28.endive) over the official SDK. */
export function createStripeGateway(connection: StripeConnection): PaymentGateway {
  const stripe = new Stripe(connection.secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: retriesMax,
    telemetry: false,
    appInfo: { name: 'Purser' },
    ...(connection.apiUrl === undefined
      ? {}
      : { host: connection.apiUrl.hostname, port: connection.apiUrl.port, protocol: 'http' as const }),
  });
  return {
    name: 'stripe',
    publishableKey: connection.publishableKey,
    abilities: { chargesSavedMethods: true, truth: 'gateway', refunds: 'automatic', forgetsUnapproved: false },
    takes: stripeTakes,
    async createCustomer(customer) {
      const created = await asking(() =>
        stripe.customers.create(
          { name: customer.name, email: customer.email, metadata: { purser_account_id: customer.accountId } },
          { idempotencyKey: ['customer', customer.accountId, customer.replaces ?? 'first'].join('-') },
        ),
      );
      return created.id;
    },
    async startPayment(request) {
      try {
        return await asPayment(() =>
          stripe.paymentIntents.create(
            {
              ...toStripeAmount(request.amount),
              customer: request.customerReference,
              description: request.description,
              automatic_payment_methods: { enabled: true },
              metadata: { [paymentIdKey]: request.paymentId },
              expand: ['latest_charge', 'payment_method'],
              ...chargeAtOnce(request),
            },
            // The customer is part of the key: with the deleted one the gateway may have kept its refusal.
            { idempotencyKey: `payment-${request.paymentId}-${request.customerReference}` },
          ),
        );
      } catch (thrown) {
        const declined = declinedIntentOf(thrown);
        if (declined === null) throw thrown;
        return await this.retrievePayment(declined);
      }
    },
    async retrievePayment(reference) {
      return await asPayment(() =>
        stripe.paymentIntents.retrieve(reference, { expand: ['latest_charge', 'payment_method'] }),
      );
    },
    async cancelPayment(reference) {
      try {
        return await asPayment(() =>
          stripe.paymentIntents.cancel(
            reference,
            { expand: ['latest_charge', 'payment_method'] },
            { idempotencyKey: `cancel-${reference}` },
          ),
        );
      } catch (thrown) {
        // It can no longer be canceled: whatever it has become is the answer.
        if (thrown instanceof GatewayRefused) return await this.retrievePayment(reference);
        throw thrown;
      }
    },
    async collectPayment(reference) {
      // Stripe collects by itself when the payer confirms.
      return await this.retrievePayment(reference);
    },
    async refundPayment(request) {
      const amount = refundAmountOf(request);
      const refund = await asking(() =>
        stripe.refunds.create(
          {
            payment_intent: request.paymentReference,
            amount,
            metadata: { [refundIdKey]: request.refundId },
          },
          { idempotencyKey: `refund-${request.refundId}` },
        ),
      );
      return toGatewayRefund(refund);
    },
    async listRefunds(paymentReference) {
      const refunds = await asking(() => stripe.refunds.list({ payment_intent: paymentReference, limit: 100 }));
      return refunds.data.map(toGatewayRefund);
    },
    // Every event of Stripe that matters names its intent.
    paymentOfPart: () => Promise.resolve(null),
    async retrieveDispute(reference) {
      try {
        return toGatewayDispute(await asking(() => stripe.disputes.retrieve(reference)));
      } catch (thrown) {
        if (thrown instanceof GatewayPaymentMissing) return null;
        throw thrown;
      }
    },
    methods: stripeKeeper(stripe, asking),
    verifyWebhook(rawBody, headers, now) {
      const signature = headers['stripe-signature'];
      if (typeof signature !== 'string') throw new WebhookSignatureInvalid('The Stripe-Signature header is missing.');
      try {
        const event = stripe.webhooks.constructEvent(
          rawBody,
          signature,
          connection.webhookSecret,
          undefined,
          undefined,
          now.getTime(),
        );
        return { eventId: event.id, type: event.type };
      } catch (thrown) {
        throw new WebhookSignatureInvalid('The Stripe-Signature does not match the body, or is too old.', thrown);
      }
    },
    translateEvent: translateStripeEvent,
  };
}

async function asPayment(call: () => Promise<Stripe.PaymentIntent>): Promise<GatewayPayment> {
  return toGatewayPayment(await asking(call));
}

/**
 * Confirms the intent in the request that makes it, with a saved method; a payer who is there answers their bank in our
 * page. A method that is to be kept is set up for charges without its holder.
 */
function chargeAtOnce({ savedMethodReference, payerIsPresent, keepsMethod, returnUrl }: PaymentRequest) {
  if (savedMethodReference === null) return keepsMethod ? { setup_future_usage: 'off_session' as const } : {};
  const charge = { payment_method: savedMethodReference, confirm: true, return_url: returnUrl };
  return payerIsPresent ? { ...charge, use_stripe_sdk: true } : { ...charge, off_session: true };
}

/** What Stripe is asked to give back. @throws GatewayRefused for an amount it has no units for: it will never take it */
function refundAmountOf({ amount }: RefundRequest): number {
  try {
    return toStripeAmount(amount).amount;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new GatewayRefused('stripe', 'amount_not_taken', thrown.message, thrown);
  }
}

/** The intent a card was declined for: Stripe answers an off-session decline as an error that carries it. */
function declinedIntentOf(thrown: unknown): string | null {
  const cause = thrown instanceof GatewayRefused ? thrown.cause : null;
  return cause instanceof Stripe.errors.StripeCardError ? (cause.payment_intent?.id ?? null) : null;
}

/** Turns the SDK's errors into ours, once, at the edge. */
async function asking<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (thrown) {
    if (!(thrown instanceof Stripe.errors.StripeError)) throw thrown;
    // The same request is being carried out right now: what becomes of it is not known yet.
    if (thrown.code === 'idempotency_key_in_use') throw new GatewayUnavailable('stripe', thrown);
    const isRefusal =
      thrown instanceof Stripe.errors.StripeInvalidRequestError ||
      thrown instanceof Stripe.errors.StripeCardError ||
      thrown instanceof Stripe.errors.StripeIdempotencyError;
    if (isRefusal) throw refusalOf(thrown);
    throw new GatewayUnavailable('stripe', thrown);
  }
}

/** What a refusal is about: a missing customer or payment has a way on, anything else is a fault of ours. */
function refusalOf(error: InstanceType<typeof Stripe.errors.StripeError>): GatewayRefused {
  const code = error.code ?? null;
  if (code !== 'resource_missing') return new GatewayRefused('stripe', code, error.message, error);
  const Missing = error.param === 'customer' ? GatewayCustomerMissing : GatewayPaymentMissing;
  return new Missing('stripe', code, error.message, error);
}
