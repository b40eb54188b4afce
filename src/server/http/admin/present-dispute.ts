import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { Dispute } from '#server/modules/payments/index.ts';

type DisputeView = HandlerOutput<Contract['listDisputes']>['data'][number];

/** A dispute as staff see it. */
export function presentDispute(dispute: Dispute, accountName: string): DisputeView {
  return {
    id: dispute.id,
    payment_id: dispute.paymentId,
    account: { id: dispute.accountId, name: accountName },
    gateway: dispute.gateway,
    gateway_reference: dispute.gatewayReference,
    status: dispute.status,
    takes_money: dispute.takesMoney,
    amount: dispute.amountMinor,
    currency: dispute.currency,
    reason: dispute.reason,
    credits_frozen: dispute.creditsFrozen,
    evidence_due_at: dispute.evidenceDueAt,
    opened_at: dispute.openedAt,
    closed_at: dispute.closedAt,
  };
}
