import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type Currency, money } from '#shared/money/index.ts';
import {
  type GatewayPayment,
  GatewayUnavailable,
  type PaymentGateway,
  type PaymentRequest,
  WebhookSignatureInvalid,
} from '#server/modules/payments/gateway.ts';
import type { GatewayStage } from './gateway-stage.ts';

/** Amounts a gateway takes, of currencies with different decimals, and amounts it cannot collect. */
export type GatewayAmounts = {
  readonly taken: readonly (readonly [bigint, Currency])[];
  readonly refused: readonly (readonly [bigint, Currency])[];
};

/**
 * What every gateway promises, whatever its own words are (docs/guides/add-a-gateway.md). One whose truth lies with staff
 * promises this alone; one that moves money itself also what `describeMoneyGateway` asks.
 */
export function describeGateway(name: string, openStage: () => Promise<GatewayStage>, amounts: GatewayAmounts): void {
  describe(`the promises of every gateway, kept by ${name}`, () => {
    let stage: GatewayStage;
    let gateway: PaymentGateway;

    before(async () => {
      stage = await openStage();
      gateway = stage.gateway;
    });
    after(() => stage.close());

    test('it has its name, and an account is known by one name however often it is made known', async () => {
      assert.equal(gateway.name, name);
      const customer = { accountId: randomUUID(), name: 'Fernwood', email: 'pay@fernwood.example', replaces: null };
      const known = await gateway.createCustomer(customer);
      assert.ok(known.length > 0 && known.length <= 255);
      assert.equal(await gateway.createCustomer(customer), known);
    });

    test('a payment id is one payment, however often and at once it is started', async () => {
      const request = await orderAt(gateway);
      const answers = await Promise.all([gateway.startPayment(request), startedAnyway(gateway, request)]);
      const again = await gateway.startPayment(request);
      const [first] = answers;
      for (const answer of [...answers, again]) assert.deepEqual(answer, first);
      assert.equal(again.paymentId, request.paymentId);
      assert.deepEqual(again.amount, request.amount);
      assert.deepEqual(again.received, money(0n, 'USD'));
      const begins = gateway.abilities.truth === 'staff' ? 'awaiting_transfer' : 'requires_payment_method';
      assert.equal(again.status, begins);
      assert.notEqual((await gateway.startPayment(await orderAt(gateway))).reference, again.reference);
    });

    test('what it can collect, and what not, is known without asking', () => {
      for (const [amountMinor, currency] of amounts.taken)
        assert.ok(gateway.takes(money(amountMinor, currency)), currency);
      for (const [amountMinor, currency] of amounts.refused) {
        assert.equal(gateway.takes(money(amountMinor, currency)), false, `${String(amountMinor)} ${currency}`);
      }
    });

    test('a payment that was not made can be ended, once', async () => {
      const open = await gateway.startPayment(await orderAt(gateway));
      assert.equal((await gateway.cancelPayment(referenceOf(open))).status, 'canceled');
      assert.equal((await gateway.cancelPayment(referenceOf(open))).status, 'canceled', 'twice is once');
    });

    test('what nobody has signed is not believed', async () => {
      for (const body of ['', '{}', '{"id": "evt_1", "type": "x", "event_type": "X"}']) {
        const verify = async () => await gateway.verifyWebhook(Buffer.from(body), {}, new Date());
        await assert.rejects(verify, WebhookSignatureInvalid);
      }
    });

    test('an event nobody knows is ignored with a sentence', () => {
      for (const body of ['{}', '[]', '{"type": "x.y", "event_type": "X.Y", "data": {"object": {}}, "resource": {}}']) {
        const meaning = gateway.translateEvent(Buffer.from(body));
        assert.ok(meaning.kind === 'ignored' && meaning.reason.length > 10);
      }
    });
  });
}

/** A request over 29 dollars for an account of its own, with whatever a test wants to be different. */
export async function orderAt(gateway: PaymentGateway, changes: Partial<PaymentRequest> = {}): Promise<PaymentRequest> {
  const customer = { accountId: randomUUID(), name: 'Fernwood', email: 'pay@fernwood.example', replaces: null };
  return {
    paymentId: randomUUID(),
    amount: money(29_00n, 'USD'),
    description: 'INV-2026-11-00001',
    customerReference: await gateway.createCustomer(customer),
    savedMethodReference: null,
    payerIsPresent: true,
    keepsMethod: false,
    returnUrl: 'https://purser.example/payments',
    ...changes,
  };
}

/** The payment's name at the gateway. */
export function referenceOf(payment: GatewayPayment): string {
  assert.ok(payment.reference !== null, 'the payment has a name at the gateway');
  return payment.reference;
}

/** Of two requests at once a gateway may answer the second with “not now”; asked again, it answers the same. */
async function startedAnyway(gateway: PaymentGateway, request: PaymentRequest): Promise<GatewayPayment> {
  try {
    return await gateway.startPayment(request);
  } catch (thrown) {
    assert.ok(thrown instanceof GatewayUnavailable, String(thrown));
    return await gateway.startPayment(request);
  }
}
