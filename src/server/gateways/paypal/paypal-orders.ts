import { type Money, money } from '#shared/money/index.ts';
import {
  type GatewayPayment,
  GatewayRefused,
  GatewayUnavailable,
  type PaymentRequest,
} from '#server/modules/payments/gateway.ts';
import { toPayPalAmount } from './paypal-amounts.ts';
import type { PayPalClient } from './paypal-client.ts';
import { isWhole, toGatewayPayment } from './paypal-payments.ts';
import { declineOf, declineOfSaved } from './paypal-refusals.ts';
import { captureShape, orderIdOf, orderShape, type PayPalOrder } from './paypal-shapes.ts';

/** Payments as orders of intent CAPTURE (developer.paypal.com/docs/api/orders/v2). */
export type PayPalOrders = {
  start(request: PaymentRequest): Promise<GatewayPayment>;
  retrieve(orderId: string): Promise<GatewayPayment>;
  cancel(orderId: string): Promise<GatewayPayment>;
  collect(orderId: string, paymentId: string): Promise<GatewayPayment>;
  /** The order as PayPal tells it. @throws GatewayPaymentMissing */
  get(orderId: string): Promise<PayPalOrder>;
  /** The order a capture belongs to. @throws GatewayPaymentMissing */
  ofCapture(captureId: string): Promise<string | null>;
};

/** @param merchantId the account money must go to; null believes the one the keys belong to */
export function createPayPalOrders(client: PayPalClient, merchantId: string | null): PayPalOrders {
  const inOurWords = (order: PayPalOrder) => toGatewayPayment(order, merchantId);

  async function get(orderId: string): Promise<PayPalOrder> {
    return await client.ask({ method: 'GET', path: orderPath(orderId), answer: orderShape });
  }

  async function create(request: PaymentRequest, source: object, requestId: string): Promise<PayPalOrder> {
    const body = { intent: 'CAPTURE', purchase_units: [purchaseUnit(request)], payment_source: { paypal: source } };
    const order = await client.ask({
      method: 'POST',
      path: '/v2/checkout/orders',
      body,
      requestId,
      answer: orderShape,
    });
    return isWhole(order) ? order : await get(order.id);
  }

  /** Charges a saved account at once; declined, the payment becomes an order that its payer can approve. */
  async function chargeSaved(request: PaymentRequest, vaultId: string): Promise<GatewayPayment> {
    const charged = await chargedOrDeclined(request, vaultId);
    if (charged.lastError === null) return charged;
    const open = inOurWords(await create(request, payerSource(request), `${request.paymentId}-payer`));
    return { ...open, lastError: charged.lastError };
  }

  async function chargedOrDeclined(request: PaymentRequest, vaultId: string): Promise<GatewayPayment> {
    try {
      const charged = inOurWords(await create(request, { vault_id: vaultId }, request.paymentId));
      if (!charged.awaitsCollection || charged.reference === null) return charged;
      return await collect(charged.reference, request.paymentId);
    } catch (thrown) {
      if (thrown instanceof GatewayRefused && thrown.gatewayCode === 'DUPLICATE_INVOICE_ID') {
        // This very payment was charged before, longer ago than PayPal remembers request ids: its webhook tells the rest.
        throw new GatewayUnavailable('paypal', thrown);
      }
      const declined = declineOfSaved(thrown);
      if (declined === null) throw thrown;
      return failedBeforeStart(request, declined.lastError);
    }
  }

  async function collect(orderId: string, paymentId: string): Promise<GatewayPayment> {
    const order = await get(orderId);
    const payment = inOurWords(order);
    if (!payment.awaitsCollection) return payment;
    if (payment.paymentId !== paymentId) {
      throw new GatewayRefused('paypal', 'NOT_OUR_ORDER', `Order ${orderId} was made for another payment.`, null);
    }
    try {
      await client.ask({
        method: 'POST',
        path: `${orderPath(orderId)}/capture`,
        body: {},
        requestId: captureRequestId(paymentId, order),
        answer: orderShape,
      });
    } catch (thrown) {
      return await afterRefusedCapture(orderId, thrown);
    }
    return inOurWords(await get(orderId));
  }

  /** Whatever PayPal said about a capture, the order knows what has become of it. */
  async function afterRefusedCapture(orderId: string, thrown: unknown): Promise<GatewayPayment> {
    const isSettled = thrown instanceof GatewayRefused && settledElsewhere.has(thrown.gatewayCode ?? '');
    const declined = declineOf(thrown);
    if (!(thrown instanceof GatewayUnavailable) && !isSettled && declined === null) throw thrown;
    const payment = inOurWords(await get(orderId));
    if (declined !== null && payment.status === 'requires_payment_method') {
      const { lastError, isFinal } = declined;
      const open = { ...payment, awaitsCollection: false, lastError };
      return isFinal ? { ...open, status: 'failed', clientSecret: null } : open;
    }
    // Nobody can say yet whether it was captured: the next question finds out.
    if (payment.awaitsCollection && !isSettled) throw thrown;
    return { ...payment, awaitsCollection: false };
  }

  return {
    get,
    collect,
    start: async (request) => {
      assertTaken(request);
      if (request.savedMethodReference !== null) return await chargeSaved(request, request.savedMethodReference);
      return inOurWords(await create(request, payerSource(request), request.paymentId));
    },
    retrieve: async (orderId) => inOurWords(await get(orderId)),
    cancel: async (orderId) => {
      const payment = inOurWords(await get(orderId));
      // An order cannot be canceled at PayPal. One that nothing was captured of brings no money unless we collect it.
      const isOpen = payment.status === 'requires_payment_method' || payment.status === 'requires_action';
      return isOpen ? { ...payment, status: 'canceled', awaitsCollection: false, clientSecret: null } : payment;
    },
    ofCapture: async (captureId) => {
      const path = `/v2/payments/captures/${encodeURIComponent(captureId)}`;
      return orderIdOf(await client.ask({ method: 'GET', path, answer: captureShape }));
    },
  };
}

