import { nameOf } from './buyers.ts';
import { type Answer, type Call, type Change, ok, type Route } from './call.ts';
import { sandboxMerchant } from './credentials.ts';
import { missingResource } from './errors.ts';
import type { Dispute, Link } from './objects.ts';
import { timeOf } from './times.ts';

export const disputeRoutes: Route[] = [
  { method: 'GET', path: '/v1/customer/disputes', handle: listDisputes },
  { method: 'GET', path: '/v1/customer/disputes/:id', handle: retrieveDispute },
];

function retrieveDispute(call: Call): Answer {
  const id = call.path['id'] ?? '';
  const dispute = call.writer.get('dispute', id);
  if (!dispute) throw missingResource('dispute_id', id);
  return ok(disputeBody(call, dispute));
}

function listDisputes(call: Call): Answer {
  const capture = call.query.get('disputed_transaction_id');
  const disputes = call.writer.all('dispute').filter((dispute) => capture === null || dispute.captureId === capture);
  const links: Link[] = [{ href: `${call.base}/v1/customer/disputes`, rel: 'self', method: 'GET' }];
  return ok({ items: disputes.toReversed().map((dispute) => disputeBody(call, dispute)), links });
}

/** A dispute as it is read and as events carry it. */
export function disputeBody({ writer, base }: Pick<Change, 'writer' | 'base'>, dispute: Dispute): object {
  const capture = writer.get('capture', dispute.captureId);
  const buyer = nameOf(capture?.buyer ?? '');
  return {
    dispute_id: dispute.id,
    create_time: timeOf(dispute.createdAt),
    update_time: timeOf(dispute.updatedAt),
    disputed_transactions: [
      {
        seller_transaction_id: dispute.captureId,
        ...(capture === undefined
          ? {}
          : {
              create_time: timeOf(capture.createdAt),
              transaction_status: capture.status,
              gross_amount: capture.amount,
              ...(capture.unit.invoice_id === undefined ? {} : { invoice_number: capture.unit.invoice_id }),
              ...(capture.unit.custom_id === undefined ? {} : { custom: capture.unit.custom_id }),
            }),
        buyer: { name: `${buyer.given_name} ${buyer.surname}` },
        seller: { email: sandboxMerchant.email_address, merchant_id: sandboxMerchant.merchant_id, name: 'Seller' },
      },
    ],
    reason: dispute.reason,
    status: dispute.status,
    dispute_amount: dispute.amount,
    ...(dispute.outcome === null
      ? {}
      : { dispute_outcome: { outcome_code: dispute.outcome, amount_refunded: dispute.refunded } }),
    dispute_life_cycle_stage: dispute.stage,
    dispute_channel: 'INTERNAL',
    ...(dispute.status === 'RESOLVED' ? {} : { seller_response_due_date: timeOf(dispute.dueAt) }),
    links: [{ href: `${base}/v1/customer/disputes/${dispute.id}`, rel: 'self', method: 'GET' }],
  };
}
