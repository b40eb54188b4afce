import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type Stripe from 'stripe';
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts';

describe('refunds and disputes of the sandbox', () => {
  let sandbox: TestSandbox;
  let stripe: Stripe;

  before(async () => {
    sandbox = await startTestSandbox();
    stripe = sandbox.stripe;
  });
  after(async () => {
    await sandbox.close();
  });

  async function paid(card: string, amount = 2_000): Promise<Stripe.PaymentIntent> {
    return await stripe.paymentIntents.create({
      amount,
      currency: 'eur',
      payment_method: card,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
  }

  function chargeOf({ latest_charge: charge }: Stripe.PaymentIntent): string {
    assert.ok(typeof charge === 'string');
    return charge;
  }

  async function typesAbout(intent: string): Promise<string[]> {
    const { data } = await stripe.events.list({ limit: 100 });
    return data
      .filter(({ data: { object } }) => 'payment_intent' in object && object.payment_intent === intent)
      .map((event) => event.type)
      .toReversed();
  }

  async function disputeOf(intent: Stripe.PaymentIntent): Promise<Stripe.Dispute> {
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    const [dispute] = data;
    assert.ok(dispute !== undefined && data.length === 1);
    return dispute;
  }

  test('partial refunds add up, and nothing more goes back', async () => {
    const intent = await paid('pm_card_visa');
    await stripe.refunds.create({ payment_intent: intent.id, amount: 700 });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 800 });
    await assert.rejects(stripe.refunds.create({ payment_intent: intent.id, amount: 501 }), /greater than unrefunded/);
    await stripe.refunds.create({ payment_intent: intent.id });
    const refunds = await stripe.refunds.list({ payment_intent: intent.id });
    assert.deepEqual(
      refunds.data.map((refund) => refund.amount),
      [500, 800, 700],
    );
    const charge = await stripe.charges.retrieve(chargeOf(intent));
    assert.deepEqual([charge.amount_refunded, charge.refunded], [2_000, true]);
    await assert.rejects(stripe.refunds.create({ payment_intent: intent.id }), { code: 'charge_already_refunded' });
  });

  test('a refund waits, and another looks well and fails, after a minute', async () => {
    const waiting = await paid('pm_card_pendingRefund');
    const failing = await paid('pm_card_refundFail');
    const pending = await stripe.refunds.create({ payment_intent: waiting.id });
    const hopeful = await stripe.refunds.create({ payment_intent: failing.id });
    assert.deepEqual([pending.status, hopeful.status], ['pending', 'succeeded']);
    await sandbox.control('POST', 'clock', { offset_ms: 61_000 });
    const failed = await stripe.refunds.retrieve(hopeful.id);
    assert.deepEqual([failed.status, failed.failure_reason], ['failed', 'expired_or_canceled_card']);
    assert.equal((await stripe.refunds.retrieve(pending.id)).status, 'succeeded');
    const charge = await stripe.charges.retrieve(chargeOf(failing));
    assert.deepEqual([charge.amount_refunded, charge.refunded], [0, false]);
    assert.deepEqual((await typesAbout(failing.id)).slice(-3), [
      'refund.updated',
      'charge.refund.updated',
      'refund.failed',
    ]);
    await sandbox.control('POST', 'clock', { offset_ms: 0 });
  });

  test('what somebody gives back in the dashboard is a refund like any other', async () => {
    const intent = await paid('pm_card_visa');
    await sandbox.control('POST', `payment_intents/${intent.id}/refund`, { amount: 300 });
    const { data } = await stripe.refunds.list({ payment_intent: intent.id });
    assert.deepEqual(
      data.map((refund) => [refund.amount, refund.status, refund.metadata]),
      [[300, 'succeeded', {}]],
    );
    assert.deepEqual((await typesAbout(intent.id)).slice(-2), ['refund.created', 'charge.refunded']);
  });

  test('a disputed payment: the money goes, and evidence decides', async () => {
    const won = await paid('pm_card_createDispute');
    const dispute = await disputeOf(won);
    assert.deepEqual(
      [
        dispute.status,
        dispute.amount,
        dispute.is_charge_refundable,
        dispute.balance_transactions.map(({ net }) => net),
      ],
      ['needs_response', 2_000, false, [-3_500]],
    );
    await assert.rejects(stripe.refunds.create({ payment_intent: won.id }), { code: 'charge_disputed' });
    await stripe.disputes.update(dispute.id, { evidence: { customer_name: 'Ada' }, submit: false });
    assert.equal((await stripe.disputes.retrieve(dispute.id)).evidence_details.has_evidence, false);
    const decided = await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } });
    assert.deepEqual(
      [decided.status, decided.evidence.customer_name, decided.evidence_details.submission_count],
      ['won', 'Ada', 1],
    );
    assert.equal(decided.balance_transactions.length, 2);
    await assert.rejects(stripe.disputes.close(dispute.id), /already won/);
    assert.deepEqual((await typesAbout(won.id)).slice(-6), [
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
    const lost = await disputeOf(await paid('pm_card_createDispute'));
    assert.equal((await stripe.disputes.close(lost.id)).status, 'lost');
  });

  test('an inquiry takes no money until it is escalated', async () => {
    const intent = await paid('pm_card_createDisputeInquiry');
    const inquiry = await disputeOf(intent);
    assert.deepEqual([inquiry.status, inquiry.is_charge_refundable], ['warning_needs_response', true]);
    const { id } = inquiry;
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } });
    const escalated = await stripe.disputes.retrieve(id);
    assert.deepEqual([escalated.status, escalated.is_charge_refundable], ['needs_response', false]);
    await sandbox.control('POST', `disputes/${id}/decide`, { outcome: 'lost' });
    assert.equal((await stripe.disputes.retrieve(id)).status, 'lost');
  });
});
