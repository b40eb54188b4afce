import type Stripe from 'stripe';
import { inMajorUnits } from './amounts.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { bookRefund } from './charge-card.ts';
import { invalidParameter, missingResource, refused } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { magicCard, type MagicCard } from './magic-cards.ts';

export const refundRoutes: Route[] = [
  { method: 'POST', path: '/v1/refunds', handle: createRefund },
  { method: 'GET', path: '/v1/refunds', handle: listRefunds },
  { method: 'GET', path: '/v1/refunds/:id', handle: retrieveRefund },
  { method: 'POST', path: '/v1/refunds/:id', handle: updateRefund },
  { method: 'POST', path: '/v1/refunds/:id/cancel', handle: cancelRefund },
];

const reasons = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

function createRefund(call: Call): Answer {
  const chargeId = call.params.word('charge');
  const intentId = call.params.word('payment_intent');
  const asked = call.params.integer('amount');
  const reason = call.params.choice('reason', reasons) ?? null;
  const metadata = call.params.metadata();
  call.params.ignore('instructions_email', 'refund_application_fee', 'reverse_transfer');
  call.params.end();
  const charge = chargeToRefund(call, chargeId, intentId);
  const left = charge.amount - charge.amount_refunded;
  if (charge.refunded || left === 0) {
    throw refused('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  }
  const amount = asked ?? left;
  if (amount < 1) throw invalidParameter('amount', 'Invalid positive integer', 'parameter_invalid_integer');
  if (amount > left) {
    const message = `Refund amount (${inMajorUnits(amount, charge.currency)}) is greater than unrefunded amount on charge`;
    throw refused(undefined, `${message} (${inMajorUnits(left, charge.currency)})`, { param: 'amount' });
  }
  return ok(refundCharge(call, charge, { amount, reason, metadata }));
}

function chargeToRefund(call: Call, chargeId: string | undefined, intentId: string | undefined): Stripe.Charge {
  if (chargeId === undefined && intentId === undefined) {
    throw invalidParameter('charge', 'Pass one of charge or payment_intent.', 'parameter_missing');
  }
  const intent = intentId === undefined ? undefined : call.writer.get('payment_intent', intentId);
  if (intentId !== undefined && !intent) throw missingResource('payment_intent', intentId, 'payment_intent');
  const id = chargeId ?? (typeof intent?.latest_charge === 'string' ? intent.latest_charge : undefined);
  if (id === undefined) {
    throw refused(
      'charge_not_refundable',
      `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
    );
  }
  const charge = call.writer.get('charge', id);
  if (!charge) throw missingResource('charge', id, 'charge');
  const isTaken = call.writer
    .all('dispute')
    .some((dispute) => dispute.charge === charge.id && !dispute.is_charge_refundable);
  if (isTaken) {
    throw refused('charge_disputed', `Charge ${charge.id} has been charged back; cannot issue a refund.`);
  }
  if (!charge.paid) {
    throw refused('charge_not_refundable', `Charge ${charge.id} failed and therefore cannot be refunded.`);
  }
  return charge;
}

/** Gives back a part of a charge, in minor units that the caller has checked. An uncaptured charge is released. */
export function refundCharge(
  call: Call,
  charge: Stripe.Charge,
  order: { amount: number; reason: Stripe.Refund.Reason | null; metadata: Stripe.Metadata },
): Stripe.Refund {
  const id = newId('re');
  const refund: Stripe.Refund = {
    id,
    object: 'refund',
    amount: order.amount,
    balance_transaction: charge.captured ? bookRefund(call, id, order.amount, charge.currency) : null,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: 'card', card: { type: 'refund', reference_status: 'pending' } },
    metadata: order.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: order.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviourOf(call, charge) === 'waits' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  const amountRefunded = charge.amount_refunded + order.amount;
  const after: Stripe.Charge = {
    ...charge,
    amount_refunded: amountRefunded,
    refunded: amountRefunded === charge.amount,
  };
  call.writer.put('refund', id, refund);
  call.writer.put('charge', charge.id, after);
  emit(call, 'refund.created', refund);
  emit(call, 'charge.refunded', after, charge);
  return refund;
}

/** How long a refund takes to show what became of it, in seconds of sandbox time. */
const settlesAfterSeconds = 60;

/**
 * Settles the refunds whose card makes them wait or fail, once their time has come. Nothing runs by itself in here: it
 * happens with the next request.
 */
export function settleDueRefunds(call: Call): void {
  for (const refund of call.writer.all('refund')) {
    if (call.now < refund.created + settlesAfterSeconds) continue;
    if (refund.status === 'pending') settleRefund(call, refund, 'succeeded');
    if (refund.status !== 'succeeded') continue;
    const charge = typeof refund.charge === 'string' ? call.writer.get('charge', refund.charge) : undefined;
    if (charge !== undefined && behaviourOf(call, charge) === 'fails_later') settleRefund(call, refund, 'failed');
  }
}

/** Ends a refund. One that fails comes back to the seller, and the charge can be refunded again. */
export function settleRefund(call: Call, refund: Stripe.Refund, outcome: 'succeeded' | 'failed'): Stripe.Refund {
  const after: Stripe.Refund = {
    ...refund,
    status: outcome,
    ...(outcome === 'failed'
      ? {
          failure_reason: 'expired_or_canceled_card',
          failure_balance_transaction: bookRefund(call, refund.id, -refund.amount, refund.currency),
        }
      : {}),
  };
  call.writer.put('refund', refund.id, after);
  const charge = typeof refund.charge === 'string' ? call.writer.get('charge', refund.charge) : undefined;
  if (outcome === 'failed' && charge !== undefined) {
    const amountRefunded = charge.amount_refunded - refund.amount;
    call.writer.put('charge', charge.id, { ...charge, amount_refunded: amountRefunded, refunded: false });
  }
  emit(call, 'refund.updated', after, refund);
  emit(call, 'charge.refund.updated', after, refund);
  if (outcome === 'failed') emit(call, 'refund.failed', after);
  return after;
}

function behaviourOf(call: Call, charge: Stripe.Charge): MagicCard['refund'] {
  const number = charge.payment_method === null ? undefined : call.writer.get('card', charge.payment_method)?.number;
  return number === undefined ? 'succeeds' : magicCard(number).refund;
}

function existingRefund(call: Call): Stripe.Refund {
  const id = call.path['id'] ?? '';
  const refund = call.writer.get('refund', id);
  if (!refund) throw missingResource('refund', id);
  return refund;
}

function retrieveRefund(call: Call): Answer {
  call.params.end();
  return ok(existingRefund(call));
}

function updateRefund(call: Call): Answer {
  const before = existingRefund(call);
  const refund: Stripe.Refund = { ...before, metadata: call.params.metadata(before.metadata ?? {}) };
  call.params.end();
  call.writer.put('refund', refund.id, refund);
  emit(call, 'refund.updated', refund, before);
  emit(call, 'charge.refund.updated', refund, before);
  return ok(refund);
}

function cancelRefund(call: Call): Answer {
  const refund = existingRefund(call);
  call.params.end();
  throw refused(undefined, `Refund ${refund.id} has the status ${refund.status} and cannot be canceled.`);
}

function listRefunds(call: Call): Answer {
  const charge = call.params.word('charge');
  const intent = call.params.word('payment_intent');
  return ok(
    listPage(
      call,
      '/v1/refunds',
      call.writer.all('refund'),
      (refund) =>
        (charge === undefined || refund.charge === charge) &&
        (intent === undefined || refund.payment_intent === intent),
    ),
  );
}
