import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { issuesIn, type Json, paidOrder, unitOf } from '#test/sandbox/paypal-json.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';

describe('disputes of the sandbox PayPal', () => {
  let paypal: TestPayPal;

  before(async () => {
    paypal = await startTestPayPal();
  });
  after(() => paypal.close());

  const open = async (captureId: string, body: object = {}) =>
    String((await paypal.control('POST', `captures/${captureId}/dispute`, body))['dispute_id']);
  const read = async (id: string) => (await paypal.api('GET', `/v1/customer/disputes/${id}`)).body;

  test('a dispute is opened, moved and decided for the seller', async () => {
    const { capture } = await paidOrder(paypal, { ...unitOf('30.00'), custom_id: 'the-payment' });
    const id = await open(capture.id, { reason: 'UNAUTHORISED' });
    const opened = await read(id);
    assert.deepEqual(
      [opened['status'], opened['reason'], opened['dispute_life_cycle_stage'], opened['dispute_amount']],
      ['WAITING_FOR_SELLER_RESPONSE', 'UNAUTHORISED', 'INQUIRY', { currency_code: 'USD', value: '30.00' }],
    );
    const [transaction] = opened['disputed_transactions'] as Json[];
    assert.deepEqual([transaction?.['seller_transaction_id'], transaction?.['custom']], [capture.id, 'the-payment']);
    assert.ok(Date.parse(String(opened['seller_response_due_date'])) > Date.now());
    const part = await paypal.api('POST', `/v2/payments/captures/${capture.id}/refund`, unitOf('1.00'));
    assert.deepEqual(issuesIn(part.body), ['TRANSACTION_DISPUTED']);

    await paypal.control('POST', `disputes/${id}/move`, { status: 'UNDER_REVIEW', stage: 'CHARGEBACK' });
    assert.equal((await read(id))['status'], 'UNDER_REVIEW');
    await paypal.control('POST', `disputes/${id}/close`, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    const closed = await read(id);
    assert.equal(closed['status'], 'RESOLVED');
    assert.deepEqual(closed['dispute_outcome'], {
      outcome_code: 'RESOLVED_SELLER_FAVOUR',
      amount_refunded: { currency_code: 'USD', value: '0.00' },
    });
    await assert.rejects(paypal.control('POST', `disputes/${id}/close`, {}));
    assert.deepEqual(await lastEvents(paypal, 3), [
      'CUSTOMER.DISPUTE.RESOLVED',
      'CUSTOMER.DISPUTE.UPDATED',
      'CUSTOMER.DISPUTE.CREATED',
    ]);
  });

  test('a lost dispute takes the money back, which is told as a reversal', async () => {
    const { capture } = await paidOrder(paypal);
    const id = await open(capture.id, { amount: '12.50' });
    await paypal.control('POST', `disputes/${id}/close`, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    const { body: reversed } = await paypal.api('GET', `/v2/payments/captures/${capture.id}`);
    assert.equal(reversed['status'], 'PARTIALLY_REFUNDED');
    assert.deepEqual(await lastEvents(paypal, 2), ['CUSTOMER.DISPUTE.RESOLVED', 'PAYMENT.CAPTURE.REVERSED']);
    const { body } = await paypal.api('GET', '/v1/notifications/webhooks-events?event_type=PAYMENT.CAPTURE.REVERSED');
    const [event] = body['events'] as { resource_type: string; resource: { links: { rel: string; href: string }[] } }[];
    assert.equal(event?.resource_type, 'refund');
    assert.match(event?.resource.links.find((link) => link.rel === 'up')?.href ?? '', new RegExp(`${capture.id}$`));
  });

  test('what cannot be disputed says so', async () => {
    const { capture } = await paidOrder(paypal, unitOf('5.00'), 'capture-declined@example.com');
    await assert.rejects(open(capture.id), /brought no money/);
    await assert.rejects(open('NONE'), /There is no capture/);
    assert.equal((await paypal.api('GET', '/v1/customer/disputes/PP-NONE')).status, 404);
  });
});

async function lastEvents({ api }: TestPayPal, count: number): Promise<string[]> {
  const { body } = await api('GET', `/v1/notifications/webhooks-events?page_size=${count}`);
  return (body['events'] as Json[]).map((event) => String(event['event_type']));
}