/** Refusals of a capture after which the order itself tells how it stands. */
const settledElsewhere: ReadonlySet<string> = new Set([
  // The browser, a webhook or a reload was faster: there is one capture per order.
  'ORDER_ALREADY_CAPTURED',
  // Its payer took the approval back between our two questions.
  'ORDER_NOT_APPROVED',
]);

function orderPath(orderId: string): string {
  return `/v2/checkout/orders/${encodeURIComponent(orderId)}`;
}

/**
 * One id per state of the order: who collects the same approval at the same time collects once, and who collects after a
 * decline and a new approval is not answered with the decline.
 */
function captureRequestId(paymentId: string, order: PayPalOrder): string {
  return `${paymentId}-capture-${(order.update_time ?? '').replaceAll(/\D/g, '')}`;
}

function purchaseUnit(request: PaymentRequest): object {
  return {
    custom_id: request.paymentId,
    // Unique per payment, so that PayPal refuses a second capture for it (DUPLICATE_INVOICE_ID), and readable in its pages.
    invoice_id: `${request.description.slice(0, 100)} ${request.paymentId.slice(-12)}`.trim(),
    description: request.description.slice(0, 127),
    amount: toPayPalAmount(request.amount),
  };
}

/** The payer approves in PayPal's window. */
function payerSource(request: PaymentRequest): object {
  const { customerReference, keepsMethod, returnUrl } = request;
  return {
    experience_context: {
      shipping_preference: 'NO_SHIPPING',
      user_action: 'PAY_NOW',
      return_url: returnUrl,
      cancel_url: returnUrl,
    },
    ...(keepsMethod
      ? {
          attributes: {
            customer: { id: customerReference },
            vault: { store_in_vault: 'ON_SUCCESS', usage_type: 'MERCHANT' },
          },
        }
      : {}),
  };
}

/** @throws GatewayRefused for an amount PayPal will never collect or give back */
export function assertTaken({ amount }: { readonly amount: Money }): void {
  try {
    toPayPalAmount(amount);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new GatewayRefused('paypal', 'amount_not_taken', thrown.message, thrown);
  }
}

/** A charge that was declined before there was an order to name. */
function failedBeforeStart(
  request: PaymentRequest,
  lastError: NonNullable<GatewayPayment['lastError']>,
): GatewayPayment {
  return {
    reference: null,
    status: 'failed',
    awaitsCollection: false,
    amount: request.amount,
    received: money(0n, request.amount.currency),
    methodDetails: null,
    lastError,
    clientSecret: null,
    paymentId: request.paymentId,
  };
}
