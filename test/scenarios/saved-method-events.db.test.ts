import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import { type HeldWebhook, type HeldWebhooks, holdWebhooks } from '#test/support/held-webhooks.ts';
import {
  answerSetupChallenge,
  savable,
  saveCard,
  savedCards,
  setupIntentOf,
  setupSecretOf,
  setUpCard,
  startSetup,
} from '#test/support/saved-methods.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import type { Customer } from '#test/support/test-client.ts';

/** What Stripe tells of a card that was declined, then wanted its holder, and then was saved. */
const setupEvents = ['setup_intent.setup_failed', 'setup_intent.requires_action', 'setup_intent.succeeded'];
const methodEvents = ['payment_method.updated', 'payment_method.detached'];

describe('what gateways tell of saved methods', () => {
  let app: TestApp;
  let held: HeldWebhooks;

  before(async () => {
    app = await createTestApp({ at: new Date('2026-11-20T12:00:00Z') });
    held = await holdWebhooks(app, [...setupEvents, ...methodEvents]);
  });
  after(async () => {
    await held.close();
    await app.close();
  });

  /** A setup whose payer has done everything, of which the app has heard nothing. */
  async function savedUnheard(): Promise<{ ada: Customer; webhooks: readonly HeldWebhook[] }> {
    const ada = await app.signUp();
    const secret = setupSecretOf(await startSetup(app, ada));
    await setUpCard(app.stripe.sandbox, secret, { number: '4000000000000002' });
    await setUpCard(app.stripe.sandbox, secret, { number: savable.authenticated });
    await answerSetupChallenge(app.stripe.sandbox, secret, 'complete');
    return { ada, webhooks: await held.of(setupIntentOf(secret), setupEvents.length) };
  }

  async function endOf({ accountId }: Customer) {
    return await inRead(app.app, { account: accountId }, async (db) => ({
      methods: await db
        .selectFrom('saved_payment_methods')
        .select(['is_default', 'removed_at', 'expires_on'])
        .execute(),
      setups: await db.selectFrom('method_setups').select(['status', 'last_error', 'check_due_at']).execute(),
    }));
  }

  const plainEnd = {
    methods: [{ is_default: true, removed_at: null, expires_on: '2040-12-31' }],
    setups: [{ status: 'succeeded', last_error: null, check_due_at: null }],
  };

  test('every order of the events, each any number of times, ends with the card saved once', async () => {
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
      [2, 2, 1, 0, 2],
    ]) {
      const { ada, webhooks } = await savedUnheard();
      for (const position of order) {
        const webhook = webhooks[position];
        assert.ok(webhook !== undefined);
        await held.deliver(webhook);
        if (order.length > 3) await app.drain();
      }
      await app.drain();
      assert.deepEqual(await endOf(ada), plainEnd, order.join(' '));
    }
  });

  test('every part of the events may be lost', async () => {
    const customers: Customer[] = [];
    for (let mask = 0; mask < 2 ** setupEvents.length; mask += 1) {
      const { ada, webhooks } = await savedUnheard();
      customers.push(ada);
      for (const [position, webhook] of webhooks.entries()) {
        if ((mask & (1 << position)) !== 0) await held.deliver(webhook);
      }
    }
    await app.advance(120);
    for (const ada of customers) assert.deepEqual(await endOf(ada), plainEnd);
  });

  test('a card that its issuer has renewed is known by its new expiry', async () => {
    const ada = await app.signUp();
    await saveCard(app, ada, { number: savable.visa, expYear: 2027, expMonth: 1 });
    const reference = await referenceOf(ada);
    await app.stripe.stripe.paymentMethods.update(reference, { card: { exp_month: 6, exp_year: 2031 } });
    const [updated] = await held.of(reference, 1);
    assert.ok(updated !== undefined);
    await held.deliver(updated);
    await app.drain();
    assert.equal((await endOf(ada)).methods[0]?.expires_on, '2031-06-30');
    assert.deepEqual(await mailsOf(ada), []);
  });

  test('a card that was removed in the dashboard of the gateway is gone here, and the other is the default', async () => {
    const ada = await app.signUp();
    await saveCard(app, ada, { number: savable.visa });
    const reference = await referenceOf(ada);
    await saveCard(app, ada, { number: savable.mastercard });
    await app.stripe.stripe.paymentMethods.detach(reference);
    const [detached] = await held.of(reference, 1);
    assert.ok(detached !== undefined);
    await held.deliver(detached);
    await app.drain();
    assert.deepEqual(await savedCards(app, ada), ['4444 default']);
    await held.deliver(detached);
    await app.drain();
    assert.deepEqual(await savedCards(app, ada), ['4444 default']);
  });

  test('a card that expires is told once, on the first of the month before, and shown from then on', async () => {
    const ada = await app.signUp();
    await saveCard(app, ada, { number: savable.visa, expYear: 2027, expMonth: 2 });
    await saveCard(app, ada, { number: savable.mastercard, expYear: 2027, expMonth: 5 });
    const shown = async () =>
      (await app.ok('listSavedMethods', { as: ada })).data.map(
        (method) => `${String(method.expires_soon)} ${String(method.is_expired)}`,
      );
    await app.advanceTo(new Date('2026-12-30T12:00:00Z'));
    assert.deepEqual([await mailsOf(ada), await shown()], [[], ['false false', 'false false']]);
    await app.advanceTo(new Date('2027-01-02T12:00:00Z'));
    assert.deepEqual(await mailsOf(ada), ['card_expiring']);
    assert.deepEqual(await shown(), ['true false', 'false false']);
    const { data } = await app.ok('listSandboxMessages', { query: { to: ada.email } });
    const mail = data.find((message) => message.subject?.includes('expires'));
    assert.equal(mail?.subject, 'Visa ending 4242, saved at Lanternworks, expires soon');
    await app.advanceTo(new Date('2027-03-02T12:00:00Z'));
    assert.deepEqual(await mailsOf(ada), ['card_expiring']);
    assert.deepEqual(await shown(), ['false true', 'false false']);
    await app.advanceTo(new Date('2027-04-02T12:00:00Z'));
    assert.deepEqual(await mailsOf(ada), ['card_expiring', 'card_expiring']);
  });

  async function referenceOf({ accountId }: Customer): Promise<string> {
    const row = await inRead(app.app, { account: accountId }, (db) =>
      db.selectFrom('saved_payment_methods').select('gateway_reference').executeTakeFirstOrThrow(),
    );
    return row.gateway_reference;
  }

  async function mailsOf({ accountId }: Customer): Promise<string[]> {
    const rows = await inRead(app.app, { account: accountId }, (db) =>
      db.selectFrom('email_messages').select('template').where('template', '=', 'card_expiring').execute(),
    );
    return rows.map((row) => row.template);
  }
});
