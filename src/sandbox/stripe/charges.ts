import type Stripe from 'stripe';
import { shippingFrom } from './addresses.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { missingResource } from './errors.ts';
import { emit } from './events.ts';
import { listPage } from './lists.ts';
import { given } from './params.ts';

export const chargeRoutes: Route[] = [
  { method: 'GET', path: '/v1/charges', handle: listCharges },
  { method: 'GET', path: '/v1/charges/:id', handle: retrieveCharge },
  { method: 'POST', path: '/v1/charges/:id', handle: updateCharge },
  { method: 'GET', path: '/v1/charges/:id/refunds', handle: listRefundsOfCharge },
  { method: 'GET', path: '/v1/balance_transactions/:id', handle: retrieveBalanceTransaction },
];

function existingCharge(call: Call): Stripe.Charge {
  const id = call.path['id'] ?? '';
  const charge = call.writer.get('charge', id);
  if (!charge) throw missingResource('charge', id);
  return charge;
}

function retrieveCharge(call: Call): Answer {
  call.params.end();
  return ok(existingCharge(call));
}

function updateCharge(call: Call): Answer {
  const before = existingCharge(call);
  const charge: Stripe.Charge = {
    ...before,
    ...given({
      description: call.params.text('description'),
      receipt_email: call.params.text('receipt_email'),
      shipping: shippingFrom(call.params),
      transfer_group: call.params.text('transfer_group'),
    }),
    metadata: call.params.metadata(before.metadata),
  };
  call.params.ignore('fraud_details');
  call.params.end();
  call.writer.put('charge', charge.id, charge);
  emit(call, 'charge.updated', charge, before);
  return ok(charge);
}

function listCharges(call: Call): Answer {
  const customer = call.params.word('customer');
  const intent = call.params.word('payment_intent');
  const group = call.params.word('transfer_group');
  return ok(
    listPage(
      call,
      '/v1/charges',
      call.writer.all('charge'),
      (charge) =>
        (customer === undefined || charge.customer === customer) &&
        (intent === undefined || charge.payment_intent === intent) &&
        (group === undefined || charge.transfer_group === group),
    ),
  );
}

function listRefundsOfCharge(call: Call): Answer {
  const charge = existingCharge(call);
  const url = `/v1/charges/${charge.id}/refunds`;
  return ok(listPage(call, url, call.writer.all('refund'), (refund) => refund.charge === charge.id));
}

function retrieveBalanceTransaction(call: Call): Answer {
  const id = call.path['id'] ?? '';
  call.params.end();
  const transaction = call.writer.get('balance_transaction', id);
  if (!transaction) throw missingResource('balance transaction', id);
  return ok(transaction);
}
