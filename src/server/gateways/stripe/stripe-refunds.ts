import type Stripe from 'stripe';
import type { GatewayDispute, GatewayRefund } from '#server/modules/payments/gateway.ts';
import { fromStripeAmount } from './stripe-amounts.ts';

/** Under which name our refund id travels in Stripe's metadata. */
export const refundIdKey = 'purser_refund_id';

/** A refund in our words (docs.stripe.com/api/refunds/object). */
export function toGatewayRefund(refund: Stripe.Refund): GatewayRefund {
  return {
    reference: refund.id,
    paymentReference: idOf(refund.payment_intent) ?? '',
    refundId: refund.metadata?.[refundIdKey] ?? null,
    status: refundStatusOf(refund.status),
    amount: fromStripeAmount(refund.amount, refund.currency),
    failureReason: refund.failure_reason ?? null,
    createdAt: new Date(refund.created * 1_000),
  };
}

/** A dispute in our words (docs.stripe.com/api/disputes/object). */
export function toGatewayDispute(dispute: Stripe.Dispute): GatewayDispute {
  const dueBy = dispute.evidence_details.due_by;
  return {
    reference: dispute.id,
    paymentReference: idOf(dispute.payment_intent) ?? '',
    status: disputeStatusOf(dispute.status),
    takesMoney: !dispute.status.startsWith('warning_'),
    amount: fromStripeAmount(dispute.amount, dispute.currency),
    reason: dispute.reason,
    evidenceDueAt: dueBy === null ? null : new Date(dueBy * 1_000),
    openedAt: new Date(dispute.created * 1_000),
  };
}

function refundStatusOf(status: string | null): GatewayRefund['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

/** An inquiry (`warning_…`) takes no money; closed without one it is won. */
function disputeStatusOf(status: string): GatewayDispute['status'] {
  switch (status) {
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'won';
    case 'lost':
      return 'lost';
    case 'under_review':
    case 'warning_under_review':
      return 'under_review';
    default:
      return 'needs_response';
  }
}

function idOf(value: string | { readonly id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
