import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import Stripe from 'stripe';
import { sandboxPublishableKey, sandboxSecretKey, type StripeSandbox, startStripeSandbox } from '#sandbox/index.ts';
import { creditPackagesOnSale } from '#server/modules/catalog/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { type Actor, system } from '#server/modules/team/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { startTestApi, type TestApi } from '#test/support/test-api.ts';
import { moveClock } from '../sandbox/move-clock.ts';
import { changeAutoTopUp } from './change-auto-top-up.ts';
import { topUpCredits } from './top-up-credits.ts';

const accepted = '4242424242424242';
/** Can be saved, and is declined whenever it is charged. */
const declinedLater = '4000000000000341';
/** The bank wants the payer to authenticate every payment. */
const authenticates = '4000002760003184';

const dayMs = 24 * 60 * 60_000;

describe('auto top-up by a saved card', () => {
  const directory = temporaryDirectory();
  let sandbox: StripeSandbox;
  let stripe: Stripe;
  let api: TestApi;
  let packageId: string;
  let accountId: string;
  let owner: Actor;

  before(async () => {
    sandbox = await startStripeSandbox({ port: 0, directory: directory.path });
    stripe = new Stripe(sandboxSecretKey, {
      host: '127.0.0.1',
      port: sandbox.port,
      protocol: 'http',
      telemetry: false,
    });
    api = await startTestApi(
      {},
      {
        publishableKey: sandboxPublishableKey,
        secretKey: sandboxSecretKey,
        webhookSecret: 'whsec_of_this_test',
        apiUrl: new URL(sandbox.url),
      },
    );
    await makeOperation(api.app, 'content.generate');
    const [starter] = await inRead(api.app, 'system', (db) => creditPackagesOnSale(db, 'EUR'));
    packageId = starter?.id ?? '';
  });

  beforeEach(async () => {
    accountId = await makeAccount(api.app);
    owner = {
      ...system,
      type: 'user',
      id: api.app.ids.next(),
      role: 'owner',
      account: { id: accountId, status: 'active' },
    };
    await giveCredits(api.app, accountId, 150n);
  });

  after(async () => {
    await api.close();
    await sandbox.close();
    directory[Symbol.dispose]();
  });

  /** Attaches a card to the account's customer at the gateway and remembers it as the one to charge. */
  async function saveCard(number: string): Promise<void> {
    const customer = await stripe.customers.create({ metadata: { purser_account_id: accountId } });
    const card = { number, exp_month: 12, exp_year: 2040, cvc: '123' };
    const made = await stripe.paymentMethods.create({ type: 'card', card });
    const { id } = await stripe.paymentMethods.attach(made.id, { customer: customer.id });
    const now = api.app.clock.now();
    await inTransaction(api.app, { account: accountId }, async (tx) => {
      await tx
        .insertInto('gateway_customers')
        .values({ account_id: accountId, gateway: 'stripe', customer_reference: customer.id, created_at: now })
        .execute();
      await tx
        .insertInto('saved_payment_methods')
        .values({
          id: api.app.ids.next(),
          account_id: accountId,
          gateway: 'stripe',
          method: 'card',
          gateway_reference: id,
          details: JSON.stringify({ brand: 'visa', last4: number.slice(-4), expMonth: 12, expYear: 2040 }),
          is_default: true,
          created_at: now,
        })
        .execute();
    });
  }

  /** Below 100 credits, a package of 500 for 9.00 is bought, for at most `capMinor` a month. */
  async function switchOn(capMinor = 27_00n, thresholdCredits = 100n): Promise<void> {
    const change = { isOn: true, creditPackageId: packageId, thresholdCredits, monthlyCapMinor: capMinor };
    await changeAutoTopUp(api.app, owner, change, 'request');
  }

  async function spend(quantity: bigint): Promise<void> {
    const outcome = await api.app.consumeBatch.consume({
      accountId,
      key: api.app.ids.next(),
      operation: 'content.generate',
      variant: '',
      quantity,
      siteId: null,
      userId: null,
      reference: null,
      metadata: null,
      actor: { type: 'system', id: null },
      requestId: undefined,
    });
    assert.equal(outcome.status, 'consumed');
  }

  async function pass(ms: number): Promise<void> {
    const { clock } = api.app;
    await moveClock(api.app, new Date(clock.now().getTime() + ms), (instant) => {
      clock.adoptOffset(Math.max(clock.offsetMs(), instant.getTime() - clock.wall().getTime()));
      return Promise.resolve();
    });
  }

  /** Everything an account has to show of its top-ups. */
  async function state() {
    return await inRead(api.app, { account: accountId }, async (db) => ({
      available: (await creditBalanceOf(db, accountId)).available,
      topUps: (await db.selectFrom('top_ups').select('status').orderBy('id').execute()).map((row) => row.status),
      payments: await db
        .selectFrom('payments')
        .select(['id', 'status', 'last_error', 'gateway_reference'])
        .orderBy('id')
        .execute(),
      invoices: (await db.selectFrom('invoices').select('status').orderBy('id').execute()).map((row) => row.status),
      settings: await db.selectFrom('auto_top_ups').selectAll().executeTakeFirstOrThrow(),
      mails: (await db.selectFrom('email_messages').select('template').orderBy('id').execute()).map(
        (row) => row.template,
      ),
    }));
  }

  async function chargesAtGateway(): Promise<number> {
    const reference = await inRead(api.app, { account: accountId }, (db) =>
      db.selectFrom('gateway_customers').select('customer_reference').executeTakeFirstOrThrow(),
    );
    const intents = await stripe.paymentIntents.list({ customer: reference.customer_reference, limit: 100 });
    return intents.data.length;
  }

  test('a fall below the threshold buys the package, and the next fall buys the next', async () => {
    await saveCard(accepted);
    await switchOn();
    await api.app.timetable.runDue();
    assert.deepEqual((await state()).topUps, [], 'at or above the threshold nothing is bought');
    await spend(51n);
    await api.app.timetable.runDue();
    const once = await state();
    assert.deepEqual([once.available, once.topUps, once.invoices], [599n, ['succeeded'], ['paid']]);
    assert.deepEqual(once.mails, ['payment_success']);
    await spend(500n);
    await api.app.timetable.runDue();
    const twice = await state();
    assert.deepEqual([twice.available, twice.topUps], [599n, ['succeeded', 'succeeded']]);
    assert.equal(await chargesAtGateway(), 2);
  });

  test('switched on below the threshold it buys at once, and off it buys nothing', async () => {
    await saveCard(accepted);
    await spend(100n);
    await switchOn();
    await api.app.timetable.runDue();
    assert.equal((await state()).available, 550n);
    await changeAutoTopUp(api.app, owner, { isOn: false }, 'request');
    await spend(500n);
    await api.app.timetable.runDue();
    assert.deepEqual([(await state()).available, (await state()).topUps.length], [50n, 1]);
  });

  test('it is switched off whatever has become of its package and its price', async () => {
    await saveCard(accepted);
    await switchOn(9_00n);
    const setPrice = (priceMinor: bigint, isActive: boolean) =>
      inTransaction(api.app, 'system', async (tx) => {
        const price = tx.updateTable('credit_package_prices').set({ price_minor: priceMinor });
        await price.where('package_id', '=', packageId).where('currency', '=', 'EUR').execute();
        await tx.updateTable('credit_packages').set({ is_active: isActive }).where('id', '=', packageId).execute();
      });
    try {
      await setPrice(10_00n, true);
      await changeAutoTopUp(api.app, owner, { isOn: false }, 'request');
      assert.equal((await state()).settings.is_on, false);
      await assert.rejects(changeAutoTopUp(api.app, owner, { isOn: true }, 'request'), { code: 'validation_failed' });
      await setPrice(9_00n, true);
      await changeAutoTopUp(api.app, owner, { isOn: true }, 'request');
      await setPrice(9_00n, false);
      await changeAutoTopUp(api.app, owner, { isOn: false }, 'request');
      const { settings } = await state();
      assert.deepEqual([settings.is_on, settings.monthly_cap_minor], [false, 9_00n]);
    } finally {
      await setPrice(9_00n, true);
    }
  });

  test('one package that is not enough is followed by the next, up to the cap', async () => {
    await saveCard(accepted);
    await switchOn(18_00n, 5_000n);
    await api.app.timetable.runDue();
    const { available, topUps, mails } = await state();
    assert.deepEqual([available, topUps], [1_150n, ['succeeded', 'succeeded']]);
    assert.deepEqual(mails, ['payment_success', 'payment_success', 'top_up_cap_reached']);
  });

  test('many crossings at once start one top-up', async () => {
    await saveCard(accepted);
    await switchOn();
    await spend(60n);
    await Promise.all(Array.from({ length: 8 }, () => topUpCredits(api.app, accountId)));
    await api.app.timetable.runDue();
    const { available, topUps } = await state();
    assert.deepEqual([available, topUps, await chargesAtGateway()], [590n, ['succeeded'], 1]);
  });

  test('a declined card is charged once, told with the way to finish, and not tried again', async () => {
    await saveCard(declinedLater);
    await switchOn();
    await spend(60n);
    await api.app.timetable.runDue();
    const declined = await state();
    assert.deepEqual([declined.available, declined.topUps, declined.invoices], [90n, ['failed'], ['pending']]);
    assert.equal(declined.payments[0]?.status, 'requires_payment_method');
    assert.deepEqual([declined.settings.failures, declined.settings.is_on], [1, true]);
    assert.deepEqual(declined.mails, ['top_up_failed']);
    const mail = await inRead(api.app, { account: accountId }, (db) =>
      db.selectFrom('email_messages').select('text').executeTakeFirstOrThrow(),
    );
    assert.match(mail.text ?? '', /Reason: Your card was declined\./);
    assert.match(mail.text ?? '', /\/account\/credits\/purchase\?payment=pay_/);
    await spend(10n);
    await api.app.timetable.runDue();
    await topUpCredits(api.app, accountId);
    assert.equal(await chargesAtGateway(), 1);
    // After a day nobody finished it: the invoice is voided, and still nothing is charged by itself.
    await pass(dayMs + 60_000);
    const later = await state();
    assert.deepEqual([later.invoices, later.topUps, later.mails], [['void'], ['failed'], ['top_up_failed']]);
    assert.equal(await chargesAtGateway(), 1);
  });

  test('a bank that wants the payer fails safely, and the payer can finish the same payment', async () => {
    await saveCard(authenticates);
    await switchOn();
    await spend(60n);
    await api.app.timetable.runDue();
    const waiting = await state();
    assert.deepEqual([waiting.topUps, waiting.mails], [['failed'], ['top_up_failed']]);
    const [payment] = waiting.payments;
    assert.equal((payment?.last_error as { code: string } | undefined)?.code, 'authentication_required');
    const other = await stripe.paymentMethods.create({
      type: 'card',
      card: { number: accepted, exp_month: 12, exp_year: 2040, cvc: '123' },
    });
    await stripe.paymentIntents.confirm(payment?.gateway_reference ?? '', {
      payment_method: other.id,
      return_url: 'http://localhost/',
    });
    await pass(2 * 60_000);
    const finished = await state();
    assert.deepEqual([finished.available, finished.topUps, finished.invoices], [590n, ['succeeded'], ['paid']]);
    assert.equal(finished.settings.failures, 0);
  });

  test('after three failures one after the other it is switched off', async () => {
    await saveCard(declinedLater);
    await switchOn(100_00n);
    for (let failures = 1; failures <= 3; failures += 1) {
      await spend(60n);
      await api.app.timetable.runDue();
      const { settings, payments } = await state();
      assert.deepEqual([settings.failures, settings.is_on], [failures, failures < 3]);
      // As long as the payer can finish one, another is not started.
      await stripe.paymentIntents.cancel(payments.at(-1)?.gateway_reference ?? '');
      await pass(2 * 60_000);
      await giveCredits(api.app, accountId, 60n);
      await api.app.timetable.runDue();
    }
    const { settings, mails } = await state();
    assert.equal(settings.off_reason, 'failures');
    assert.deepEqual(mails, ['top_up_failed', 'top_up_failed', 'top_up_failed']);
    await spend(60n);
    await api.app.timetable.runDue();
    assert.equal(await chargesAtGateway(), 3);
  });

  test('the cap of the month is never exceeded, told once, and the next month tops up by itself', async () => {
    await saveCard(accepted);
    await switchOn(10_00n);
    await spend(60n);
    await api.app.timetable.runDue();
    await spend(500n);
    await api.app.timetable.runDue();
    await giveCredits(api.app, accountId, 20n);
    await spend(20n);
    await api.app.timetable.runDue();
    const capped = await state();
    assert.deepEqual([capped.available, capped.topUps], [90n, ['succeeded']]);
    assert.deepEqual(capped.mails, ['payment_success', 'top_up_cap_reached']);
    assert.ok(capped.settings.resumes_at !== null && capped.settings.resumes_at > api.app.clock.now());
    await pass(32 * dayMs);
    const next = await state();
    assert.deepEqual([next.available, next.topUps], [590n, ['succeeded', 'succeeded']]);
    assert.equal(next.settings.resumes_at, null);
  });

  test('a crash between the commit and the gateway is made good by the sweep, with one charge', async () => {
    await saveCard(accepted);
    await switchOn();
    await spend(60n);
    class Crash extends Error {}
    const crashing = {
      ...api.app,
      failpoint: (name: string) => {
        if (name === 'top-up-committed') throw new Crash(name);
      },
    };
    await assert.rejects(topUpCredits(crashing, accountId), Crash);
    assert.deepEqual([(await state()).topUps, await chargesAtGateway()], [['under_way'], 0]);
    await topUpCredits(api.app, accountId);
    assert.deepEqual((await state()).topUps, ['under_way'], 'no second one while it is open');
    await pass(5 * 60_000);
    const { available, topUps } = await state();
    assert.deepEqual([available, topUps, await chargesAtGateway()], [590n, ['succeeded'], 1]);
  });

  test('a crash after the gateway has charged finds the same charge', async () => {
    await saveCard(accepted);
    await switchOn();
    await spend(60n);
    class Crash extends Error {}
    const crashing = {
      ...api.app,
      failpoint: (name: string) => {
        if (name === 'gateway-answered') throw new Crash(name);
      },
    };
    await assert.rejects(topUpCredits(crashing, accountId), Crash);
    assert.deepEqual([(await state()).topUps, await chargesAtGateway()], [['under_way'], 1]);
    await pass(5 * 60_000);
    const { available, topUps } = await state();
    assert.deepEqual([available, topUps, await chargesAtGateway()], [590n, ['succeeded'], 1]);
  });

  test('a saved method that is gone switches it off and says so; a suspended account is left alone', async () => {
    await saveCard(accepted);
    await switchOn();
    await inTransaction(api.app, 'system', async (tx) => {
      await tx.updateTable('accounts').set({ status: 'suspended' }).where('id', '=', accountId).execute();
    });
    await inTransaction(api.app, { account: accountId }, async (tx) => {
      await tx.updateTable('credit_balances').set({ look_below: 1_000n }).execute();
    });
    await topUpCredits(api.app, accountId);
    assert.deepEqual((await state()).topUps, []);
    await inTransaction(api.app, 'system', async (tx) => {
      await tx.updateTable('accounts').set({ status: 'active' }).where('id', '=', accountId).execute();
      const now = api.app.clock.now();
      await tx
        .updateTable('saved_payment_methods')
        .set({ removed_at: now })
        .where('account_id', '=', accountId)
        .execute();
    });
    await spend(60n);
    await api.app.timetable.runDue();
    const { settings, mails, topUps } = await state();
    assert.deepEqual([settings.is_on, settings.off_reason, topUps], [false, 'saved_method_missing', []]);
    assert.deepEqual(mails, ['top_up_failed']);
    await assert.rejects(switchOn(), { code: 'saved_method_required' });
  });
});
