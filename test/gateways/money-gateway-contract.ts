import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type Money, money } from '#shared/money/index.ts';
import {
  type GatewayPayment,
  GatewayPaymentMissing,
  GatewayRefused,
  GatewayUnavailable,
  type PaymentGateway,
  WebhookSignatureInvalid,
} from '#server/modules/payments/gateway.ts';
import { until } from '#test/sandbox/test-sandbox.ts';
import { describeGateway, type GatewayAmounts, orderAt, referenceOf } from './gateway-contract.ts';
import type { MoneyStage } from './gateway-stage.ts';

/** What every gateway promises that moves money itself, beside the promises of all. */
export function describeMoneyGateway(
  name: string,
  openStage: () => Promise<MoneyStage>,
  amounts: GatewayAmounts,
): void {
  describeGateway(name, openStage, amounts);

  describe(`the promises of a gateway that moves money, kept by ${name}`, () => {
    let stage: MoneyStage;
    let gateway: PaymentGateway;
    let world: MoneyStage['world'];

    before(async () => {
      stage = await openStage();
      ({ gateway, world } = stage);
    });
    after(() => stage.close());

    /** A payment that its payer has made, and that was collected. */
    async function paid(amount: Money = money(29_00n, 'USD')): Promise<GatewayPayment> {
      const request = await orderAt(gateway, { amount });
      const started = await gateway.startPayment(request);
      await world.pay(started);
      return await gateway.collectPayment(referenceOf(started), request.paymentId);
    }

    test('money that came is told as what was asked, to the minor unit, and by whom', async () => {
      for (const [amountMinor, currency] of amounts.taken) {
        const amount = money(amountMinor, currency);
        const payment = await paid(amount);
        assert.deepEqual([payment.status, payment.amount, payment.received], ['succeeded', amount, amount], currency);
        assert.ok(payment.methodDetails !== null);
        assert.equal(payment.lastError, null);
        assert.equal(payment.awaitsCollection, false);
        assert.deepEqual(await gateway.retrievePayment(referenceOf(payment)), payment);
      }
    });

    test('what is declined leaves the payment open, says why, and may be paid after all', async () => {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await world.payInVain(started);
      const declined = await gateway.collectPayment(referenceOf(started), request.paymentId);
      assert.equal(declined.status, 'requires_payment_method');
      assert.match(declined.lastError?.code ?? '', /^[a-z_]+$/);
      assert.ok((declined.lastError?.message ?? '').length > 10);
      assert.ok(declined.clientSecret !== null, 'the browser can go on');
      assert.equal(await world.timesCollected(started), 0);
      await world.pay(started);
      assert.equal((await gateway.collectPayment(referenceOf(started), request.paymentId)).status, 'succeeded');
      assert.equal(await world.timesCollected(started), 1);
    });

    test('what is collected twice, and at once, is collected once', async () => {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await world.pay(started);
      const collect = () => gateway.collectPayment(referenceOf(started), request.paymentId);
      // At once, one of them may be told that the other is still at it.
      const answers = await Promise.allSettled([collect(), collect(), collect()]);
      for (const answer of answers) {
        if (answer.status === 'rejected') assert.ok(answer.reason instanceof GatewayUnavailable, String(answer.reason));
      }
      assert.equal((await collect()).status, 'succeeded');
      assert.equal(await world.timesCollected(started), 1);
    });

    test('asking collects nothing', async () => {
      const started = await gateway.startPayment(await orderAt(gateway));
      assert.equal((await gateway.retrievePayment(referenceOf(started))).status, 'requires_payment_method');
      assert.equal(await world.timesCollected(started), 0);
    });

    test('a start whose answer was lost has an unknown outcome, and is found by starting again', async () => {
      const request = await orderAt(gateway);
      await world.loseAnswers(2);
      await assert.rejects(gateway.startPayment(request), GatewayUnavailable);
      await world.endFaults();
      const started = await gateway.startPayment(request);
      await world.pay(started);
      assert.equal((await gateway.collectPayment(referenceOf(started), request.paymentId)).status, 'succeeded');
      assert.equal(await world.timesCollected(started), 1);
    });

    test('one lost answer is asked for again at once, and does the thing once', async () => {
      const request = await orderAt(gateway);
      await world.loseAnswers(1);
      const started = await gateway.startPayment(request);
      await world.pay(started);
      await world.loseAnswers(1);
      assert.equal((await gateway.collectPayment(referenceOf(started), request.paymentId)).status, 'succeeded');
      await world.endFaults();
      assert.equal(await world.timesCollected(started), 1);
    });

    test('a collection whose answers were all lost is settled by asking', async () => {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await world.pay(started);
      await world.loseAnswers(2);
      assert.equal((await gateway.collectPayment(referenceOf(started), request.paymentId)).status, 'succeeded');
      await world.endFaults();
      assert.equal(await world.timesCollected(started), 1);
    });

    test('a gateway that fails, or is not there, leaves the outcome unknown', async () => {
      const started = await gateway.startPayment(await orderAt(gateway));
      await world.fail(8);
      await assert.rejects(gateway.retrievePayment(referenceOf(started)), GatewayUnavailable);
      await world.endFaults();
      assert.equal((await gateway.retrievePayment(referenceOf(started))).status, 'requires_payment_method');
      await assert.rejects(stage.unreachable.retrievePayment(referenceOf(started)), GatewayUnavailable);
    });

    test('ending a payment that was paid answers that it was', async () => {
      const payment = await paid();
      assert.equal((await gateway.cancelPayment(referenceOf(payment))).status, 'succeeded');
      assert.equal(await world.timesCollected(payment), 1);
    });

    test('a payment it has never heard of is missing', async () => {
      await assert.rejects(gateway.retrievePayment(world.unknownReference), GatewayPaymentMissing);
      assert.equal(await gateway.retrieveDispute(world.unknownReference), null);
      assert.equal(await gateway.paymentOfPart(world.unknownReference), null);
    });

    test('a refund id is one refund, and every refund is listed, whoever made it', async () => {
      const payment = await paid();
      const part = { refundId: randomUUID(), paymentReference: referenceOf(payment), amount: money(10_00n, 'USD') };
      await Promise.allSettled([gateway.refundPayment(part), gateway.refundPayment(part)]);
      const once = await gateway.refundPayment(part);
      assert.deepEqual(
        [once.status, once.refundId, once.paymentReference, once.amount],
        ['succeeded', part.refundId, part.paymentReference, part.amount],
      );
      await world.refundByHand(payment, money(4_00n, 'USD'));
      const rest = { ...part, refundId: randomUUID(), amount: money(15_00n, 'USD') };
      await gateway.refundPayment(rest);
      const listed = await gateway.listRefunds(part.paymentReference);
      assert.deepEqual(
        new Set(listed.map((refund) => `${refund.refundId ?? 'by hand'} ${String(refund.amount.amountMinor)}`)),
        new Set([`${part.refundId} 1000`, 'by hand 400', `${rest.refundId} 1500`]),
      );
      assert.equal(listed.length, 3);
      assert.equal(listed.find((refund) => refund.refundId === part.refundId)?.reference, once.reference);
      for (const refund of listed) assert.ok(Math.abs(refund.createdAt.getTime() - Date.now()) < 60_000);
      const status = (await gateway.retrievePayment(part.paymentReference)).status;
      assert.equal(status, 'succeeded', 'money that was given back had come');
    });

    test('more than has come is not given back', async () => {
      const payment = await paid();
      const amount = money(29_01n, 'USD');
      const request = { refundId: randomUUID(), paymentReference: referenceOf(payment), amount };
      await assert.rejects(gateway.refundPayment(request), GatewayRefused);
      assert.deepEqual(await gateway.listRefunds(referenceOf(payment)), []);
      const open = await gateway.startPayment(await orderAt(gateway));
      const ofNothing = { ...request, refundId: randomUUID(), paymentReference: referenceOf(open) };
      await assert.rejects(gateway.refundPayment(ofNothing), GatewayRefused);
    });

    test('an amount it cannot count in is refused for good, not asked about for ever', async () => {
      const payment = await paid();
      for (const [amountMinor, currency] of amounts.refused) {
        const request = {
          refundId: randomUUID(),
          paymentReference: referenceOf(payment),
          amount: money(amountMinor, currency),
        };
        await assert.rejects(gateway.refundPayment(request), GatewayRefused, `${String(amountMinor)} ${currency}`);
      }
      assert.deepEqual(await gateway.listRefunds(referenceOf(payment)), []);
    });

    test('a refund whose answers were lost was made once', async () => {
      const payment = await paid();
      const request = { refundId: randomUUID(), paymentReference: referenceOf(payment), amount: payment.amount };
      await world.loseAnswers(2);
      await assert.rejects(gateway.refundPayment(request), GatewayUnavailable);
      await world.endFaults();
      assert.equal((await gateway.refundPayment(request)).refundId, request.refundId);
      assert.equal((await gateway.listRefunds(referenceOf(payment))).length, 1);
    });

    test('a webhook is believed byte for byte, lately, and for this endpoint alone', async () => {
      await paid();
      const [webhook] = await world.webhooks(1);
      assert.ok(webhook !== undefined);
      const { rawBody, headers } = webhook;
      const verify = async (body: Buffer, given: typeof headers, at = Date.now()) =>
        await gateway.verifyWebhook(body, given, new Date(at));
      const verified = await verify(rawBody, headers);
      assert.ok(verified.eventId.length > 3 && verified.type.length > 3);
      const changed = Buffer.from(
        rawBody.toString('utf8').replace(/\d(?=[^\d]*$)/, (digit) => (digit === '1' ? '2' : '1')),
      );
      const reserialised = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8'))));
      assert.notDeepEqual(reserialised, rawBody);
      for (const [what, attempt] of [
        ['changed', () => verify(changed, headers)],
        ['printed anew', () => verify(reserialised, headers)],
        ['printed anew, indented', () => verify(indented(rawBody), headers)],
        ['cut short', () => verify(rawBody.subarray(0, -1), headers)],
        ['empty', () => verify(Buffer.alloc(0), headers)],
        ['unsigned', () => verify(rawBody, { 'content-type': 'application/json' })],
        ['stale', () => verify(rawBody, headers, Date.now() + world.webhookAgeMaxMs + 60_000)],
      ] as const) {
        await assert.rejects(attempt, WebhookSignatureInvalid, what);
      }
    });

    test('the webhooks of a payment, its refund and its dispute lead to it', async () => {
      const payment = await paid();
      const refund = { refundId: randomUUID(), paymentReference: referenceOf(payment), amount: money(1_00n, 'USD') };
      await gateway.refundPayment(refund);
      await world.dispute(payment);
      const led = new Set<string>();
      const read = new Set<unknown>();
      await until('payment, refunds and dispute', async () => {
        for (const webhook of await world.webhooks(0)) {
          if (read.has(webhook)) continue;
          read.add(webhook);
          await gateway.verifyWebhook(webhook.rawBody, webhook.headers, new Date());
          const { kind, reference } = await meantBy(gateway, webhook.rawBody);
          if (reference === payment.reference) led.add(kind);
        }
        return led.size === 3;
      });
      assert.deepEqual(led, new Set(['payment', 'refunds', 'dispute']));
    });
  });
}

/** What an event is about, and the payment it leads to once the gateway was asked. */
async function meantBy(gateway: PaymentGateway, rawBody: Buffer): Promise<{ kind: string; reference: string | null }> {
  const meaning = gateway.translateEvent(rawBody);
  switch (meaning.kind) {
    case 'payment':
      return { kind: 'payment', reference: meaning.reference };
    case 'refunds':
      return { kind: 'refunds', reference: meaning.paymentReference };
    case 'part':
      return { kind: meaning.about, reference: await gateway.paymentOfPart(meaning.partReference) };
    case 'dispute':
      return {
        kind: 'dispute',
        reference: (await gateway.retrieveDispute(meaning.reference))?.paymentReference ?? null,
      };
    case 'setup':
    case 'method':
    case 'ignored':
      return { kind: meaning.kind, reference: null };
  }
}

function indented(rawBody: Buffer): Buffer {
  return Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8')), null, 4));
}
