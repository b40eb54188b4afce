import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { inRead } from '#server/platform/db/index.ts';
import { accountState, assertLedgerBalances } from '#test/support/account-state.ts';
import { type HeldWebhook, type HeldWebhooks, holdWebhooks } from '#test/support/held-webhooks.ts';
import { at, permutations } from '#test/support/permutations.ts';
import { buy, cards, clientSecretOf, intentOf, payByCard, type Purchase } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import type { Customer } from '#test/support/test-client.ts';

/** What Stripe tells of a payment that is declined once and then succeeds. */
const typesOfPurchase = [
  'payment_intent.created',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'charge.failed',
  'charge.succeeded',
];

type Bought = { readonly customer: Customer; readonly purchase: Purchase; readonly webhooks: readonly HeldWebhook[] };
type State = Awaited<ReturnType<typeof accountState>>;

describe('webhooks in any order, any number of times, or never', () => {
  let app: TestApp;
  let held: HeldWebhooks;
  /** The end of the plain run: every event once, in its order, each processed before the next. */
  let plain: State;

  before(async () => {
    app = await createTestApp();
    held = await holdWebhooks(app);
    const { customer, webhooks } = await declinedThenPaid();
    assert.deepEqual(
      webhooks.map((webhook) => webhook.type),
      typesOfPurchase,
    );
    for (const webhook of webhooks) {
      await held.deliver(webhook);
      await app.drain();
    }
    plain = await accountState(app.app, customer.accountId);
    assert.deepEqual([plain.invoices[0]?.status, plain.balance[0]?.available], ['paid', 500n]);
    assert.deepEqual([plain.documents.length, plain.emails.length, plain.ledger.length], [2, 1, 1]);
  });
  after(async () => {
    await held.close();
    await app.close();
  });

  /** A purchase that was declined once and then paid, of which the app has heard nothing since it was started. */
  async function declinedThenPaid(): Promise<Bought> {
    const customer = await app.provision();
    const purchase = await buy(app, customer);
    const secret = clientSecretOf(purchase);
    await payByCard(app.stripe.sandbox, secret, cards.declined);
    await payByCard(app.stripe.sandbox, secret, cards.accepted);
    return { customer, purchase, webhooks: await held.of(intentOf(secret), typesOfPurchase.length) };
  }

  async function assertAsPlain(bought: Bought, what: string): Promise<void> {
    assert.deepEqual(await accountState(app.app, bought.customer.accountId), plain, what);
  }

  for (const [first, type] of typesOfPurchase.entries()) {
    test(`every order of the events that begins with ${type} ends as the plain run`, async () => {
      const orders = permutations([0, 1, 2, 3, 4]).filter((order) => order[0] === first);
      assert.equal(orders.length, 24);
      const all: { bought: Bought; order: readonly number[] }[] = [];
      for (const [index, order] of orders.entries()) {
        const bought = await declinedThenPaid();
        all.push({ bought, order });
        for (const position of order) {
          assert.deepEqual(await held.deliver(at(bought.webhooks, position)), { received: true, duplicate: false });
          // Some are worked on as they come, most all at once.
          if (index % 8 === 0) await app.drain();
        }
      }
      await app.drain();
      for (const { bought, order } of all) await assertAsPlain(bought, `order ${order.join(' ')}`);
      await assertLedgerBalances(app.app);
    });
  }

  test('every part of the events may be lost: the sweep ends as the plain run', async () => {
    const all: { bought: Bought; mask: number }[] = [];
    for (let mask = 0; mask < 2 ** typesOfPurchase.length; mask += 1) {
      const bought = await declinedThenPaid();
      all.push({ bought, mask });
      for (const [position, webhook] of bought.webhooks.entries()) {
        if ((mask & (1 << position)) !== 0) await held.deliver(webhook);
      }
    }
    await app.advance(90);
    for (const { bought, mask } of all) await assertAsPlain(bought, `delivered ${mask.toString(2)}`);
  });

  test('events that come again, late, and between the steps of the payer end as the plain run', async () => {
    // What happens, in any interleaving: the payer's two attempts, deliveries of whatever has been told so far, work on jobs.
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.nat({ max: typesOfPurchase.length - 1 }) },
      { weight: 1, arbitrary: fc.constant('work' as const) },
      { weight: 1, arbitrary: fc.constant('pay' as const) },
      { weight: 1, arbitrary: fc.constant('return' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        const customer = await app.provision();
        const purchase = await buy(app, customer);
        const secret = clientSecretOf(purchase);
        const attempts: string[] = [cards.declined, cards.accepted];
        let told = 1;
        const tryNextCard = async (): Promise<void> => {
          const card = attempts.shift();
          if (card === undefined) return;
          await payByCard(app.stripe.sandbox, secret, card);
          told += 2;
        };
        for (const next of steps) {
          if (next === 'work') await app.drain();
          else if (next === 'pay') await tryNextCard();
          else if (next === 'return')
            await app.ok('confirmPayment', { as: customer, params: { id: purchase.payment.id } });
          else {
            const known = await held.of(intentOf(secret), told);
            const webhook = known[next];
            if (webhook !== undefined) await held.deliver(webhook);
          }
        }
        while (attempts.length > 0) await tryNextCard();
        for (const webhook of await held.of(intentOf(secret), typesOfPurchase.length)) await held.deliver(webhook);
        await app.drain();
        assert.deepEqual(await accountState(app.app, customer.accountId), plain);
      }),
      { numRuns: 15, endOnFailure: true },
    );
    await assertLedgerBalances(app.app);
  });

  test('an event that comes again is stored once and worked on once', async () => {
    const bought = await declinedThenPaid();
    const webhook = at(bought.webhooks, 2);
    const answers = await Promise.all(Array.from({ length: 10 }, () => held.deliver(webhook)));
    assert.equal(answers.filter((answer) => !answer.duplicate).length, 1);
    await app.drain();
    await assertAsPlain(bought, 'ten at once');
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
    assert.equal(stored[0]?.payload.toString('utf8'), webhook.body, 'byte for byte');
  });

  test('an event that failed is worked on again, and staff may have it replayed', async () => {
    const bought = await declinedThenPaid();
    const webhook = at(bought.webhooks, 2);
    const fault = { kind: 'fail_request', match: { path: '/v1/payment_intents' }, times: 3, status: 500 };
    await app.stripe.control('POST', 'faults', fault);
    await held.deliver(webhook);
    await app.drain();
    const statusOf = async () => {
      const rows = await inRead(app.app, 'system', (db) =>
        db
          .selectFrom('gateway_events')
          .select(['status', 'outcome'])
          .where('gateway_event_id', '=', webhook.id)
          .execute(),
      );
      return rows[0];
    };
    assert.equal((await statusOf())?.status, 'failed');
    await app.stripe.control('DELETE', 'faults');
    await app.eventually('the event is tried again', async () => {
      await app.drain();
      return (await statusOf())?.status === 'processed';
    });
    await assertAsPlain(bought, 'tried again');
  });
});

