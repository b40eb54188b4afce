import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newStaff } from '#test/support/test-people.ts';
import { buyAndPay, type Purchase } from '#test/support/purchase.ts';
import type { Caller, Customer } from '#test/support/test-client.ts';

describe('refunds', () => {
  let app: TestApp;
  let staff: Caller;

  before(async () => {
    app = await createTestApp();
    staff = await newStaff(app, 'finance');
  });
  after(async () => {
    await app.close();
  });

  async function bought(): Promise<{ customer: Customer; purchase: Purchase; params: { id: string } }> {
    const customer = await app.provision();
    const purchase = await buyAndPay(app, customer);
    return { customer, purchase, params: { id: purchase.payment.id } };
  }

  async function assertBooksHold(): Promise<void> {
    const problems: string[] = [];
    await verifyBooks(app.app, (result) => {
      problems.push(...result.offenders.map(({ subject, problem }) => `${result.name}: ${subject} ${problem}`));
    });
    assert.deepEqual(problems, []);
  }

  async function available(customer: Customer): Promise<number> {
    return (await app.ok('getCreditBalance', { as: customer })).available;
  }

  test('in full: the money, the credits, the credit note and the e-mail', async () => {
    const { customer, purchase, params } = await bought();
    assert.equal(await available(customer), 500);
    const preview = await app.ok('previewRefund', { as: staff, params, body: {} });
    assert.deepEqual(preview, {
      amount: 900,
      currency: 'USD',
      refundable: 900,
      credits_bought: 500,
      credits_share: 500,
      credits_taken_back: 500,
      credits_spent: 0,
      by_hand: false,
    });
    const refunded = await app.ok('refundPayment', { as: staff, params, body: { reason: 'Bought by mistake' } });
    await app.drain();
    assert.deepEqual([refunded.refundable, refunded.amount_refunded, refunded.attention], [0, 900, null]);
    assert.deepEqual(
      refunded.refunds.map((refund) => [refund.status, refund.amount, refund.credits_taken_back, refund.reason]),
      [['succeeded', 900, 500, 'Bought by mistake']],
    );
    assert.equal(await available(customer), 0);
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(invoice.status, 'paid');
    assert.equal(invoice.refunds.length, 1);
    const [note] = invoice.credit_notes;
    assert.ok(note !== undefined);
    assert.match(note.number, /^CN-\d{4}-\d{2}-\d{5}$/);
    assert.deepEqual([note.subtotal, note.tax, note.total, note.voided_at], [900, 0, 900, null]);
    const pdf = await app.call('getCreditNotePdf', { as: customer, params: { id: note.id } });
    assert.deepEqual([pdf.status, pdf.headers['content-type']], [200, 'application/pdf']);
    assert.match(pdf.body.slice(0, 8), /^%PDF-/);
    const stranger = await app.provision();
    await app.refused('getCreditNotePdf', 'not_found', { as: stranger, params: { id: note.id } });
    await assertBooksHold();
  });
});
