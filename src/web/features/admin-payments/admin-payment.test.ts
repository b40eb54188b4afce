import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '#shared/money/index.ts';
import {
  type AdminPayment,
  attentionFigures,
  attentionParts,
  type Dispute,
  historyOf,
  paymentState,
  waitingSince,
} from './admin-payment.ts';

const started = '2026-11-20T10:00:00.000Z';
const declared = '2026-11-20T11:00:00.000Z';
const arrived = '2026-11-21T09:00:00.000Z';
const later = '2026-11-25T09:00:00.000Z';

const payment: AdminPayment = {
  id: 'pay_1',
  status: 'succeeded',
  method: 'card',
  gateway: 'stripe',
  amount: 29_00,
  currency: 'USD',
  method_details: null,
  last_payment_error: null,
  created_at: started,
  succeeded_at: arrived,
  amount_received: 29_00,
  amount_refunded: 0,
  saves_method: false,
  transfer: null,
  account: { id: 'acc_1', name: 'Engines', country: 'US' },
  invoices: [],
  gateway_reference: 'pi_1',
  attention: null,
  duplicates: [],
  refunds: [],
  credit_notes: [],
  disputes: [],
  refundable: 29_00,
};

const dispute: Dispute = {
  id: 'dsp_1',
  payment_id: 'pay_1',
  account: { id: 'acc_1', name: 'Engines' },
  gateway: 'stripe',
  gateway_reference: 'du_1',
  status: 'needs_response',
  takes_money: true,
  amount: 29_00,
  currency: 'USD',
  reason: 'fraudulent',
  credits_frozen: 500,
  evidence_due_at: null,
  opened_at: later,
  closed_at: null,
};

const transfer: NonNullable<AdminPayment['transfer']> = {
  reference: '7K3M9-QX2PT',
  method_name: 'Bank transfer',
  instructions: null,
  fields: [],
  payment_code: null,
  demands: {
    payer_name: 'optional',
    payer_account: 'optional',
    transaction_id: 'optional',
    proof: 'optional',
    transaction_id_hint: null,
  },
  expires_at: null,
  declaration: {
    declared_at: declared,
    payer_name: null,
    payer_account: null,
    transaction_id: null,
    paid_on: null,
    note: null,
  },
  proofs: [],
  rejection_reason: null,
  timeline: [
    { status: 'awaiting_transfer', at: started },
    { status: 'pending_approval', at: declared },
    { status: 'succeeded', at: arrived },
  ],
};

describe('a payment as staff see it', () => {
  test('disputes and refunds refine what has succeeded, a part does not', () => {
    assert.equal(paymentState(payment), 'succeeded');
    assert.equal(paymentState({ ...payment, amount_refunded: 10_00 }), 'succeeded');
    assert.equal(paymentState({ ...payment, amount_refunded: 29_00 }), 'refunded');
    assert.equal(paymentState({ ...payment, disputes: [dispute] }), 'disputed');
    assert.equal(paymentState({ ...payment, disputes: [{ ...dispute, status: 'won' }] }), 'succeeded');
    assert.equal(paymentState({ ...payment, status: 'pending_approval' }), 'in_review');
  });

  test('a transfer waits since it was declared, whatever else since it was started', () => {
    assert.equal(waitingSince(payment), started);
    assert.equal(waitingSince({ ...payment, transfer }), declared);
  });

  test('its history holds refunds and disputes in the order they happened', () => {
    const refund: AdminPayment['refunds'][number] = {
      id: 'ref_1',
      payment_id: 'pay_1',
      status: 'failed',
      amount: 5_00,
      currency: 'USD',
      reason: null,
      credits_taken_back: 0,
      failure: null,
      created_at: later,
      succeeded_at: null,
    };
    const lost: Dispute = { ...dispute, status: 'lost', opened_at: arrived, closed_at: '2026-12-01T09:00:00.000Z' };
    const history = historyOf({ ...payment, transfer, refunds: [refund], disputes: [lost] });
    assert.deepEqual(
      history.map(({ kind }) => kind),
      ['awaiting_transfer', 'declared', 'succeeded', 'dispute', 'refund_failed', 'lost'],
    );
    assert.deepEqual(history[4]?.amount, money(5_00n, 'USD'));
  });

  test('what the records say is told apart into its word and its figures', () => {
    assert.deepEqual(attentionParts('disputed: du_1 (fraudulent)'), { code: 'disputed', detail: 'du_1 (fraudulent)' });
    assert.deepEqual(attentionParts('Look at this'), { code: null, detail: 'Look at this' });
    assert.deepEqual(attentionFigures('500 minor units of INV-1', 'JPY'), { amount: money(500n, 'JPY'), of: 'INV-1' });
    assert.deepEqual(attentionFigures('500 KWD received', 'USD'), { amount: money(500n, 'KWD'), of: null });
    assert.equal(attentionFigures('500 XXX received', 'USD'), null);
    assert.equal(attentionFigures('du_1 (fraudulent)', 'USD'), null);
  });
});
