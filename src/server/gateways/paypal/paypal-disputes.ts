import { z } from 'zod';
import { type GatewayDispute, GatewayPaymentMissing } from '#server/modules/payments/gateway.ts';
import { fromPayPalAmount } from './paypal-amounts.ts';
import type { PayPalClient } from './paypal-client.ts';
import type { PayPalOrders } from './paypal-orders.ts';
import { amountShape } from './paypal-shapes.ts';

const disputeShape = z.object({
  dispute_id: z.string(),
  create_time: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  dispute_amount: amountShape,
  disputed_transactions: z.array(z.object({ seller_transaction_id: z.string().optional() })).optional(),
  dispute_outcome: z.object({ outcome_code: z.string().optional() }).optional(),
  seller_response_due_date: z.string().optional(),
});

/**
 * A dispute of a capture of ours (developer.paypal.com/docs/api/customer-disputes/v1); null for one PayPal does not know,
 * and for one about money that came another way.
 */
export async function retrievePayPalDispute(
  client: PayPalClient,
  orders: PayPalOrders,
  reference: string,
): Promise<GatewayDispute | null> {
  try {
    const path = `/v1/customer/disputes/${encodeURIComponent(reference)}`;
    const dispute = await client.ask({ method: 'GET', path, answer: disputeShape });
    const captureId = dispute.disputed_transactions?.[0]?.seller_transaction_id;
    const orderId = captureId === undefined ? null : await orders.ofCapture(captureId);
    if (orderId === null) return null;
    return {
      reference: dispute.dispute_id,
      paymentReference: orderId,
      status: disputeStatusOf(dispute.status, dispute.dispute_outcome?.outcome_code),
      // PayPal holds the money back from the first complaint on.
      takesMoney: true,
      amount: fromPayPalAmount(dispute.dispute_amount),
      reason: (dispute.reason ?? 'other').toLowerCase(),
      evidenceDueAt: dispute.seller_response_due_date === undefined ? null : new Date(dispute.seller_response_due_date),
      openedAt: new Date(dispute.create_time),
    };
  } catch (thrown) {
    if (thrown instanceof GatewayPaymentMissing) return null;
    throw thrown;
  }
}

/**
 * A resolved dispute is lost when the buyer was given the seller's money, and won otherwise: also when PayPal paid the
 * buyer itself (RESOLVED_WITH_PAYOUT), or the buyer gave up.
 */
export function disputeStatusOf(status: string, outcome: string | undefined): GatewayDispute['status'] {
  switch (status) {
    case 'RESOLVED':
      return outcome === 'RESOLVED_BUYER_FAVOUR' || outcome === 'ACCEPTED' ? 'lost' : 'won';
    case 'UNDER_REVIEW':
    case 'WAITING_FOR_BUYER_RESPONSE':
      return 'under_review';
    default:
      return 'needs_response';
  }
}
