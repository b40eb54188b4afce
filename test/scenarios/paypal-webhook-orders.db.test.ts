import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { inRead } from '#server/platform/db/index.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import {
  type HeldPayPalWebhook,
  type HeldPayPalWebhooks,
  holdPayPalWebhooks,
  postPayPalWebhook,
} from '#test/support/held-paypal-webhooks.ts';
import { at, permutations } from '#test/support/permutations.ts';
import { buy, orderOf, type Purchase } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import type { Customer } from '#test/support/test-client.ts';

/** What PayPal tells of an eCheck that arrives after three days, of which the seller gives a part back by hand. */
const typesOfPurchase = [
  'CHECKOUT.ORDER.APPROVED',
  'PAYMENT.CAPTURE.PENDING',
  'PAYMENT.CAPTURE.COMPLETED',
  'PAYMENT.CAPTURE.REFUNDED',
];

type Bought = {
  readonly customer: Customer;
  readonly purchase: Purchase;
  readonly webhooks: readonly HeldPayPalWebhook[];
};
type State = Awaited<ReturnType<typeof accountState>>;

describe('webhooks of PayPal in any order, any number of times, or never', () => {
  let app: TestApp;
  let held: HeldPayPalWebhooks;
  /** The end of the plain run: every event once, in its order, each processed before the next. */
  let plain: State;
  let daysPassed = 0;

  before(async () => {
    app = await createTestApp();
    held = await holdPayPalWebhooks(app);
    const { customer, webhooks } = await paidByCheck();
    for (const webhook of webhooks) {
      await held.deliver(webhook);
      await app.drain();
    }
    plain = await accountState(app.app, customer.accountId);
    assert.deepEqual([plain.invoices[0]?.status, plain.payments[0]?.status], ['paid', 'succeeded']);
    // A third of the money went back, and with it a third of the credits, of which none was spent.
    assert.equal(plain.balance[0]?.available, 334n);
  });
  after(async () => {
    await held.close();
    await app.close();
  });

  /** A purchase that was paid and partly given back, of which the app has heard nothing since it was started. */
  async function paidByCheck(): Promise<Bought> {
    const customer = await app.provision();
    const purchase = await buy(app, customer, { method: 'paypal' });
    const orderId = orderOf(purchase);
    await app.paypal.sandbox.approveOrder(orderId, 'echeck@example.com');
    const { body: order } = await app.paypal.api('POST', `/v2/checkout/orders/${orderId}/capture`, {});
    const captureId = captureIn(order);
    await daysPassAtPayPal();
    const part = { amount: { currency_code: 'USD', value: '3.00' } };
    const { status } = await app.paypal.api('POST', `/v2/payments/captures/${captureId}/refund`, part);
    assert.equal(status, 201);
    return { customer, purchase, webhooks: await held.of([orderId, captureId], typesOfPurchase) };
  }

  /** Time passes at PayPal alone, so that the app does not ask by itself. */
  async function daysPassAtPayPal(): Promise<void> {
    daysPassed += 4;
    await app.paypal.control('POST', 'clock', { offset_ms: daysPassed * 86_400_000 });
  }

  async function assertAsPlain(bought: Bought, what: string): Promise<void> {
    assert.deepEqual(await accountState(app.app, bought.customer.accountId), plain, what);
  }

  for (const [first, type] of typesOfPurchase.entries()) {
    test(`every order of the events that begins with ${type} ends as the plain run`, async () => {
      const orders = permutations([0, 1, 2, 3]).filter((order) => order[0] === first);
      assert.equal(orders.length, 6);
      const all: { bought: Bought; order: readonly number[] }[] = [];
      for (const [index, order] of orders.entries()) {
        const bought = await paidByCheck();
        all.push({ bought, order });
        for (const position of order) {
          assert.deepEqual(await held.deliver(at(bought.webhooks, position)), { received: true, duplicate: false });
          // Some are worked on as they come, most all at once.
          if (index % 3 === 0) await app.drain();
        }
      }
      await app.drain();
      for (const { bought, order } of all) await assertAsPlain(bought, `order ${order.join(' ')}`);
      await assertLedgerBalances(app.app);
    });
  }

  test('every part of the events but the refund may be lost, and each may come twice', async () => {
    const all: { bought: Bought; mask: number }[] = [];
    for (let mask = 0; mask < 2 ** 3; mask += 1) {
      const bought = await paidByCheck();
      all.push({ bought, mask });
      for (const [position, webhook] of bought.webhooks.slice(0, 3).entries()) {
        if ((mask & (1 << position)) === 0) continue;
        await held.deliver(webhook);
        assert.equal((await held.deliver(webhook)).duplicate, true);
      }
      await held.deliver(at(bought.webhooks, 3));
    }
    await app.drain();
    for (const { bought, mask } of all) await assertAsPlain(bought, `delivered ${mask.toString(2)}`);
  });

  test('events that come again, late, and between the steps of the payer end as the plain run', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.nat({ max: typesOfPurchase.length - 1 }) },
      { weight: 1, arbitrary: fc.constant('work' as const) },
      { weight: 2, arbitrary: fc.constant('happen' as const) },
      { weight: 1, arbitrary: fc.constant('return' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const customer = await app.provision();
        const purchase = await buy(app, customer, { method: 'paypal' });
        const story = storyOf(purchase);
        for (const next of steps) {
          if (next === 'work') await app.drain();
          else if (next === 'happen') await story.goOn();
          else if (next === 'return') {
            await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
          } else if (next < story.told()) await held.deliver(at(await story.webhooks(next + 1), next));
        }
        while (story.told() < typesOfPurchase.length) await story.goOn();
        for (const webhook of await story.webhooks(typesOfPurchase.length)) await held.deliver(webhook);
        await app.drain();
        assert.deepEqual(await accountState(app.app, customer.accountId), plain);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    await assertLedgerBalances(app.app);
  });

  /** What the world does about a purchase, step by step; each step is told by one event. */
  function storyOf(purchase: Purchase) {
    const orderId = orderOf(purchase);
    let captureId = '';
    let told = 0;
    const steps = [
      () => app.paypal.sandbox.approveOrder(orderId, 'echeck@example.com'),
      async () => {
        // The app may have captured it itself meanwhile.
        await app.paypal.api('POST', `/v2/checkout/orders/${orderId}/capture`, {});
        captureId = captureIn((await app.paypal.api('GET', `/v2/checkout/orders/${orderId}`)).body);
      },
      daysPassAtPayPal,
      async () => {
        const part = { amount: { currency_code: 'USD', value: '3.00' } };
        await app.paypal.api('POST', `/v2/payments/captures/${captureId}/refund`, part);
      },
    ];
    return {
      told: () => told,
      goOn: async () => {
        await steps[told]?.();
        told = Math.min(told + 1, steps.length);
      },
      webhooks: (count: number) =>
        held.of(captureId === '' ? [orderId] : [orderId, captureId], typesOfPurchase.slice(0, count)),
    };
  }

  test('an event that comes again is stored once and worked on once, byte for byte', async () => {
    const bought = await paidByCheck();
    const webhook = at(bought.webhooks, 2);
    const answers = await Promise.all(Array.from({ length: 8 }, () => held.deliver(webhook)));
    assert.equal(answers.filter((answer) => !answer.duplicate).length, 1);
    await app.drain();
    // Webhooks belong to no account.
    const stored = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('gateway_events')
        .select(['status', 'attempts', 'payload'])
        .where('gateway_event_id', '=', webhook.id)
        .execute(),
    );
    assert.deepEqual(
      stored.map(({ status, attempts }) => [status, attempts]),
      [['processed', 1]],
    );
    assert.ok(stored[0]?.payload.equals(webhook.rawBody));
  });

  test('what PayPal has not signed, or signed for other bytes, is refused and not stored', async () => {
    const { webhooks } = await paidByCheck();
    const { rawBody, headers } = at(webhooks, 0);
    const stored = async () =>
      await inRead(app.app, 'system', (db) => db.selectFrom('gateway_events').select('id').execute());
    const earlier = (await stored()).length;
    for (const forged of [
      { rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8')))), headers },
      { rawBody: Buffer.from(`${rawBody.toString('utf8')} `), headers },
      { rawBody, headers: { ...headers, 'paypal-transmission-time': '2020-01-01T00:00:00Z' } },
      {
        rawBody,
        headers: { ...headers, 'paypal-cert-url': 'https://api.paypal.com.example/v1/notifications/certs/x' },
      },
      { rawBody, headers: {} },
    ]) {
      const answer = await postPayPalWebhook(app, forged);
      assert.equal(answer.statusCode, 400, answer.body);
      assert.equal(answer.json<{ code: string }>().code, 'webhook_signature_invalid');
    }
    assert.equal((await stored()).length, earlier);
  });
});

function captureIn(order: Record<string, unknown>): string {
  const units = (order['purchase_units'] ?? []) as { payments?: { captures?: { id: string }[] } }[];
  return units[0]?.payments?.captures?.[0]?.id ?? assert.fail('The order was captured.');
}
