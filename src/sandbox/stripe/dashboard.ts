import type Stripe from 'stripe';
import type { Control } from '../controls/control-request.ts';
import { BadControl, integerFrom } from '../controls/faults.ts';
import { sandboxTime } from '../controls/simulator-kinds.ts';
import type { Call } from './call.ts';
import { decideDispute, openDispute } from './disputes.ts';
import { newId } from './ids.ts';
import type { Kinds, StripeWriter } from './objects.ts';
import { Params } from './params.ts';
import { refundCharge, settleRefund } from './refunds.ts';

/** What people do in Stripe's dashboard, and what banks do by themselves: nothing of it comes through the API. */
export const dashboardControls: Control<Kinds>[] = [
  { method: 'POST', path: '/_sandbox/payment_intents/:id/refund', run: refundInDashboard },
  { method: 'POST', path: '/_sandbox/payment_intents/:id/dispute', run: disputeByBank },
  { method: 'POST', path: '/_sandbox/disputes/:id/decide', run: decideByBank },
  { method: 'POST', path: '/_sandbox/refunds/:id/settle', run: settleByBank },
];

function refundInDashboard(writer: StripeWriter, body: Record<string, unknown>, id: string): object {
  const charge = chargeOf(writer, id);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw new BadControl(`Charge ${charge.id} has been refunded already`);
  const amount = body['amount'] === undefined ? left : integerFrom(body['amount'], 'amount', 1, left);
  return refundCharge(callOf(writer), charge, { amount, reason: 'requested_by_customer', metadata: {} });
}

function disputeByBank(writer: StripeWriter, body: Record<string, unknown>, id: string): object {
  return openDispute(callOf(writer), chargeOf(writer, id), body['inquiry'] === true ? 'inquiry' : 'chargeback');
}

function decideByBank(writer: StripeWriter, body: Record<string, unknown>, id: string): object {
  const dispute = writer.get('dispute', id);
  if (!dispute) throw new BadControl(`There is no dispute ${id}`);
  const { outcome } = body;
  if (outcome !== 'won' && outcome !== 'lost') throw new BadControl('outcome must be won or lost');
  return decideDispute(callOf(writer), dispute, outcome);
}

function settleByBank(writer: StripeWriter, body: Record<string, unknown>, id: string): object {
  const refund = writer.get('refund', id);
  if (!refund) throw new BadControl(`There is no refund ${id}`);
  const { outcome } = body;
  if (outcome !== 'succeeded' && outcome !== 'failed') throw new BadControl('outcome must be succeeded or failed');
  return settleRefund(callOf(writer), refund, outcome);
}

function chargeOf(writer: StripeWriter, intentId: string): Stripe.Charge {
  const latest = writer.get('payment_intent', intentId)?.latest_charge;
  const charge = typeof latest === 'string' ? writer.get('charge', latest) : undefined;
  if (!charge?.paid) throw new BadControl(`There is no paid charge of ${intentId}`);
  return charge;
}

/** What happens outside the API is told like a request that nobody made. */
function callOf(writer: StripeWriter): Call {
  return {
    writer,
    params: new Params({}),
    path: {},
    keyKind: 'secret',
    version: undefined,
    now: Math.floor(sandboxTime(writer) / 1_000),
    request: { id: newId('req'), idempotencyKey: null },
  };
}
