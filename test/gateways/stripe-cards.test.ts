import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createStripeGateway } from '#server/gateways/stripe/index.ts';
import { GatewayCustomerMissing, type MethodKeeper, type PaymentGateway } from '#server/modules/payments/gateway.ts';
import { startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';
import { answerChallenge, cards, payByCard } from '#test/support/purchase.ts';
import { answerSetupChallenge, savable, setUpCard } from '#test/support/saved-methods.ts';
import { orderAt, referenceOf } from './gateway-contract.ts';

describe('cards that Stripe keeps', () => {
  let box: TestSandbox;
  let gateway: PaymentGateway;
  let keeper: MethodKeeper;

  before(async () => {
    box = await startTestSandbox();
    gateway = createStripeGateway({
      publishableKey: box.sandbox.publishableKey,
      secretKey: box.sandbox.secretKey,
      webhookSecret: 'whsec_of_the_card_tests',
      apiUrl: new URL(box.sandbox.url),
    });
    assert.ok(gateway.methods !== null);
    keeper = gateway.methods;
  });
  after(() => box.close());

  async function request() {
    const customer = { accountId: randomUUID(), name: 'Fernwood', email: 'pay@fernwood.example', replaces: null };
    const customerReference = await gateway.createCustomer(customer);
    return { setupId: randomUUID(), customerReference, returnUrl: 'https://purser.example/methods' };
  }

  /** A kept card, and whose it is. */
  async function kept(number: string) {
    const wanted = await request();
    const { reference, clientSecret } = await keeper.startSetup(wanted);
    const secret = clientSecret ?? '';
    const status = await setUpCard(box.sandbox, secret, { number });
    if (status === 'requires_action') await answerSetupChallenge(box.sandbox, secret, 'complete');
    const { method } = await keeper.retrieveSetup(reference);
    assert.ok(method !== null);
    return { ...method, customerReference: wanted.customerReference };
  }

  test('a setup id is one setup, which keeps the card its holder gives', async () => {
    const wanted = await request();
    const setup = await keeper.startSetup(wanted);
    assert.deepEqual([setup.status, setup.setupId, setup.method], ['open', wanted.setupId, null]);
    assert.deepEqual(await keeper.startSetup(wanted), setup);
    assert.deepEqual(await keeper.retrieveSetup(setup.reference), setup);
    await setUpCard(box.sandbox, setup.clientSecret ?? '', { number: savable.visa });
    const done = await keeper.retrieveSetup(setup.reference);
    assert.deepEqual([done.status, done.lastError], ['succeeded', null]);
    const details = { type: 'card', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2040 };
    assert.deepEqual(done.method?.details, details);
    assert.deepEqual(await keeper.retrieveMethod(done.method.reference), done.method);
    assert.equal((await kept(savable.visa)).fingerprint, done.method.fingerprint, 'the same card is known again');
    assert.notEqual((await kept(savable.mastercard)).fingerprint, done.method.fingerprint);
  });

  test('a card that is refused leaves the setup open, one that was given up has failed', async () => {
    const setup = await keeper.startSetup(await request());
    await setUpCard(box.sandbox, setup.clientSecret ?? '', { number: cards.declined });
    const refused = await keeper.retrieveSetup(setup.reference);
    assert.deepEqual([refused.status, refused.lastError?.code], ['open', 'card_declined']);
    await setUpCard(box.sandbox, setup.clientSecret ?? '', { number: savable.authenticated });
    await answerSetupChallenge(box.sandbox, setup.clientSecret ?? '', 'fail');
    assert.equal((await keeper.retrieveSetup(setup.reference)).lastError?.code, 'authentication_failed');
    await box.stripe.setupIntents.cancel(setup.reference);
    assert.equal((await keeper.retrieveSetup(setup.reference)).status, 'failed');
  });

  test('what is forgotten is gone, and forgetting it again is no error', async () => {
    const { reference } = await kept(savable.visa);
    await keeper.forgetMethod(reference);
    await keeper.forgetMethod(reference);
    await keeper.forgetMethod('pm_nobody_has_this');
    assert.equal(await keeper.retrieveMethod(reference), null);
    assert.equal(await keeper.retrieveMethod('pm_nobody_has_this'), null);
  });

  test('a customer that is gone is told as such', async () => {
    const wanted = await request();
    await assert.rejects(
      keeper.startSetup({ ...wanted, customerReference: 'cus_nobody' }),
      (thrown) => thrown instanceof GatewayCustomerMissing,
    );
  });

  test('a kept card is charged with its holder there or away, as its bank allows', async () => {
    const charge = async (number: string, payerIsPresent: boolean) => {
      const { reference: savedMethodReference, customerReference } = await kept(number);
      return await gateway.startPayment(
        await orderAt(gateway, { savedMethodReference, customerReference, payerIsPresent }),
      );
    };
    assert.equal((await charge(savable.visa, false)).status, 'succeeded');
    assert.equal((await charge(savable.visa, true)).status, 'succeeded');
    const away = await charge(savable.authenticated, false);
    assert.deepEqual([away.status, away.lastError?.code], ['requires_payment_method', 'authentication_required']);
    const there = await charge(savable.authenticated, true);
    assert.deepEqual([there.status, there.lastError], ['requires_action', null]);
    await answerChallenge(box.sandbox, there.clientSecret ?? '', 'complete');
    assert.equal((await gateway.retrievePayment(referenceOf(there))).status, 'succeeded');
    for (const payerIsPresent of [true, false]) {
      const declined = await charge(savable.declinedLater, payerIsPresent);
      assert.deepEqual([declined.status, declined.lastError?.code], ['requires_payment_method', 'card_declined']);
    }
  });

  test('a card is kept with the payment it makes, when it was asked to', async () => {
    const keeping = await gateway.startPayment(await orderAt(gateway, { keepsMethod: true }));
    await payByCard(box.sandbox, keeping.clientSecret ?? '', cards.declined);
    assert.equal((await gateway.retrievePayment(referenceOf(keeping))).keptMethod, undefined);
    await payByCard(box.sandbox, keeping.clientSecret ?? '', cards.accepted);
    const paid = await gateway.retrievePayment(referenceOf(keeping));
    assert.ok(paid.keptMethod !== undefined);
    assert.deepEqual(await keeper.retrieveMethod(paid.keptMethod.reference), paid.keptMethod);
    const plain = await gateway.startPayment(await orderAt(gateway));
    await payByCard(box.sandbox, plain.clientSecret ?? '', cards.accepted);
    assert.equal((await gateway.retrievePayment(referenceOf(plain))).keptMethod, undefined);
  });

  test('events of setups and of kept cards name what to ask about', () => {
    const meaningOf = (type: string, object: object) =>
      gateway.translateEvent(Buffer.from(JSON.stringify({ type, data: { object } })));
    const setup = { kind: 'setup', reference: 'seti_1', setupId: 'ours' };
    const metadata = { purser_setup_id: 'ours' };
    for (const type of ['requires_action', 'succeeded', 'setup_failed', 'canceled']) {
      assert.deepEqual(meaningOf(`setup_intent.${type}`, { id: 'seti_1', metadata }), setup, type);
    }
    assert.deepEqual(meaningOf('setup_intent.succeeded', { id: 'seti_1' }), { ...setup, setupId: null });
    for (const type of ['updated', 'automatically_updated', 'detached']) {
      const meaning = meaningOf(`payment_method.${type}`, { id: 'pm_1' });
      assert.deepEqual(meaning, { kind: 'method', reference: 'pm_1' }, type);
    }
    assert.equal(meaningOf('payment_method.attached', { id: 'pm_1' }).kind, 'ignored');
  });
});
