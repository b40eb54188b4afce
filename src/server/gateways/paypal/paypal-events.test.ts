import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { translatePayPalEvent } from './paypal-events.ts';

const ours = '0192f0c1-7b1a-7c3d-9e4f-1a2b3c4d5e6f';
const upTo = (path: string) => [{ rel: 'up', href: `https://api.paypal.com/${path}`, method: 'GET' }];

function meaningOf(type: string, resource: object) {
  return translatePayPalEvent(Buffer.from(JSON.stringify({ id: 'WH-1', event_type: type, resource })));
}

describe('what PayPal tells', () => {
  test('an order names itself, and the payment it was made for', () => {
    const order = { id: '5O190127TN364715T', purchase_units: [{ custom_id: ours }] };
    const payment = { kind: 'payment', reference: '5O190127TN364715T', paymentId: ours };
    for (const type of ['CHECKOUT.ORDER.APPROVED', 'CHECKOUT.ORDER.COMPLETED', 'CHECKOUT.ORDER.VOIDED']) {
      assert.deepEqual(meaningOf(type, order), payment, type);
    }
    const reversed = { order_id: '5O190127TN364715T', purchase_units: [{ custom_id: ours }] };
    assert.deepEqual(meaningOf('CHECKOUT.PAYMENT-APPROVAL.REVERSED', reversed), payment);
  });

  test('a capture leads to its order by what it names, by its link, or by asking', () => {
    const payment = { kind: 'payment', reference: '5O190127TN364715T', paymentId: null };
    const named = { id: '2GG27', supplementary_data: { related_ids: { order_id: '5O190127TN364715T' } } };
    const linked = { id: '2GG27', links: upTo('v2/checkout/orders/5O190127TN364715T') };
    const ofAuthorization = { id: '2GG27', links: upTo('v2/payments/authorizations/0JF85') };
    for (const type of ['COMPLETED', 'PENDING', 'DENIED', 'DECLINED'].map((word) => `PAYMENT.CAPTURE.${word}`)) {
      assert.deepEqual(meaningOf(type, { ...named, custom_id: ours }), { ...payment, paymentId: ours }, type);
      assert.deepEqual(meaningOf(type, linked), payment, type);
      assert.deepEqual(meaningOf(type, ofAuthorization), { kind: 'part', partReference: '2GG27', about: 'payment' });
    }
  });

  test('what another system of the seller wrote into custom_id is no payment of ours', () => {
    const capture = { id: '2GG27', custom_id: 'shop-4711', links: upTo('v2/checkout/orders/5O19') };
    assert.deepEqual(meaningOf('PAYMENT.CAPTURE.COMPLETED', capture), {
      kind: 'payment',
      reference: '5O19',
      paymentId: null,
    });
  });

  test('money that goes back is a refund whose link, or whose member of old, names the capture', () => {
    const part = { kind: 'part', partReference: '2GG279541U471931P', about: 'refunds' };
    const refund = { id: '1JU08902781691411', links: upTo('v2/payments/captures/2GG279541U471931P') };
    const old = { id: '1JU0', capture_id: '2GG279541U471931P', state: 'completed', amount: { total: '-1.00' } };
    for (const type of ['PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.CAPTURE.REVERSED', 'PAYMENT.REFUND.FAILED']) {
      assert.deepEqual(meaningOf(type, refund), part, type);
      assert.deepEqual(meaningOf(type, old), part, type);
    }
    const named = { ...refund, supplementary_data: { related_ids: { order_id: '5O19', capture_id: '2GG2' } } };
    assert.deepEqual(meaningOf('PAYMENT.CAPTURE.REFUNDED', named), { kind: 'refunds', paymentReference: '5O19' });
  });

  test('disputes and kept accounts are named', () => {
    for (const type of ['CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED']) {
      assert.deepEqual(meaningOf(type, { dispute_id: 'PP-D-1' }), { kind: 'dispute', reference: 'PP-D-1' }, type);
    }
    for (const type of ['VAULT.PAYMENT-TOKEN.CREATED', 'VAULT.PAYMENT-TOKEN.DELETED']) {
      assert.deepEqual(meaningOf(type, { id: '8kk8451t' }), { kind: 'method', reference: '8kk8451t' }, type);
    }
    const withPayment = { id: '8kk8451t', metadata: { order_id: '5O19' } };
    assert.deepEqual(meaningOf('VAULT.PAYMENT-TOKEN.CREATED', withPayment), {
      kind: 'method',
      reference: '8kk8451t',
      paymentReference: '5O19',
    });
  });

  test('everything else says in a sentence why it is nothing', () => {
    for (const [type, resource] of [
      ['BILLING.PLAN.CREATED', { id: 'P-1' }],
      ['CHECKOUT.ORDER.APPROVED', {}],
      ['PAYMENT.CAPTURE.REFUNDED', { id: '1JU0' }],
      ['toString', { id: 'x' }],
    ] as const) {
      const meaning = meaningOf(type, resource);
      assert.ok(meaning.kind === 'ignored' && meaning.reason.length > 10, type);
    }
    for (const body of ['[]', '{}', '{"event_type":"X","resource":[]}', 'null']) {
      assert.equal(translatePayPalEvent(Buffer.from(body)).kind, 'ignored');
    }
  });
});
