import type Stripe from 'stripe';
import type { Call } from './call.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import type { Decline } from './magic-cards.ts';

/** What is charged, and how it was authenticated. Amounts are minor units. */
export type ChargeOrder = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  decline: Decline | null;
  authenticated: boolean;
  capture: boolean;
};

const approved: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
  type: 'authorized',
};

/** Makes the charge of a payment, successful or failed, with its event. */
export function chargeCard(call: Call, order: ChargeOrder): Stripe.Charge {
  const { intent, method, decline } = order;
  const id = newId('ch');
  const paid = decline === null;
  const captured = paid && order.capture;
  const charge: Stripe.Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: captured ? bookCharge(call, id, intent.amount, intent.currency) : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured,
    created: call.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: decline ? outcomeOf(decline) : approved,
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(order) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
  call.writer.put('charge', id, charge);
  emit(call, paid ? 'charge.succeeded' : 'charge.failed', charge);
  return charge;
}

function outcomeOf(decline: Decline): Stripe.Charge.Outcome {
  return {
    advice_code: decline.advice,
    network_advice_code: null,
    network_decline_code: decline.networkCode,
    network_status: 'declined_by_network',
    reason: decline.declineCode,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: 'The bank declined the payment.',
    type: 'issuer_declined',
  };
}

function cardDetails(order: ChargeOrder): Stripe.Charge.PaymentMethodDetails.Card {
  const card = order.method.card;
  return {
    amount_authorized: order.decline ? null : order.intent.amount,
    authorization_code: order.decline ? null : String(100_000 + (order.intent.created % 900_000)),
    brand: card?.brand ?? null,
    checks: {
      address_line1_check: null,
      address_postal_code_check: order.method.billing_details.address?.postal_code ? 'pass' : null,
      cvc_check: card?.checks?.cvc_check ? (order.decline?.code === 'incorrect_cvc' ? 'fail' : 'pass') : null,
    },
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2030,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: order.decline ? null : `${order.intent.created}${order.intent.amount}`,
    regulated_status: 'unregulated',
    three_d_secure: order.authenticated
      ? {
          authentication_flow: 'challenge',
          electronic_commerce_indicator: '05',
          exemption_indicator: null,
          result: 'authenticated',
          result_reason: null,
          transaction_id: newId('3ds'),
          version: '2.2.0',
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}

/** Captures an authorised charge, wholly or in part; the rest is given back. */
export function captureCharge(call: Call, charge: Stripe.Charge, amount: number): Stripe.Charge {
  const captured: Stripe.Charge = {
    ...charge,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    balance_transaction: bookCharge(call, charge.id, amount, charge.currency),
    captured: true,
  };
  call.writer.put('charge', charge.id, captured);
  emit(call, 'charge.captured', captured, charge);
  return captured;
}

/** Books the money of a charge: 2.9 % and 30 minor units are kept as the fee, rounded half up. Returns the booking's id. */
function bookCharge(call: Call, source: string, amount: number, currency: string): string {
  const fee = Math.min(amount, Math.floor((amount * 29 + 500) / 1_000) + 30);
  const details = [
    { amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' },
  ];
  return book(call, { source, amount, fee, currency, type: 'charge', details });
}

/** Books the money of a refund; the fee is not given back. Returns the booking's id. */
export function bookRefund(call: Call, source: string, amount: number, currency: string): string {
  return book(call, { source, amount: -amount, fee: 0, currency, type: 'refund', details: [] });
}

/** Books the money a bank takes with its fee, or gives back without it. Returns the booking. */
export function bookDispute(
  call: Call,
  source: string,
  amount: number,
  currency: string,
  direction: 'withdrawn' | 'reinstated',
): Stripe.BalanceTransaction {
  const isTaken = direction === 'withdrawn';
  const description = `Chargeback ${direction} for ${source}`;
  const fee = isTaken ? disputeFee : 0;
  const details = isTaken
    ? [{ amount: fee, application: null, currency, description: 'Dispute fee', type: 'stripe_fee' }]
    : [];
  const id = book(call, { source, amount: isTaken ? -amount : amount, fee, currency, type: 'adjustment', details });
  const booked = call.writer.get('balance_transaction', id);
  if (booked === undefined) throw new Error('A booking was lost.');
  const transaction = { ...booked, description, reporting_category: isTaken ? 'dispute' : 'dispute_reversal' };
  call.writer.put('balance_transaction', id, transaction);
  return transaction;
}

/** What a lost or open dispute costs, in minor units. */
const disputeFee = 15_00;

function book(
  call: Call,
  booking: {
    source: string;
    amount: number;
    fee: number;
    currency: string;
    type: 'charge' | 'refund' | 'adjustment';
    details: Stripe.BalanceTransaction.FeeDetail[];
  },
): string {
  const transaction: Stripe.BalanceTransaction = {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: booking.amount,
    available_on: call.now + 2 * 86_400,
    balance_type: 'payments',
    created: call.now,
    currency: booking.currency,
    description: null,
    exchange_rate: null,
    fee: booking.fee,
    fee_details: booking.details,
    net: booking.amount - booking.fee,
    reporting_category: booking.type,
    source: booking.source,
    status: 'pending',
    type: booking.type,
  };
  call.writer.put('balance_transaction', transaction.id, transaction);
  return transaction.id;
}
