import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import { anyPaymentById } from '#server/flows/steps/any-payment.ts';
import { mirrorRefunds } from '#server/flows/steps/mirror-refunds.ts';
import { inRead } from '#server/platform/db/index.ts';
import { makeOperation } from '#test/support/metering.ts';
import { buy, orderOf } from '#test/support/purchase.ts';
import { assertBooksHold, creditsOf, spend } from '#test/support/refunds.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newStaff } from '#test/support/test-people.ts';
import { type Caller, type Customer, uuidOf } from '#test/support/test-client.ts';

type AdminPayment = CallResult<Contract['getAnyPayment']>;

describe('refunds and disputes at PayPal', () => {
  let app: TestApp;
  let staff: Caller;

  before(async () => {
    app = await createTestApp();
    await app.listen();
    staff = await newStaff(app, 'finance');
    await makeOperation(app.app, 'work');
  });
  after(() => app.close());

  /** A purchase that was paid, of which 100 credits are spent. */
  async function paid(): Promise<{ customer: Customer; params: { id: string }; capture: string }> {
    const customer = await app.provision();
    const started = await buy(app, customer, { method: 'paypal' });
    await app.paypal.sandbox.approveOrder(orderOf(started), 'buyer@example.com');
    const params = { id: started.payment.id };
    const done = await app.ok('confirmPayment', { as: customer, params });
    assert.equal(done.payment.status, 'succeeded');
    await spend(app, customer, 'work', 100);
    const { body } = await app.paypal.api('GET', `/v2/checkout/orders/${orderOf(started)}`);
    const units = body['purchase_units'] as { payments: { captures: { id: string }[] } }[];
    return { customer, params, capture: units[0]?.payments.captures[0]?.id ?? '' };
  }

  async function look(id: string): Promise<AdminPayment> {
    return await app.ok('getAnyPayment', { as: staff, params: { id } });
  }

  async function until(id: string, what: string, holds: (payment: AdminPayment) => boolean): Promise<AdminPayment> {
    await app.eventually(what, async () => {
      await app.drain();
      return holds(await look(id));
    });
    return await look(id);
  }

  /** Asks PayPal for the refunds of a payment, as one of its events would make us. */
  async function mirror(id: string): Promise<void> {
    await mirrorRefunds(app.app, await inRead(app.app, 'system', (db) => anyPaymentById(db, uuidOf(id))));
  }

  function refundsOf(payment: AdminPayment): [string, number, number][] {
    return payment.refunds.map((one) => [one.status, one.amount, one.credits_taken_back]);
  }

  test('a part, then the rest in PayPal’s own pages', async () => {
    const { customer, params, capture } = await paid();
    const body = { amount: 450, reason: 'As agreed' };
    const refunded = await app.ok('refundPayment', { as: staff, params, body });
    assert.deepEqual(refundsOf(refunded), [['succeeded', 450, 250]]);
    await app.paypal.control('POST', `captures/${capture}/refund`, {});
    const rest = await until(params.id, 'the rest is mirrored', (payment) => payment.refunds.length === 2);
    assert.deepEqual(refundsOf(rest).at(-1), ['succeeded', 450, 150]);
    assert.deepEqual([rest.refundable, rest.credit_notes.length], [0, 2]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await assertBooksHold(app);
  });

  test('a part that is disputed and lost counts once, whichever way it is told first', async () => {
    for (const isMoneyFirst of [false, true]) {
      const { customer, params, capture } = await paid();
      const opened = await app.paypal.control('POST', `captures/${capture}/dispute`, { amount: '4.50' });
      const disputeId = String(opened['dispute_id']);
      await until(params.id, 'the dispute is written down', (payment) => payment.disputes.length === 1);
      await app.paypal.control('POST', `disputes/${disputeId}/close`, { outcome: 'RESOLVED_BUYER_FAVOUR' });
      const payment = await app.app.gateways.get('paypal')?.retrieveDispute(disputeId);
      assert.equal(payment?.status, 'lost');
      if (isMoneyFirst) await mirror(params.id);
      await until(params.id, 'the dispute is lost', (found) => found.disputes[0]?.status === 'lost');
      await mirror(params.id);
      await mirror(params.id);
      const lost = await look(params.id);
      assert.deepEqual([lost.refunds.length, lost.amount_refunded, lost.credit_notes.length], [1, 450, 1]);
      assert.deepEqual(await creditsOf(app, customer), [150, 0]);
      // What goes back besides is not taken for it.
      await app.paypal.control('POST', `captures/${capture}/refund`, { amount: '4.50' });
      await until(params.id, 'the rest is mirrored', (found) => found.refunds.length === 2);
      assert.deepEqual([(await look(params.id)).amount_refunded, await creditsOf(app, customer)], [900, [0, 0]]);
      await assertBooksHold(app);
    }
  });

  test('a buyer complains and wins: the money counts once, however PayPal tells of it', async () => {
    const { customer, params, capture } = await paid();
    const opened = await app.paypal.control('POST', `captures/${capture}/dispute`, {});
    await until(params.id, 'the dispute is written down', (payment) => payment.disputes.length === 1);
    assert.deepEqual(await creditsOf(app, customer), [0, 400]);
    const close = `disputes/${String(opened['dispute_id'])}/close`;
    await app.paypal.control('POST', close, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    const lost = await until(
      params.id,
      'the dispute is lost and the money is gone',
      (payment) => payment.disputes[0]?.status === 'lost' && payment.refundable === 0,
    );
    assert.deepEqual([lost.amount_refunded, lost.credit_notes.length], [900, 1]);
    assert.deepEqual(await creditsOf(app, customer), [0, 0]);
    await app.drain();
    await assertBooksHold(app);
  });

  test('the seller wins: the credits are free again', async () => {
    const { customer, params, capture } = await paid();
    const opened = await app.paypal.control('POST', `captures/${capture}/dispute`, {});
    await until(params.id, 'the dispute is written down', (payment) => payment.disputes.length === 1);
    const close = `disputes/${String(opened['dispute_id'])}/close`;
    await app.paypal.control('POST', close, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    const won = await until(params.id, 'it is won', (payment) => payment.disputes[0]?.status === 'won');
    assert.deepEqual([won.refunds, won.refundable, won.attention], [[], 900, null]);
    assert.deepEqual(await creditsOf(app, customer), [400, 0]);
    await assertBooksHold(app);
  });
});
