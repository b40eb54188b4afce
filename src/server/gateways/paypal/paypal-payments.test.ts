import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '#shared/money/index.ts';
import { disputeStatusOf } from './paypal-disputes.ts';
import { toGatewayPayment } from './paypal-payments.ts';
import { captureIdOf, orderIdOf, orderShape } from './paypal-shapes.ts';

const id = '5O190127TN364715T';
const amount = { value: '29.00', currency_code: 'USD' };

function paymentOf(order: object, merchantId: string | null = null) {
  return toGatewayPayment(orderShape.parse({ id, status: 'COMPLETED', ...order }), merchantId);
}

function unitWith(...captures: object[]): object {
  return {
    purchase_units: [
      { amount, payments: { captures: captures.map((capture) => ({ id: '2GG', amount, ...capture })) } },
    ],
  };
}

describe('an order of PayPal in our words', () => {
  test('without a capture its own status counts', () => {
    for (const [status, ours, awaitsCollection] of [
      ['CREATED', 'requires_payment_method', false],
      ['SAVED', 'requires_payment_method', false],
      ['PAYER_ACTION_REQUIRED', 'requires_payment_method', false],
      ['APPROVED', 'requires_payment_method', true],
      ['VOIDED', 'canceled', false],
      ['COMPLETED', 'processing', false],
      ['SOMETHING_NEW', 'processing', false],
    ] as const) {
      const payment = paymentOf({ status, purchase_units: [{ amount }] });
      assert.deepEqual([payment.status, payment.awaitsCollection], [ours, awaitsCollection], status);
      assert.equal(payment.clientSecret, ours === 'requires_payment_method' ? id : null);
      assert.deepEqual(payment.received, money(0n, 'USD'));
    }
  });

  test('with captures they alone count, whatever the order says of itself', () => {
    for (const [statuses, ours, received] of [
      [['COMPLETED'], 'succeeded', 29_00n],
      [['PARTIALLY_REFUNDED'], 'succeeded', 29_00n],
      [['REFUNDED'], 'succeeded', 29_00n],
      [['PENDING'], 'processing', 0n],
      [['SOMETHING_NEW'], 'processing', 0n],
      [['DECLINED'], 'failed', 0n],
      [['FAILED'], 'failed', 0n],
      [['DECLINED', 'PENDING'], 'processing', 0n],
      [['DECLINED', 'COMPLETED'], 'succeeded', 29_00n],
      [['COMPLETED', 'COMPLETED'], 'succeeded', 58_00n],
    ] as const) {
      const payment = paymentOf({ status: 'APPROVED', ...unitWith(...statuses.map((status) => ({ status }))) });
      assert.deepEqual([payment.status, payment.received], [ours, money(received, 'USD')], statuses.join());
      assert.equal(payment.awaitsCollection, false);
      assert.equal(payment.lastError === null, ours !== 'failed');
    }
  });

  test('what came in another amount or currency, or to another merchant, is told as it came', () => {
    const other = { value: '28.00', currency_code: 'usd' };
    assert.deepEqual(paymentOf(unitWith({ status: 'COMPLETED', amount: other })).received, money(28_00n, 'USD'));
    const yen = { value: '2900', currency_code: 'JPY' };
    assert.deepEqual(paymentOf(unitWith({ status: 'COMPLETED', amount: yen })).received, money(2_900n, 'JPY'));
    const elsewhere = unitWith({ status: 'COMPLETED', payee: { merchant_id: 'OTHER' } });
    assert.deepEqual(paymentOf(elsewhere, 'OURS').received, money(0n, 'USD'));
    const here = unitWith({ status: 'COMPLETED', payee: { merchant_id: 'OURS' } });
    assert.deepEqual(paymentOf(here, 'OURS').received, money(29_00n, 'USD'));
  });

  test('the payer is named by the source, or by the payer of older answers', () => {
    const captured = unitWith({ status: 'COMPLETED' });
    const source = { payment_source: { paypal: { email_address: 'a@b.example' } } };
    assert.deepEqual(paymentOf({ ...captured, ...source }).methodDetails, {
      type: 'paypal',
      payerEmail: 'a@b.example',
    });
    const payer = { payer: { email_address: 'c@d.example' } };
    assert.deepEqual(paymentOf({ ...captured, ...payer }).methodDetails, { type: 'paypal', payerEmail: 'c@d.example' });
    assert.deepEqual(paymentOf(captured).methodDetails, { type: 'paypal', payerEmail: null });
  });

  test('an account is kept only once PayPal says it is', () => {
    const keptWith = (vault: object) =>
      paymentOf({
        ...unitWith({ status: 'COMPLETED' }),
        payment_source: {
          paypal: { account_id: 'VYYFH3WJ4JPJQ', email_address: 'a@b.example', attributes: { vault } },
        },
      }).keptMethod;
    assert.equal(keptWith({ status: 'APPROVED' }), undefined);
    assert.deepEqual(keptWith({ status: 'VAULTED', id: 'tok1' }), {
      reference: 'tok1',
      details: { type: 'paypal', payerEmail: 'a@b.example' },
      fingerprint: 'VYYFH3WJ4JPJQ',
    });
  });

  test('what belongs to what is read from members or links', () => {
    const up = (href: string) => ({
      links: [
        { rel: 'self', href: 'x' },
        { rel: 'up', href },
      ],
    });
    assert.equal(orderIdOf(up(`https://api-m.paypal.com/v2/checkout/orders/${id}`)), id);
    assert.equal(orderIdOf(up('https://api-m.paypal.com/v2/payments/authorizations/0JF8')), null);
    assert.equal(captureIdOf(up('https://api-m.paypal.com/v2/payments/captures/2GG2')), '2GG2');
    assert.equal(captureIdOf({}), null);
    assert.equal(orderIdOf({ supplementary_data: { related_ids: { order_id: id } } }), id);
  });
});

test('a dispute is lost when the buyer got the seller’s money, and else won', () => {
  for (const [status, outcome, ours] of [
    ['OPEN', undefined, 'needs_response'],
    ['WAITING_FOR_SELLER_RESPONSE', undefined, 'needs_response'],
    ['WAITING_FOR_BUYER_RESPONSE', undefined, 'under_review'],
    ['UNDER_REVIEW', undefined, 'under_review'],
    ['SOMETHING_NEW', undefined, 'needs_response'],
    ['RESOLVED', 'RESOLVED_BUYER_FAVOUR', 'lost'],
    ['RESOLVED', 'ACCEPTED', 'lost'],
    ['RESOLVED', 'RESOLVED_SELLER_FAVOUR', 'won'],
    ['RESOLVED', 'RESOLVED_WITH_PAYOUT', 'won'],
    ['RESOLVED', 'CANCELED_BY_BUYER', 'won'],
    ['RESOLVED', 'DENIED', 'won'],
    ['RESOLVED', undefined, 'won'],
  ] as const) {
    assert.equal(disputeStatusOf(status, outcome), ours, `${status} ${outcome ?? ''}`);
  }
});
