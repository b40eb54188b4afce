import {
  GatewayPaymentMissing,
  GatewayRefused,
  type GatewayRefund,
  type RefundRequest,
} from '#server/modules/payments/gateway.ts';
import type { Money } from '#shared/money/index.ts';
import { fromPayPalAmount, toPayPalAmount } from './paypal-amounts.ts';
import type { PayPalClient } from './paypal-client.ts';
import { assertTaken, type PayPalOrders } from './paypal-orders.ts';
import { settledCaptureOf } from './paypal-payments.ts';
import { type PayPalOrder, type PayPalRefund, refundShape } from './paypal-shapes.ts';

/** Refunds of captures (developer.paypal.com/docs/api/payments/v2). */
export type PayPalRefunds = {
  refund(request: RefundRequest): Promise<GatewayRefund>;
  list(orderId: string): Promise<GatewayRefund[]>;
};

export function createPayPalRefunds(client: PayPalClient, orders: PayPalOrders): PayPalRefunds {
  async function list(orderId: string): Promise<GatewayRefund[]> {
    return refundsOf(await orders.get(orderId));
  }

  return {
    list,
    refund: async (request) => {
      const { refundId, paymentReference } = request;
      assertTaken(request);
      const capture = settledCaptureOf(await orders.get(paymentReference));
      if (capture === null) {
        throw new GatewayRefused('paypal', 'nothing_captured', `Order ${paymentReference} has brought nothing.`, null);
      }
      try {
        const made = await client.ask({
          method: 'POST',
          path: `/v2/payments/captures/${encodeURIComponent(capture.id)}/refund`,
          body: { amount: toPayPalAmount(request.amount), custom_id: refundId },
          requestId: refundId,
          answer: refundShape,
        });
        return toGatewayRefund(made, paymentReference, { refundId, amount: request.amount });
      } catch (thrown) {
        if (!(thrown instanceof GatewayRefused) || thrown instanceof GatewayPaymentMissing) throw thrown;
        // Refused since it was given back already: our own refund, whose answer was lost longer ago than PayPal
        // remembers request ids, is the answer.
        const known = (await list(paymentReference)).find((refund) => refund.refundId === refundId);
        if (known === undefined) throw thrown;
        return known;
      }
    },
  };
}

/** Every refund of an order, also those somebody made in PayPal's own pages, and what PayPal took back itself. */
function refundsOf(order: PayPalOrder): GatewayRefund[] {
  return (order.purchase_units ?? [])
    .flatMap((unit) => unit.payments?.refunds ?? [])
    .slice(0, refundsMax)
    .map((refund) => toGatewayRefund(refund, order.id, null));
}

/** How many refunds of one payment are looked at. */
const refundsMax = 100;

/** @param asked what we asked for, where PayPal's answer leaves it away */
function toGatewayRefund(
  refund: PayPalRefund,
  orderId: string,
  asked: { readonly refundId: string; readonly amount: Money } | null,
): GatewayRefund {
  const amount = refund.amount === undefined ? asked?.amount : fromPayPalAmount(refund.amount);
  if (amount === undefined) throw new Error(`PayPal told refund ${refund.id} without its amount.`);
  return {
    reference: refund.id,
    paymentReference: orderId,
    refundId: asked?.refundId ?? refundIdOf(refund),
    status: statusOf(refund.status),
    amount,
    failureReason: statusOf(refund.status) === 'failed' ? reasonOf(refund) : null,
    createdAt: new Date(refund.create_time ?? 0),
  };
}

/** What somebody wrote into custom_id in PayPal's own pages is no id of ours. */
function refundIdOf(refund: PayPalRefund): string | null {
  const customId = refund.custom_id ?? '';
  return uuid.test(customId) ? customId : null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function statusOf(status: string): GatewayRefund['status'] {
  switch (status) {
    case 'COMPLETED':
      return 'succeeded';
    case 'FAILED':
    case 'CANCELLED':
      return 'failed';
    default:
      // PENDING (an eCheck is under way), or a status newer than this code.
      return 'pending';
  }
}

function reasonOf(refund: PayPalRefund): string {
  return (refund.status_details?.reason ?? refund.status).toLowerCase();
}
