import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import { confirmMethodSetup } from '#server/flows/saved-methods/confirm-method-setup.ts';
import { newMember, newPerson, type Person } from '#test/support/test-people.ts';
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
import { uuidOf } from '#test/support/test-client.ts';

const day = 24 * 60 * 60;

describe('saved payment methods', () => {
  let app: TestApp;
  let ada: Person;

  before(async () => {
    app = await createTestApp();
  });
  beforeEach(async () => {
    ada = await newPerson(app);
  });
  after(() => app.close());

  /** Everything the database knows of the account's methods, removed ones too, oldest first. */
  async function rows() {
    return await inRead(app.app, { account: ada.accountId }, (db) =>
      db
        .selectFrom('saved_payment_methods')
        .select(['id', 'gateway_reference', 'is_default', 'removed_at', 'forgotten_at', 'expires_on'])
        .orderBy('id')
        .execute(),
    );
  }

  /** What the gateway keeps for the account: the last digits, oldest first. */
  async function keptAtGateway(): Promise<string[]> {
    const customer = await inRead(app.app, { account: ada.accountId }, (db) =>
      db.selectFrom('gateway_customers').select('customer_reference').executeTakeFirstOrThrow(),
    );
    const { data } = await app.stripe.stripe.paymentMethods.list({ customer: customer.customer_reference });
    return data.map((method) => method.card?.last4 ?? '').toReversed();
  }

  async function auditActions(): Promise<string[]> {
    const entries = await inRead(app.app, { account: ada.accountId }, (db) =>
      db.selectFrom('audit_entries').select('action').where('action', 'like', 'saved_method%').orderBy('id').execute(),
    );
    return entries.map((entry) => entry.action);
  }

  test('a card is saved by the page, is the default one, and the gateway may charge it later', async () => {
    const empty = await app.ok('listSavedMethods', { as: ada });
    assert.deepEqual(empty.data, []);
    assert.ok(empty.addable.some((option) => option.method === 'card' && option.publishable_key !== null));

    const setup = await startSetup(app, ada);
    assert.deepEqual([setup.status, setup.saved_method], ['open', null]);
    const intent = await app.stripe.stripe.setupIntents.retrieve(setupIntentOf(setupSecretOf(setup)));
    assert.deepEqual([intent.usage, intent.automatic_payment_methods?.enabled], ['off_session', true]);
    await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number: savable.visa });

    const saved = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
    assert.deepEqual([saved.status, saved.next.type, saved.last_error], ['succeeded', 'done', null]);
    const { data } = await app.ok('listSavedMethods', { as: ada });
    assert.deepEqual(data, [saved.saved_method]);
    assert.deepEqual(data[0]?.details, {
      type: 'card',
      brand: 'visa',
      last4: '4242',
      exp_month: 12,
      exp_year: 2040,
    });
    assert.deepEqual([data[0]?.is_default, data[0]?.is_expired, data[0]?.expires_soon], [true, false, false]);
    assert.deepEqual(await auditActions(), ['saved_method.setup_started', 'saved_method.saved']);
  });

  test('a repetition under the same key goes on with the same setup, another body is refused', async () => {
    const one = await startSetup(app, ada, 'save');
    const other = await startSetup(app, ada, 'save');
    assert.equal(other.id, one.id);
    assert.equal(setupSecretOf(other), setupSecretOf(one));
    await app.refused('addPaymentMethod', 'idempotency_key_reused', {
      as: ada,
      body: { method: 'paypal' },
      key: 'save',
    });
    await app.refused('addPaymentMethod', 'payment_method_unavailable', { as: ada, body: { method: 'bank_transfer' } });
  });

  test('a declined card leaves the setup open for another one, and the bank may want the holder', async () => {
    const setup = await startSetup(app, ada);
    const secret = setupSecretOf(setup);
    await setUpCard(app.stripe.sandbox, secret, { number: '4000000000000002' });
    const declined = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
    assert.deepEqual([declined.status, declined.last_error?.code], ['open', 'card_declined']);
    assert.equal(await setUpCard(app.stripe.sandbox, secret, { number: savable.authenticated }), 'requires_action');
    await answerSetupChallenge(app.stripe.sandbox, secret, 'fail');
    const refused = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
    assert.deepEqual([refused.status, refused.last_error?.code], ['open', 'authentication_failed']);
    assert.deepEqual(await savedCards(app, ada), []);
    await setUpCard(app.stripe.sandbox, secret, { number: savable.authenticated });
    await answerSetupChallenge(app.stripe.sandbox, secret, 'complete');
    const saved = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
    assert.deepEqual([saved.status, saved.last_error], ['succeeded', null]);
    assert.deepEqual(await savedCards(app, ada), ['3184 default']);
  });

  test('many confirmations at once save one method', async () => {
    const setup = await startSetup(app, ada);
    await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number: savable.visa });
    const target = { accountId: ada.accountId, setupId: uuidOf(setup.id) };
    const causes = ['payer', 'webhook', 'sweep', 'payer', 'webhook', 'payer', 'sweep', 'payer'] as const;
    const answers = await Promise.all(causes.map((cause) => confirmMethodSetup(app.app, target, cause)));
    assert.equal(new Set(answers.map((answer) => answer.savedMethod?.id)).size, 1);
    assert.deepEqual([(await rows()).length, await savedCards(app, ada)], [1, ['4242 default']]);
    assert.deepEqual(await auditActions(), ['saved_method.setup_started', 'saved_method.saved']);
  });

  test('two cards that are saved at once leave one default', async () => {
    const setups = [await startSetup(app, ada), await startSetup(app, ada)];
    for (const [index, number] of [savable.visa, savable.mastercard].entries()) {
      const setup = setups[index];
      assert.ok(setup !== undefined);
      await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number });
    }
    await Promise.all(setups.map(({ id }) => app.ok('confirmMethodSetup', { as: ada, params: { id } })));
    const known = await rows();
    assert.equal(known.length, 2);
    assert.equal(known.filter((row) => row.is_default).length, 1);
  });

  test('the same card saved twice is one method, and the gateway forgets the second', async () => {
    const first = await saveCard(app, ada, { number: savable.visa });
    const second = await saveCard(app, ada, { number: savable.visa });
    assert.equal(second.saved_method?.id, first.saved_method?.id);
    await app.drain();
    assert.deepEqual(await savedCards(app, ada), ['4242 default']);
    assert.deepEqual(await keptAtGateway(), ['4242']);
    const [kept, spare] = await rows();
    assert.deepEqual([kept?.removed_at, spare?.forgotten_at === null], [null, false]);
  });

  test('a renewed card takes the place of the one before, default and all', async () => {
    await saveCard(app, ada, { number: savable.visa, expYear: 2029 });
    await saveCard(app, ada, { number: savable.mastercard });
    const renewed = await saveCard(app, ada, { number: savable.visa, expYear: 2034 });
    await app.drain();
    assert.deepEqual(await savedCards(app, ada), ['4242 default', '4444']);
    const { data } = await app.ok('listSavedMethods', { as: ada });
    assert.equal(data[0]?.id, renewed.saved_method?.id);
    assert.deepEqual(data[0]?.details.type === 'card' && data[0].details.exp_year, 2034);
    assert.deepEqual(await keptAtGateway(), ['4444', '4242']);
  });

  test('another default is chosen, and a removed default makes way for the newest other one', async () => {
    await saveCard(app, ada, { number: savable.visa });
    const second = await saveCard(app, ada, { number: savable.mastercard });
    await saveCard(app, ada, { number: savable.amex });
    assert.deepEqual(await savedCards(app, ada), ['4242 default', '0005', '4444']);
    const id = second.saved_method?.id ?? '';
    const chosen = await app.ok('setDefaultMethod', { as: ada, params: { id } });
    assert.equal(chosen.is_default, true);
    assert.deepEqual(await savedCards(app, ada), ['4444 default', '0005', '4242']);

    await app.ok('removeSavedMethod', { as: ada, params: { id } });
    assert.deepEqual(await savedCards(app, ada), ['0005 default', '4242']);
    await app.drain();
    assert.deepEqual(await keptAtGateway(), ['4242', '0005']);
    await app.refused('removeSavedMethod', 'not_found', { as: ada, params: { id } });
    await app.refused('setDefaultMethod', 'not_found', { as: ada, params: { id } });
  });

  test('whatever is done at once, one of the methods is the default', async () => {
    const ids: string[] = [];
    for (const number of [savable.visa, savable.mastercard, savable.amex]) {
      const { saved_method: saved } = await saveCard(app, ada, { number });
      ids.push(saved?.id ?? '');
    }
    for (const [removed = '', ...others] of [ids, ids.slice(1)]) {
      const setup = await startSetup(app, ada);
      const number = others.length === 2 ? '6011111111111117' : '3056930009020004';
      await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number });
      await Promise.all([
        ...others.map((id) => app.call('setDefaultMethod', { as: ada, params: { id } })),
        app.call('setDefaultMethod', { as: ada, params: { id: removed } }),
        app.call('removeSavedMethod', { as: ada, params: { id: removed } }),
        app.call('confirmMethodSetup', { as: ada, params: { id: setup.id } }),
        app.call('removeSavedMethod', { as: ada, params: { id: removed } }),
      ]);
      const live = (await rows()).filter((row) => row.removed_at === null);
      assert.equal(live.length, 3);
      assert.equal(live.filter((row) => row.is_default).length, 1);
    }
    assert.deepEqual(app.errors, []);
  });

  test('a gateway that does not answer is told later to forget what was removed', async () => {
    const saved = await saveCard(app, ada, { number: savable.visa });
    await app.ok('removeSavedMethod', { as: ada, params: { id: saved.saved_method?.id ?? '' } });
    const fault = { kind: 'fail_request', match: { path: '/v1/payment_methods' }, times: 3, status: 500 };
    await app.stripe.control('POST', 'faults', fault);
    await app.drain();
    assert.deepEqual(await savedCards(app, ada), []);
    await app.stripe.control('DELETE', 'faults');
    await app.eventually('the gateway has forgotten it', async () => {
      await app.drain();
      return (await keptAtGateway()).length === 0;
    });
  });

  test('others neither see, choose, remove nor confirm what is not theirs', async () => {
    const setup = await startSetup(app, ada);
    await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number: savable.visa });
    const saved = await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } });
    const eve = await newPerson(app);
    assert.deepEqual((await app.ok('listSavedMethods', { as: eve })).data, []);
    const params = { id: saved.saved_method?.id ?? '' };
    await app.refused('setDefaultMethod', 'not_found', { as: eve, params });
    await app.refused('removeSavedMethod', 'not_found', { as: eve, params });
    await app.refused('confirmMethodSetup', 'not_found', { as: eve, params: { id: setup.id } });
    const params2 = { as: eve, body: { package_id: await packageId(), payment_method: 'card' } };
    const stolen = { ...params2, body: { ...params2.body, saved_method_id: params.id } };
    await app.refused('purchaseCredits', 'saved_method_unknown', stolen);
    assert.deepEqual(await savedCards(app, ada), ['4242 default']);
  });

  test('owner, administrator and billing manage them; members and viewers do not see them; no key saves', async () => {
    await saveCard(app, ada, { number: savable.visa });
    for (const role of ['admin', 'billing'] as const) {
      const colleague = await newMember(app, ada, role);
      assert.equal((await app.ok('listSavedMethods', { as: colleague })).data.length, 1);
      assert.equal((await startSetup(app, colleague)).status, 'open');
    }
    for (const role of ['member', 'viewer'] as const) {
      const colleague = await newMember(app, ada, role);
      await app.refused('listSavedMethods', 'forbidden', { as: colleague });
      await app.refused('addPaymentMethod', 'forbidden', { as: colleague, body: { method: 'card' } });
    }
    const product = { headers: { ...app.platform.headers, 'purser-account': ada.id } };
    assert.equal((await app.ok('listSavedMethods', { as: product })).data.length, 1);
    await app.refused('addPaymentMethod', 'forbidden', { as: product, body: { method: 'card' } });
  });

  test('with the page closed and every webhook lost the card is found, and an abandoned setup ends', async () => {
    const closed = await startSetup(app, ada);
    await setUpCard(app.stripe.sandbox, setupSecretOf(closed), { number: savable.visa });
    const abandoned = await startSetup(app, ada);
    await app.advance(120);
    assert.deepEqual(await savedCards(app, ada), ['4242 default']);
    await app.advance(day + 3600);
    const ended = await app.ok('confirmMethodSetup', { as: ada, params: { id: abandoned.id } });
    assert.deepEqual([ended.status, ended.next.type], ['failed', 'none']);
  });

  test('a crash before or after the gateway has answered leaves nothing lost and nothing twice', async () => {
    class Crash extends Error {}
    const target = async (name: string) => {
      const setup = await startSetup(app, ada);
      await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number: savable.visa });
      const failpoint = (at: string) => {
        if (at === name) throw new Crash(name);
      };
      const known = { accountId: ada.accountId, setupId: uuidOf(setup.id) };
      await assert.rejects(confirmMethodSetup({ ...app.app, failpoint }, known, 'payer'), Crash);
      return setup.id;
    };
    for (const name of ['setup-answered', 'before-setup-commit']) {
      const id = await target(name);
      const again = await app.ok('confirmMethodSetup', { as: ada, params: { id } });
      assert.equal(again.status, 'succeeded', name);
    }
    assert.deepEqual(await savedCards(app, ada), ['4242 default']);
  });

  test('a gateway without an answer is an honest 503, and the same key goes on afterwards', async () => {
    const fault = { kind: 'fail_request', match: { path: '/v1/setup_intents' }, times: 3, status: 500 };
    await app.stripe.control('POST', 'faults', fault);
    await app.refused('addPaymentMethod', 'gateway_unavailable', { as: ada, body: { method: 'card' }, key: 'again' });
    await app.stripe.control('DELETE', 'faults');
    const setup = await startSetup(app, ada, 'again');
    await setUpCard(app.stripe.sandbox, setupSecretOf(setup), { number: savable.visa });
    assert.equal((await app.ok('confirmMethodSetup', { as: ada, params: { id: setup.id } })).status, 'succeeded');
  });

  async function packageId(): Promise<string> {
    const { data } = await app.ok('listCreditPackages', { as: ada });
    return data[0]?.id ?? '';
  }
});
