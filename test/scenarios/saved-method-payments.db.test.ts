import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import { syncSavedMethod } from '#server/flows/steps/sync-saved-method.ts';
import { savedMethodByReference } from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { assertLedgerBalances } from '#test/support/account-state.ts';
import { giveCredits, makeOperation } from '#test/support/metering.ts';
import { answerChallenge, cards, chargesOf, clientSecretOf, packageOf, payByCard } from '#test/support/purchase.ts';
import { savable, saveCard, savedCards } from '#test/support/saved-methods.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

type Purchase = CallResult<Contract['purchaseCredits']>;

describe('paying with saved methods', () => {
  let app: TestApp;
  let ada: Customer;

  before(async () => {
    app = await createTestApp();
    await makeOperation(app.app, 'content.generate');
  });
  beforeEach(async () => {
    ada = await app.signUp();
  });
  after(() => app.close());

  /** Saves a card and answers its id. */
  async function cardOf(number: string): Promise<string> {
    const { saved_method: saved } = await saveCard(app, ada, { number });
    assert.ok(saved !== null);
    return saved.id;
  }

  async function buyBy(means: { saved_method_id?: string; save_method?: boolean }, key?: string): Promise<Purchase> {
    const body = { package_id: await packageOf(app, ada, 'starter'), payment_method: 'card', ...means };
    return await app.ok('purchaseCredits', { as: ada, body, ...(key === undefined ? {} : { key }) });
  }

  async function invoiceStatuses(): Promise<string[]> {
    return (await app.ok('listInvoices', { as: ada })).data.map((invoice) => invoice.status).toReversed();
  }

  async function mails(): Promise<string[]> {
    await app.drain();
    const rows = await inRead(app.app, { account: ada.accountId }, (db) =>
      db.selectFrom('email_messages').select('template').orderBy('id').execute(),
    );
    return rows.map((row) => row.template).filter((template) => template !== 'verify_email');
  }

  test('one click pays, without a card typed, and the receipt names the card', async () => {
    const bought = await buyBy({ saved_method_id: await cardOf(savable.visa) }, 'once');
    assert.deepEqual([bought.next.type, bought.payment.status, bought.credits_available], ['done', 'succeeded', 500]);
    assert.equal(bought.payment.method_details?.type === 'card' && bought.payment.method_details.last4, '4242');
    const again = await buyBy({ saved_method_id: (await firstSaved()).id }, 'once');
    assert.equal(again.payment.id, bought.payment.id);
    const charges = await chargesOf(app.stripe.stripe, uuidOf(bought.payment.id));
    assert.deepEqual(charges, [{ paid: true, amount: 9_00 }]);
    assert.deepEqual(await mails(), ['payment_success']);
    await assertLedgerBalances(app.app);
  });

  test('a payment whose outcome nobody knows is not given up: asking would charge the card', async () => {
    const saved = await cardOf(savable.visa);
    const fault = {
      kind: 'fail_request',
      match: { method: 'POST', path: '/v1/payment_intents' },
      times: 3,
      status: 500,
    };
    await app.stripe.control('POST', 'faults', fault);
    const body = { package_id: await packageOf(app, ada, 'starter'), payment_method: 'card', saved_method_id: saved };
    await app.refused('purchaseCredits', 'gateway_unavailable', { as: ada, body });
    await app.stripe.control('DELETE', 'faults');
    const [invoice] = (await app.ok('listInvoices', { as: ada })).data;
    assert.ok(invoice !== undefined && invoice.open_payment_id !== null);
    const params = { id: invoice.open_payment_id };
    await app.refused('cancelPayment', 'payment_under_way', { as: ada, params });
    const other = { as: ada, params: { id: invoice.id }, body: { payment_method: 'paypal' } };
    await app.refused('payInvoice', 'payment_under_way', other);
    await app.advance(300);
    assert.equal((await app.ok('getPayment', { as: ada, params })).payment.status, 'succeeded');
    assert.deepEqual(await chargesOf(app.stripe.stripe, uuidOf(params.id)), [{ paid: true, amount: 9_00 }]);
  });

  async function firstSaved() {
    const [first] = (await app.ok('listSavedMethods', { as: ada })).data;
    assert.ok(first !== undefined);
    return first;
  }

  test('a bank that wants the payer is answered in the page, with the payer there', async () => {
    const bought = await buyBy({ saved_method_id: await cardOf(savable.authenticated) });
    assert.deepEqual([bought.payment.status, bought.next.type], ['requires_action', 'confirm_card']);
    await answerChallenge(app.stripe.sandbox, clientSecretOf(bought), 'complete');
    const paid = await app.ok('confirmPayment', { as: ada, params: { id: bought.payment.id } });
    assert.deepEqual([paid.next.type, paid.credits_available], ['done', 500]);
  });

  test('a declined saved card leaves the payment open, for a typed card or another saved one', async () => {
    const declining = await cardOf(savable.declinedLater);
    const good = await cardOf(savable.mastercard);
    const bought = await buyBy({ saved_method_id: declining });
    assert.deepEqual(
      [bought.payment.status, bought.payment.last_payment_error?.code],
      ['requires_payment_method', 'card_declined'],
    );
    const params = { id: bought.invoice.id };
    const typed = await app.ok('payInvoice', { as: ada, params, body: { payment_method: 'card' } });
    assert.equal(typed.payment.id, bought.payment.id, 'a typed card goes on with it');
    const body = { payment_method: 'card', saved_method_id: good };
    const paid = await app.ok('payInvoice', { as: ada, params, body });
    assert.notEqual(paid.payment.id, bought.payment.id);
    assert.deepEqual([paid.next.type, paid.credits_available], ['done', 500]);
    assert.deepEqual(await invoiceStatuses(), ['paid']);
    const first = await app.ok('getPayment', { as: ada, params: { id: bought.payment.id } });
    assert.equal(first.payment.status, 'canceled', 'ended at the gateway before the other one was charged');
    await assertLedgerBalances(app.app);
  });

  test('a method of somebody else, a removed one and one that fits another method are refused before anything', async () => {
    const id = await cardOf(savable.visa);
    const body = { package_id: await packageOf(app, ada, 'starter'), payment_method: 'card', saved_method_id: id };
    const eve = await app.signUp();
    await app.refused('purchaseCredits', 'saved_method_unknown', { as: eve, body });
    await app.refused('purchaseCredits', 'saved_method_unknown', {
      as: ada,
      body: { ...body, payment_method: 'paypal' },
    });
    await app.ok('removeSavedMethod', { as: ada, params: { id } });
    await app.refused('purchaseCredits', 'saved_method_unknown', { as: ada, body });
    assert.deepEqual(await invoiceStatuses(), [], 'no number was used');
  });

  test('a card is kept when its payer wants it, once it has paid, and only then', async () => {
    const plain = await buyBy({});
    await payByCard(app.stripe.sandbox, clientSecretOf(plain), cards.accepted);
    await app.ok('confirmPayment', { as: ada, params: { id: plain.payment.id } });
    assert.deepEqual(await savedCards(app, ada), []);

    const kept = await buyBy({ save_method: true });
    await payByCard(app.stripe.sandbox, clientSecretOf(kept), cards.declined);
    await app.ok('confirmPayment', { as: ada, params: { id: kept.payment.id } });
    assert.deepEqual(await savedCards(app, ada), []);
    await payByCard(app.stripe.sandbox, clientSecretOf(kept), savable.mastercard);
    await Promise.all([1, 2, 3].map(() => app.ok('confirmPayment', { as: ada, params: { id: kept.payment.id } })));
    assert.deepEqual(await savedCards(app, ada), ['4444 default']);
    const again = await buyBy({ saved_method_id: (await firstSaved()).id });
    assert.equal(again.next.type, 'done');
  });

  describe('auto top-up', () => {
    /** Below 100 credits a package of 500 for 9.00 is bought, for at most 100.00 a month. */
    async function switchOn() {
      const id = await packageOf(app, ada, 'starter');
      const body = { enabled: true, package_id: id, threshold: 100, monthly_cap: 100_00 };
      return await app.ok('updateAutoTopUp', { as: ada, body });
    }

    async function spend(quantity: number): Promise<void> {
      await app.ok('consumeCredits', { as: ada, body: { operation: 'content.generate', quantity } });
      await app.drain();
    }

    async function available(): Promise<number> {
      return (await app.ok('getCreditBalance', { as: ada })).available;
    }

    beforeEach(() => giveCredits(app.app, ada.accountId, 150n));

    test('works from the card saved by the page to the credits', async () => {
      const id = await packageOf(app, ada, 'starter');
      const body = { enabled: true, package_id: id, threshold: 100, monthly_cap: 100_00 };
      await app.refused('updateAutoTopUp', 'saved_method_required', { as: ada, body });
      await cardOf(savable.visa);
      const on = await switchOn();
      assert.equal(on.saved_method?.details.type === 'card' && on.saved_method.details.last4, '4242');
      assert.deepEqual((await firstSaved()).needed_by, ['auto_top_up']);
      await spend(60);
      assert.equal(await available(), 590);
      assert.deepEqual(await mails(), ['payment_success']);
      await assertLedgerBalances(app.app);
    });

    test('works from the PayPal account saved by the page, which pays a purchase too', async () => {
      const setup = await app.ok('addPaymentMethod', { as: ada, body: { method: 'paypal' } });
      assert.ok(setup.next.type === 'approve_paypal');
      await app.paypal.sandbox.approveSetupToken(setup.next.setup_token, 'buyer@example.com');
      const saved = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
      assert.deepEqual(saved.saved_method?.details, { type: 'paypal', payer_email: 'buyer@example.com' });
      await switchOn();
      await spend(60);
      assert.equal(await available(), 590);
      const body = { package_id: await packageOf(app, ada, 'starter'), payment_method: 'paypal' };
      const means = { ...body, saved_method_id: saved.saved_method.id };
      const bought = await app.ok('purchaseCredits', { as: ada, body: means });
      assert.deepEqual([bought.next.type, await available()], ['done', 1_090]);
      await app.ok('updateAutoTopUp', { as: ada, body: { enabled: false } });
      await app.ok('removeSavedMethod', { as: ada, params: { id: saved.saved_method.id } });
      await app.drain();
      const forgotten = await inRead(app.app, { account: ada.accountId }, (db) =>
        db.selectFrom('saved_payment_methods').select('forgotten_at').executeTakeFirstOrThrow(),
      );
      assert.notEqual(forgotten.forgotten_at, null);
      await assertLedgerBalances(app.app);
    });

    test('what it charges is not removed without another, and goes on with that', async () => {
      const visa = await cardOf(savable.visa);
      await switchOn();
      const problem = await app.refused('removeSavedMethod', 'saved_method_needed', { as: ada, params: { id: visa } });
      assert.deepEqual((problem as { needed_by?: unknown }).needed_by, ['auto_top_up']);
      await cardOf(savable.mastercard);
      await app.ok('removeSavedMethod', { as: ada, params: { id: visa } });
      await spend(60);
      const { last_top_up: last } = await app.ok('getAutoTopUp', { as: ada });
      const paid = await app.ok('getPayment', { as: ada, params: { id: last?.payment_id ?? '' } });
      assert.equal(paid.payment.method_details?.type === 'card' && paid.payment.method_details.last4, '4444');
      await app.ok('updateAutoTopUp', { as: ada, body: { enabled: false } });
      await app.ok('removeSavedMethod', { as: ada, params: { id: (await firstSaved()).id } });
      assert.deepEqual(await savedCards(app, ada), []);
    });

    test('a card saved after a decline is charged instead, and what waited for its payer is ended', async () => {
      await cardOf(savable.declinedLater);
      await switchOn();
      await spend(60);
      assert.equal(await available(), 90);
      assert.deepEqual(await mails(), ['top_up_failed']);
      await cardOf(savable.visa);
      await app.drain();
      assert.deepEqual(await savedCards(app, ada), ['4242 default', '0341']);
      assert.equal(await available(), 590);
      assert.deepEqual(await invoiceStatuses(), ['void', 'paid']);
      const { switched_off: off, enabled } = await app.ok('getAutoTopUp', { as: ada });
      assert.deepEqual([off, enabled], [null, true]);
      assert.deepEqual(await mails(), ['top_up_failed', 'payment_success']);
      await assertLedgerBalances(app.app);
    });

    test('one that was switched off for want of a card is on again with the next card', async () => {
      await cardOf(savable.visa);
      await switchOn();
      // The gateway keeps the card no more: removed in its own dashboard.
      const reference = await inRead(app.app, { account: ada.accountId }, (db) =>
        db.selectFrom('saved_payment_methods').select('gateway_reference').executeTakeFirstOrThrow(),
      );
      await app.stripe.stripe.paymentMethods.detach(reference.gateway_reference);
      await removedAtGateway(reference.gateway_reference);
      await spend(60);
      assert.equal((await app.ok('getAutoTopUp', { as: ada })).switched_off, 'saved_method_missing');
      await cardOf(savable.mastercard);
      await app.drain();
      const resumed = await app.ok('getAutoTopUp', { as: ada });
      assert.deepEqual([resumed.enabled, resumed.switched_off], [true, null]);
      assert.equal(await available(), 590);
      assert.deepEqual(await mails(), ['top_up_failed', 'payment_success']);
    });

    test('one that its account switched off stays off', async () => {
      await cardOf(savable.declinedLater);
      await switchOn();
      await spend(60);
      await app.ok('updateAutoTopUp', { as: ada, body: { enabled: false } });
      await cardOf(savable.visa);
      await app.drain();
      assert.deepEqual([await available(), (await app.ok('getAutoTopUp', { as: ada })).enabled], [90, false]);
    });

    /** Tells the app what the gateway's dashboard did, as its webhook would. */
    async function removedAtGateway(reference: string): Promise<void> {
      // Webhooks belong to no account.
      const method = await inRead(app.app, 'system', (db) => savedMethodByReference(db, 'stripe', reference));
      assert.ok(method !== null);
      await syncSavedMethod(app.app, method);
    }
  });
});
