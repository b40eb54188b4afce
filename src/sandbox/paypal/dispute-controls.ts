import { BadControl } from '../controls/faults.ts';
import type { Change } from './call.ts';
import { refundCapture } from './captures.ts';
import { disputeBody } from './disputes.ts';
import { emit } from './events.ts';
import { newDisputeId } from './ids.ts';
import { amountOf, minorOf, readPositiveAmount } from './money.ts';
import type { Amount, Capture, Dispute } from './objects.ts';
import { PayPalError } from './errors.ts';
import { leftOf } from './settle.ts';

/** How long a seller has to answer. */
const answerMs = 10 * 86_400_000;

const reasons = [
  'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
  'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED',
  'UNAUTHORISED',
  'CREDIT_NOT_PROCESSED',
  'DUPLICATE_TRANSACTION',
  'INCORRECT_AMOUNT',
  'CANCELED_RECURRING_BILLING',
  'OTHER',
] as const;

const openStatuses = ['OPEN', 'WAITING_FOR_SELLER_RESPONSE', 'WAITING_FOR_BUYER_RESPONSE', 'UNDER_REVIEW'] as const;

/** How a dispute ends, and whether the buyer is given the seller's money. */
const outcomes: Readonly<Record<string, boolean>> = {
  RESOLVED_BUYER_FAVOUR: true,
  ACCEPTED: true,
  RESOLVED_SELLER_FAVOUR: false,
  RESOLVED_WITH_PAYOUT: false,
  CANCELED_BY_BUYER: false,
  DENIED: false,
};

/** Opens a dispute of a capture, as a buyer would. @throws BadControl */
export function openDispute(change: Change, captureId: string, body: Record<string, unknown>): object {
  const capture = change.writer.get('capture', captureId);
  if (!capture) throw new BadControl(`There is no capture ${captureId}`);
  if (['DECLINED', 'FAILED', 'PENDING'].includes(capture.status)) throw new BadControl('This capture brought no money');
  const dispute: Dispute = {
    id: newDisputeId(),
    captureId,
    status: 'WAITING_FOR_SELLER_RESPONSE',
    reason: oneOf(reasons, body['reason'] ?? 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', 'reason'),
    stage: 'INQUIRY',
    amount: amountFrom(body['amount'], capture),
    outcome: null,
    refunded: null,
    dueAt: change.now + answerMs,
    createdAt: change.now,
    updatedAt: change.now,
  };
  change.writer.put('dispute', dispute.id, dispute);
  emit(change, 'CUSTOMER.DISPUTE.CREATED', disputeBody(change, dispute));
  return disputeBody(change, dispute);
}

/** Moves an open dispute: to another status, or from an inquiry to a chargeback. @throws BadControl */
export function moveDispute(change: Change, id: string, body: Record<string, unknown>): object {
  const dispute = openOne(change, id);
  const moved: Dispute = {
    ...dispute,
    status: oneOf(openStatuses, body['status'] ?? dispute.status, 'status'),
    stage: oneOf(['INQUIRY', 'CHARGEBACK'] as const, body['stage'] ?? dispute.stage, 'stage'),
    updatedAt: change.now,
  };
  change.writer.put('dispute', id, moved);
  emit(change, 'CUSTOMER.DISPUTE.UPDATED', disputeBody(change, moved));
  return disputeBody(change, moved);
}

/** Decides a dispute; a buyer who wins is given the disputed amount, which is told as a reversal. @throws BadControl */
export function closeDispute(change: Change, id: string, body: Record<string, unknown>): object {
  const dispute = openOne(change, id);
  const outcome = oneOf(Object.keys(outcomes), body['outcome'] ?? 'RESOLVED_SELLER_FAVOUR', 'outcome');
  const capture = change.writer.get('capture', dispute.captureId);
  const taken = outcomes[outcome] === true && capture ? lesserOf(dispute.amount, leftOf(change.writer, capture)) : null;
  const closed: Dispute = {
    ...dispute,
    status: 'RESOLVED',
    outcome,
    refunded: taken ?? amountOf(0n, dispute.amount.currency_code),
    updatedAt: change.now,
  };
  change.writer.put('dispute', id, closed);
  if (capture && taken && minorOf(taken) > 0n) reverseCapture(change, capture, taken);
  emit(change, 'CUSTOMER.DISPUTE.RESOLVED', disputeBody(change, closed));
  return disputeBody(change, closed);
}

/** Takes money of a capture back from the seller, without the seller. */
function reverseCapture(change: Change, capture: Capture, amount: Amount): void {
  refundCapture(change, capture, { amount, invoiceId: null, customId: null, note: null, isReversal: true });
}

function openOne({ writer }: Change, id: string): Dispute {
  const dispute = writer.get('dispute', id);
  if (!dispute) throw new BadControl(`There is no dispute ${id}`);
  if (dispute.status === 'RESOLVED') throw new BadControl('This dispute is decided already');
  return dispute;
}

function amountFrom(value: unknown, capture: Capture): Amount {
  if (value === undefined) return capture.amount;
  try {
    const amount = readPositiveAmount(capture.amount.currency_code, typeof value === 'string' ? value : '', '/amount');
    return lesserOf(amount, capture.amount);
  } catch (error) {
    if (error instanceof PayPalError) throw new BadControl('amount must be a decimal such as "12.50"');
    throw error;
  }
}

function lesserOf(one: Amount, other: Amount): Amount {
  return minorOf(one) <= minorOf(other) ? one : other;
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown, name: string): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new BadControl(`${name} must be one of ${choices.join(', ')}`);
  return choice;
}
