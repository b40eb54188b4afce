import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { transferSteps } from './transfer-steps.ts';

type Payment = Parameters<typeof transferSteps>[0];

const startedAt = '2026-11-20T09:00:00Z';
const declaredAt = '2026-11-21T09:00:00Z';
const decidedAt = '2026-11-22T09:00:00Z';

function paymentIn(status: Payment['status'], received = 0, declared = true): Payment {
  const ended = ['succeeded', 'rejected', 'canceled'].includes(status);
  return {
    id: 'pay_1',
    status,
    method: 'bank_transfer',
    gateway: 'manual',
    amount: 29_00,
    currency: 'USD',
    method_details: null,
    last_payment_error: null,
    created_at: startedAt,
    succeeded_at: status === 'succeeded' ? decidedAt : null,
    amount_received: received,
    amount_refunded: 0,
    saves_method: false,
    transfer: {
      reference: '7K3M9-QX2PT',
      method_name: 'Bank transfer',
      instructions: null,
      fields: [],
      payment_code: null,
      demands: {
        payer_name: 'optional',
        payer_account: 'hidden',
        transaction_id: 'required',
        proof: 'optional',
        transaction_id_hint: null,
      },
      expires_at: null,
      declaration: declared
        ? {
            declared_at: declaredAt,
            payer_name: null,
            payer_account: null,
            transaction_id: null,
            paid_on: null,
            note: null,
          }
        : null,
      proofs: [],
      rejection_reason: null,
      timeline: [
        { status: 'awaiting_transfer', at: startedAt },
        ...(declared ? [{ status: 'pending_approval' as const, at: declaredAt }] : []),
        ...(ended ? [{ status, at: decidedAt }] : []),
      ],
    },
  };
}

const told = (payment: Payment) => transferSteps(payment).map(({ name, state, at }) => [name, state, at]);

describe('the steps of a transfer', () => {
  it('wait for the payer until they have declared it', () => {
    assert.deepEqual(told(paymentIn('awaiting_transfer', 0, false)), [
      ['started', 'done', startedAt],
      ['declared', 'current', null],
      ['review', 'next', null],
      ['approved', 'next', null],
    ]);
  });

  it('wait for the seller afterwards', () => {
    assert.deepEqual(told(paymentIn('pending_approval')), [
      ['started', 'done', startedAt],
      ['declared', 'done', declaredAt],
      ['review', 'current', null],
      ['approved', 'next', null],
    ]);
  });

  it('end with what was decided', () => {
    assert.deepEqual(told(paymentIn('succeeded', 29_00)).at(-1), ['approved', 'done', decidedAt]);
    assert.deepEqual(told(paymentIn('succeeded', 20_00)).at(-1), ['approvedPartly', 'done', decidedAt]);
    assert.deepEqual(told(paymentIn('rejected')).at(-1), ['rejected', 'failed', decidedAt]);
  });

  it('show no declaration that was never made', () => {
    assert.deepEqual(told(paymentIn('canceled', 0, false)), [
      ['started', 'done', startedAt],
      ['ended', 'failed', decidedAt],
    ]);
    assert.deepEqual(
      told(paymentIn('succeeded', 29_00, false)).map(([name]) => name),
      ['started', 'approved'],
    );
  });
});
