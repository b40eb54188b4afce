import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { bookDispute } from './charge-card.ts';
import { missingResource, refused } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import type { Params } from './params.ts';

export const disputeRoutes: Route[] = [
  { method: 'GET', path: '/v1/disputes', handle: listDisputes },
  { method: 'GET', path: '/v1/disputes/:id', handle: retrieveDispute },
  { method: 'POST', path: '/v1/disputes/:id', handle: updateDispute },
  { method: 'POST', path: '/v1/disputes/:id/close', handle: closeByRequest },
];

/** How long the seller has to answer, in seconds. */
const answerWithinSeconds = 9 * 86_400;

/** What decides a dispute in test mode, as the text of its evidence (docs.stripe.com/testing#disputes). */
const decisiveTexts = { winning_evidence: 'won', losing_evidence: 'lost' } as const;

/** The members of the evidence that are texts or names of files. */
const evidenceMembers = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const satisfies readonly (keyof Stripe.Dispute.Evidence)[];

/** The bank of a payer asks about a charge, or takes its money back. */
export function openDispute(call: Call, charge: Stripe.Charge, kind: 'inquiry' | 'chargeback'): Stripe.Dispute {
  const isInquiry = kind === 'inquiry';
  const id = newId('dp');
  const amount = charge.amount - charge.amount_refunded;
  const { currency } = charge;
  const dispute: Stripe.Dispute = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: isInquiry ? [] : [bookDispute(call, id, amount, currency, 'withdrawn')],
    charge: charge.id,
    created: call.now,
    currency,
    enhanced_eligibility_types: [],
    evidence: evidenceAfter(undefined, undefined),
    evidence_details: {
      due_by: call.now + answerWithinSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: {
        brand: charge.payment_method_details?.card?.brand ?? 'visa',
        case_type: isInquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '10.4',
      },
    },
    reason: 'fraudulent',
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
  const disputed = { ...charge, disputed: true };
  call.writer.put('dispute', id, dispute);
  call.writer.put('charge', charge.id, disputed);
  emit(call, 'charge.updated', disputed, charge);
  emit(call, 'charge.dispute.created', dispute);
  if (!isInquiry) emit(call, 'charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** Decides a dispute. A bank that asked only closes its inquiry; one that is lost keeps the money. */
export function decideDispute(call: Call, dispute: Stripe.Dispute, outcome: 'won' | 'lost'): Stripe.Dispute {
  const isInquiry = dispute.status.startsWith('warning_');
  const comesBack = outcome === 'won' && !isInquiry;
  const closed: Stripe.Dispute = {
    ...dispute,
    balance_transactions: comesBack
      ? [...dispute.balance_transactions, bookDispute(call, dispute.id, dispute.amount, dispute.currency, 'reinstated')]
      : dispute.balance_transactions,
    is_charge_refundable: outcome === 'won',
    status: isInquiry && outcome === 'won' ? 'warning_closed' : outcome,
  };
  call.writer.put('dispute', dispute.id, closed);
  if (comesBack) emit(call, 'charge.dispute.funds_reinstated', closed);
  emit(call, 'charge.dispute.closed', closed, dispute);
  return closed;
}

/** An inquiry that was not answered well becomes a chargeback, under the same name. */
function escalate(call: Call, dispute: Stripe.Dispute): Stripe.Dispute {
  const after: Stripe.Dispute = {
    ...dispute,
    balance_transactions: [bookDispute(call, dispute.id, dispute.amount, dispute.currency, 'withdrawn')],
    is_charge_refundable: false,
    status: 'needs_response',
  };
  call.writer.put('dispute', dispute.id, after);
  emit(call, 'charge.dispute.updated', after, dispute);
  emit(call, 'charge.dispute.funds_withdrawn', after);
  return after;
}

function existingDispute(call: Call): Stripe.Dispute {
  const id = call.path['id'] ?? '';
  const dispute = call.writer.get('dispute', id);
  if (!dispute) throw missingResource('dispute', id);
  return dispute;
}

function retrieveDispute(call: Call): Answer {
  call.params.end();
  return ok(existingDispute(call));
}

function updateDispute(call: Call): Answer {
  const before = existingDispute(call);
  const evidence = call.params.child('evidence');
  const submits = call.params.flag('submit') ?? true;
  const metadata = call.params.metadata(before.metadata);
  call.params.ignore('intended_submission_method');
  const after = evidenceAfter(before.evidence, evidence ?? undefined);
  call.params.end();
  const isOpen = before.status.endsWith('needs_response');
  if (evidence && !isOpen) throw refused(undefined, `This dispute is already ${before.status}.`);
  const isGiven = evidence !== undefined && evidence !== null && submits;
  const isInquiry = before.status.startsWith('warning_');
  const updated: Stripe.Dispute = {
    ...before,
    evidence: after,
    metadata,
    ...(isGiven
      ? {
          status: isInquiry ? 'warning_under_review' : 'under_review',
          evidence_details: {
            ...before.evidence_details,
            has_evidence: true,
            submission_count: before.evidence_details.submission_count + 1,
            submission_method: 'manual',
          },
        }
      : {}),
  };
  call.writer.put('dispute', updated.id, updated);
  emit(call, 'charge.dispute.updated', updated, before);
  return ok(isGiven ? decided(call, updated) : updated);
}

/** Test mode decides at once by the words of the evidence; any other evidence stays under review. */
function decided(call: Call, dispute: Stripe.Dispute): Stripe.Dispute {
  const text = dispute.evidence.uncategorized_text;
  if (text === 'winning_evidence' || text === 'losing_evidence')
    return decideDispute(call, dispute, decisiveTexts[text]);
  if (text === 'escalate_inquiry_evidence' && dispute.status.startsWith('warning_')) return escalate(call, dispute);
  return dispute;
}

function closeByRequest(call: Call): Answer {
  const dispute = existingDispute(call);
  call.params.end();
  if (!dispute.status.endsWith('needs_response')) {
    throw refused(undefined, `This dispute is already ${dispute.status}.`);
  }
  return ok(decideDispute(call, dispute, 'lost'));
}

function listDisputes(call: Call): Answer {
  const charge = call.params.word('charge');
  const intent = call.params.word('payment_intent');
  return ok(
    listPage(
      call,
      '/v1/disputes',
      call.writer.all('dispute'),
      (dispute) =>
        (charge === undefined || dispute.charge === charge) &&
        (intent === undefined || dispute.payment_intent === intent),
    ),
  );
}

function evidenceAfter(before: Stripe.Dispute.Evidence | undefined, sent: Params | undefined): Stripe.Dispute.Evidence {
  sent?.ignore('enhanced_evidence', 'appeal');
  const members = evidenceMembers.map((name) => {
    const known = before === undefined ? null : before[name];
    const text = sent?.text(name);
    return [name, text === undefined ? known : text] as const;
  });
  return { enhanced_evidence: {}, ...Object.fromEntries(members) } as Stripe.Dispute.Evidence;
}
