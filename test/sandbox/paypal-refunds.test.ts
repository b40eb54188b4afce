import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { type CaptureJson, issuesIn, type Json, orderIn, paidOrder, unitOf } from '#test/sandbox/paypal-json.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';

const dayMs = 86_400_000;

describe('captures and refunds of the sandbox PayPal', () => {
  let paypal: TestPayPal;

  before(async () => {
    paypal = await startTestPayPal();
  });
  after(() => paypal.close());

  const refund = (capture: CaptureJson, body?: object, headers?: Record<string, string>) =>
    paypal.api('POST', `/v2/payments/captures/${capture.id}/refund`, body, headers);
  const captured = async ({ id }: CaptureJson) => (await paypal.api('GET', `/v2/payments/captures/${id}`)).body;

  test('parts are given back until nothing is left, and no cent more', async () => {
    const { capture, orderId } = await paidOrder(paypal, { ...unitOf('30.00'), custom_id: 'the-payment' });
    const first = await refund(capture, { ...unitOf('10.00'), custom_id: 'refund-1', note_to_payer: 'Sorry' });
    assert.equal(first.status, 201);
    assert.deepEqual([first.body['status'], first.body['custom_id']], ['COMPLETED', 'refund-1']);
    // Refunds are dated by PayPal's own clock, captures by UTC.
    assert.match(String(first.body['create_time']), /-07:00$/);
    assert.match(String((await captured(capture))['create_time']), /Z$/);
    assert.equal((await captured(capture))['status'], 'PARTIALLY_REFUNDED');

    const tooMuch = await refund(capture, unitOf('20.01'));
    assert.deepEqual([tooMuch.status, ...issuesIn(tooMuch.body)], [422, 'REFUND_AMOUNT_EXCEEDED']);
    const rest = await refund(capture);
    assert.deepEqual(rest.body['amount'], { currency_code: 'USD', value: '20.00' });
    assert.equal((await captured(capture))['status'], 'REFUNDED');
    const more = await refund(capture);
    assert.deepEqual([more.status, ...issuesIn(more.body)], [422, 'CAPTURE_FULLY_REFUNDED']);

    const order = orderIn((await paypal.api('GET', `/v2/checkout/orders/${orderId}`)).body);
    assert.equal(order.purchase_units[0]?.payments?.refunds?.length, 2);
    const read = await paypal.api('GET', `/v2/payments/refunds/${String(first.body['id'])}`);
    assert.deepEqual(read.body['seller_payable_breakdown'], {
      gross_amount: { currency_code: 'USD', value: '10.00' },
      paypal_fee: { currency_code: 'USD', value: '0.00' },
      net_amount: { currency_code: 'USD', value: '10.00' },
      total_refunded_amount: { currency_code: 'USD', value: '10.00' },
    });
  });

  test('the same request id gives back once', async () => {
    const { capture } = await paidOrder(paypal);
    const headers = { 'paypal-request-id': 'refund-once' };
    const first = await refund(capture, unitOf('30.00'), headers);
    const again = await refund(capture, unitOf('30.00'), headers);
    assert.deepEqual([first.status, again.status], [201, 200]);
    assert.equal(again.body['id'], first.body['id']);
  });

  test('what cannot be given back says why', async () => {
    const pending = await paidOrder(paypal, unitOf('30.00'), 'review@example.com');
    assert.deepEqual(issuesIn((await refund(pending.capture)).body), ['PENDING_CAPTURE']);
    const declined = await paidOrder(paypal, unitOf('30.00'), 'capture-declined@example.com');
    assert.deepEqual(issuesIn((await refund(declined.capture)).body), ['REFUND_NOT_ALLOWED']);
    const { capture } = await paidOrder(paypal);
    for (const [unit, issue] of [
      [unitOf('5.00', 'EUR'), 'REFUND_CAPTURE_CURRENCY_MISMATCH'],
      [unitOf('5.001'), 'DECIMAL_PRECISION'],
      [unitOf('0.00'), 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    ] as const) {
      assert.deepEqual(issuesIn((await refund(capture, unit)).body), [issue]);
    }
    await refund(capture, { ...unitOf('1.00'), invoice_id: 'REFUND-1' });
    const duplicate = await refund(capture, { ...unitOf('1.00'), invoice_id: 'REFUND-1' });
    assert.deepEqual(issuesIn(duplicate.body), ['DUPLICATE_INVOICE_ID']);
    assert.equal((await paypal.api('POST', '/v2/payments/captures/NONE/refund')).status, 404);
    await paypal.control('POST', 'clock', { offset_ms: 181 * dayMs });
    assert.deepEqual(issuesIn((await refund(capture)).body), ['REFUND_TIME_LIMIT_EXCEEDED']);
    await paypal.control('POST', 'clock', { offset_ms: 0 });
  });

  test('an eCheck clears or bounces after three days of the sandbox clock', async () => {
    const clears = await paidOrder(paypal, unitOf('30.00'), 'echeck@example.com');
    const bounces = await paidOrder(paypal, unitOf('30.00'), 'echeck-bounces@example.com');
    await paypal.control('POST', 'clock', { offset_ms: 3 * dayMs - 60_000 });
    assert.equal((await captured(clears.capture))['status'], 'PENDING');
    await paypal.control('POST', 'clock', { offset_ms: 3 * dayMs + 60_000 });
    assert.equal((await captured(clears.capture))['status'], 'COMPLETED');
    assert.equal((await captured(bounces.capture))['status'], 'DECLINED');
    await paypal.control('POST', 'clock', { offset_ms: 0 });
    assert.deepEqual(await typesAbout(paypal, bounces.capture), ['PAYMENT.CAPTURE.DENIED', 'PAYMENT.CAPTURE.PENDING']);
  });

  test('a review ends when a control says so', async () => {
    const { capture } = await paidOrder(paypal, unitOf('30.00'), 'review@example.com');
    await paypal.control('POST', `captures/${capture.id}/settle`, { outcome: 'completed' });
    assert.equal((await captured(capture))['status'], 'COMPLETED');
    await assert.rejects(paypal.control('POST', `captures/${capture.id}/settle`, { outcome: 'completed' }));
  });

  test('a refund that fails gives the money back to the seller', async () => {
    const { capture } = await paidOrder(paypal, unitOf('30.00'), 'refund-fails@example.com');
    const started = await refund(capture, unitOf('10.00'));
    assert.equal(started.body['status'], 'PENDING');
    assert.equal((await captured(capture))['status'], 'PARTIALLY_REFUNDED');
    await paypal.control('POST', 'clock', { offset_ms: 4 * dayMs });
    assert.equal((await captured(capture))['status'], 'COMPLETED');
    const read = await paypal.api('GET', `/v2/payments/refunds/${String(started.body['id'])}`);
    assert.equal(read.body['status'], 'FAILED');
    await paypal.control('POST', 'clock', { offset_ms: 0 });
    assert.deepEqual(await typesAbout(paypal, { id: String(started.body['id']) }), [
      'PAYMENT.REFUND.FAILED',
      'PAYMENT.REFUND.PENDING',
    ]);
  });

  test('a refund from PayPal’s own pages is told like any other', async () => {
    const { capture } = await paidOrder(paypal);
    const { id, amount } = await paypal.control('POST', `captures/${capture.id}/refund`);
    assert.deepEqual(amount, { currency_code: 'USD', value: '30.00' });
    assert.deepEqual(await typesAbout(paypal, { id: String(id) }), ['PAYMENT.CAPTURE.REFUNDED']);
  });
});

/** The types of the events about an object, newest first. */
async function typesAbout({ api }: TestPayPal, { id }: { id: string }): Promise<string[]> {
  const { body } = await api('GET', `/v1/notifications/webhooks-events?page_size=300&transaction_id=${id}`);
  return (body['events'] as Json[]).map((event) => String(event['event_type']));
}