describe('webhooks switched off', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ environment: { PURSER_STRIPE_WEBHOOKS: 'off' } });
  });
  after(() => app.close());

  test('there is no endpoint for them, and return page and sweep bring every payment to its end', async () => {
    const held = await holdWebhooks(app);
    try {
      const returning = await app.provision();
      const leaving = await app.provision();
      const purchases = [await buy(app, returning), await buy(app, leaving)];
      for (const purchase of purchases) {
        await payByCard(app.stripe.sandbox, clientSecretOf(purchase), cards.accepted);
      }
      const [first, second] = purchases;
      assert.ok(first !== undefined && second !== undefined);
      const [webhook] = await held.of(intentOf(clientSecretOf(first)), 3);
      assert.ok(webhook !== undefined);
      await assert.rejects(held.deliver(webhook), /not_found/);

      const paid = await app.ok('confirmPayment', { as: returning, params: { id: first.payment.id } });
      assert.equal(paid.payment.status, 'succeeded');
      await app.advance(90);
      const swept = await app.ok('getPayment', { as: leaving, params: { id: second.payment.id } });
      assert.deepEqual([swept.payment.status, swept.credits_available], ['succeeded', 500]);
      const states = [await accountState(app.app, returning.accountId), await accountState(app.app, leaving.accountId)];
      assert.deepEqual(states[0], states[1]);
    } finally {
      await held.close();
    }
  });
});
