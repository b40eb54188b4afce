import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import { moveClock } from '#server/flows/sandbox/move-clock.ts';
import { inRead } from '#server/platform/db/index.ts';
import { giveCredits, makeOperation } from '#test/support/metering.ts';
import { startTestApi, type TestAnswer, type TestApi } from '../support/test-api.ts';

const dayMs = 24 * 60 * 60_000;

describe('alerts on credits over HTTP', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    api = await startTestApi();
    await makeOperation(api.app, 'content.generate');
  });

  after(async () => {
    await api.close();
  });

  /** An account with its owner's session and what they can do with it. */
  async function signUp(threshold: number | null = null, units = 0n) {
    count += 1;
    const number = count;
    const body = {
      name: 'Ada',
      email: `ada${String(number)}@example.com`,
      password: 'correct horse battery',
      account_name: 'Engines',
      country: 'DE',
    };
    const { cookie, body: session } = await api.call('signUp', { body });
    const accountId = uuidOfPublicId('acc', session.account.id) ?? '';
    let requests = 0;
    const key = () => `key-${String(number)}-${String((requests += 1))}`;
    const account = {
      cookie,
      accountId,
      alerts: async () => (await api.call('getCreditAlerts', { cookie })).body,
      change: async (change: object) => await api.call('updateCreditAlerts', { cookie, body: change }),
      give: async (given: bigint, lot: Parameters<typeof giveCredits>[3] = {}) => {
        await giveCredits(api.app, accountId, given, lot);
        await api.app.timetable.runDue();
      },
      spend: async (quantity: number): Promise<TestAnswer> =>
        await api.call('consumeCredits', {
          cookie,
          idempotencyKey: key(),
          body: { operation: 'content.generate', quantity },
        }),
      hold: async (quantity: number): Promise<string> => {
        const held = { operation: 'content.generate', quantity };
        return (await api.call('createHold', { cookie, idempotencyKey: key(), body: held })).body.id;
      },
      release: async (id: string) =>
        await api.call('releaseHold', { cookie, idempotencyKey: key(), params: { id }, body: {} }),
      /** The subjects of the e-mails about credits, oldest first, after everything that is due was done. */
      mails: async (): Promise<string[]> => {
        await api.app.timetable.runDue();
        const rows = await inRead(api.app, { account: accountId }, (db) =>
          db
            .selectFrom('email_messages')
            .select(['subject', 'status'])
            .where('template', 'in', ['credits_low', 'credits_included_used'])
            .where('account_id', '=', accountId)
            .orderBy('id')
            .execute(),
        );
        assert.ok(rows.every((row) => row.status === 'sent'));
        return rows.map((row) => row.subject ?? '');
      },
    };
    if (units > 0n) await account.give(units);
    if (threshold !== null) assert.equal((await account.change({ low_balance_threshold: threshold })).status, 200);
    return account;
  }

  const low = 'Your credits at Lighthouse are running low';

  test('an account that set nothing is told of no low balance, and is shown nothing about a plan', async () => {
    const account = await signUp();
    assert.deepEqual(await account.alerts(), {
      low_balance_threshold: null,
      available: 0,
      is_below: false,
      included: null,
      recipient: `ada${String(count)}@example.com`,
      last_alert: null,
    });
    await account.give(10n);
    await account.spend(10);
    assert.deepEqual(await account.mails(), []);
  });

  test('a fall below the threshold is told once, and again only after credits were added and ran low again', async () => {
    const account = await signUp(50, 100n);
    assert.equal((await account.spend(50)).status, 200);
    assert.deepEqual(await account.mails(), [], 'at the threshold it is not below');
    await account.spend(1);
    assert.deepEqual(await account.mails(), [low]);
    await account.spend(9);
    assert.deepEqual(await account.mails(), [low]);
    const { last_alert: last, ...now } = await account.alerts();
    assert.deepEqual([now.available, now.is_below], [40, true]);
    assert.deepEqual([last.kind, last.threshold, last.available, last.percent], ['low_balance', 50, 49, null]);
    await account.give(9n);
    await account.spend(1);
    assert.deepEqual(await account.mails(), [low], 'it has not reached the threshold again');
    await account.give(60n);
    await account.spend(100);
    assert.deepEqual(await account.mails(), [low, low]);
  });

  test('the e-mail goes to the billing address and leads to where credits are bought', async () => {
    const account = await signUp(50, 60n);
    await account.spend(15);
    await account.mails();
    const message = await inRead(api.app, { account: account.accountId }, (db) =>
      db.selectFrom('email_messages').selectAll().where('template', '=', 'credits_low').executeTakeFirstOrThrow(),
    );
    assert.equal(message.recipient, `ada${String(count)}@example.com`);
    assert.match(message.text ?? '', /below the 50 credits you asked to be told at: 45 were left/);
    assert.match(message.text ?? '', /^http:\/\/localhost\/account\/credits\/purchase$/m);
  });

  test('holds that come and go tell nobody twice in a month, and again in the next', async () => {
    const account = await signUp(50, 100n);
    for (let round = 0; round < 3; round += 1) {
      const id = await account.hold(80);
      await account.mails();
      assert.equal((await account.release(id)).status, 200);
      assert.equal((await account.mails()).length, 1);
    }
    await pass(32);
    await account.hold(80);
    assert.equal((await account.mails()).length, 2);
  });

  test('of many at once that cross the threshold together, one tells', async () => {
    const account = await signUp(50, 100n);
    const answers = await Promise.all(Array.from({ length: 80 }, () => account.spend(1)));
    assert.ok(answers.every((answer) => answer.status === 200));
    await Promise.all([1, 2, 3].map(() => api.app.timetable.runDue()));
    assert.deepEqual(await account.mails(), [low]);
  });

  test('credits that expire are a fall like any other', async () => {
    const account = await signUp(50, 20n);
    await account.give(100n, { expiresAt: new Date(api.app.clock.now().getTime() + 5 * dayMs) });
    assert.deepEqual(await account.mails(), []);
    await pass(6);
    assert.deepEqual(await account.mails(), [low]);
  });

  test('a threshold above the balance tells nothing, and what fell below the old one is told all the same', async () => {
    const account = await signUp(50, 100n);
    await account.spend(60);
    // Not looked at yet: the change itself has to look first.
    const changed = await account.change({ low_balance_threshold: 500 });
    assert.deepEqual([changed.body.low_balance_threshold, changed.body.is_below], [500, true]);
    assert.deepEqual(await account.mails(), [low]);
    await account.spend(10);
    assert.deepEqual(await account.mails(), [low]);
    assert.equal((await account.change({ low_balance_threshold: 20 })).body.is_below, false);
    await account.spend(15);
    assert.deepEqual(await account.mails(), [low, low]);
    assert.equal((await account.change({ low_balance_threshold: null })).body.low_balance_threshold, null);
    await account.give(100n);
    await account.spend(100);
    assert.deepEqual(await account.mails(), [low, low]);
  });

  test('included credits are told at 50, 80 and 100 per cent, once per period, and not for expiring', async () => {
    const account = await signUp();
    const inDays = (days: number) => new Date(api.app.clock.now().getTime() + days * dayMs);
    await account.give(500n);
    await account.give(1_000n, { kind: 'plan', expiresAt: inDays(30) });
    const { included } = await account.alerts();
    assert.deepEqual(included, { alerts_on: true, included: 1_000, spent: 0, milestones: [50, 80, 100] });
    await account.spend(499);
    const id = await account.hold(100);
    assert.deepEqual(await account.mails(), [], 'what holds reserve is not spent');
    await account.release(id);
    await account.spend(1);
    assert.deepEqual(await account.mails(), ['50% of your included credits at Lighthouse are used']);
    await account.spend(500);
    assert.equal((await account.mails()).length, 2, 'of 80 and 100 passed at once the greater is told');
    assert.match((await account.mails())[1] ?? '', /^100% /);
    assert.equal((await account.alerts()).last_alert.percent, 100);
    await pass(31);
    await account.give(100n, { kind: 'plan', expiresAt: inDays(30) });
    assert.equal((await account.mails()).length, 2);
    await account.spend(80);
    assert.equal((await account.mails()).length, 3);
    await pass(31);
    assert.equal((await account.mails()).length, 3, 'the rest has expired and was not used');
    assert.equal((await account.alerts()).included, null);
    assert.equal((await account.change({ included_alerts: false })).status, 200);
    await account.give(10n, { kind: 'plan', expiresAt: inDays(30) });
    await account.spend(10);
    assert.equal((await account.mails()).length, 3);
  });

  test('who may not buy may not change it, and a threshold is a whole number above zero', async () => {
    const account = await signUp();
    assert.equal((await api.call('getCreditAlerts')).status, 401);
    const { cookie } = account;
    const make = async (scope: string) =>
      (
        await api.call('createAccountApiKey', {
          cookie,
          idempotencyKey: `make-${scope}`,
          body: { name: scope, scopes: [scope] },
        })
      ).body.secret as string;
    const reading = await make('read');
    assert.equal((await api.call('getCreditAlerts', { key: reading })).status, 200);
    const refused = await api.call('updateCreditAlerts', { key: reading, body: { low_balance_threshold: 5 } });
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden']);
    const buying = await make('purchase');
    const body = { low_balance_threshold: 5 };
    assert.equal((await api.call('updateCreditAlerts', { key: buying, body })).body.low_balance_threshold, 5);
    for (const wrong of [0, -1, 1.5, '5', 2 ** 53]) {
      const answer = await account.change({ low_balance_threshold: wrong });
      assert.deepEqual([answer.status, answer.body.errors[0].pointer], [422, '/body/low_balance_threshold']);
    }
    assert.equal((await account.alerts()).low_balance_threshold, 5);
  });

  test('without a saved method an auto top-up can be prepared but not switched on', async () => {
    const { cookie } = await signUp();
    const empty = await api.call('getAutoTopUp', { cookie });
    assert.deepEqual(empty.body, {
      enabled: false,
      threshold: null,
      package: null,
      monthly_cap: null,
      currency: 'EUR',
      spent_this_month: 0,
      saved_method: null,
      switched_off: null,
      resumes_on: null,
      last_top_up: null,
    });
    const change = async (body: object) => await api.call('updateAutoTopUp', { cookie, body });
    const [starter] = (await api.call('listCreditPackages', { cookie })).body.data;
    const full = { package_id: starter.id, threshold: 100, monthly_cap: 50_00 };
    const refused = await change({ ...full, enabled: true });
    assert.deepEqual([refused.status, refused.body.code], [409, 'saved_method_required']);
    assert.deepEqual((await change({ enabled: false })).body, empty.body);
    const partly = await change({ threshold: 100 });
    assert.deepEqual(
      [partly.status, partly.body.errors.map((error: { pointer: string }) => error.pointer)],
      [422, ['/body/package_id', '/body/monthly_cap']],
    );
    const small = await change({ ...full, monthly_cap: 8_99 });
    assert.deepEqual([small.status, small.body.errors[0].pointer], [422, '/body/monthly_cap']);
    const unknown = await change({ ...full, package_id: publicId('cpk', api.app.ids.next()) });
    assert.deepEqual([unknown.status, unknown.body.code], [422, 'package_unknown']);
    const kept = await change(full);
    assert.deepEqual(
      [kept.status, kept.body.enabled, kept.body.threshold, kept.body.package.id, kept.body.monthly_cap],
      [200, false, 100, starter.id, 50_00],
    );
    assert.equal((await change({ enabled: true })).body.code, 'saved_method_required');
  });

  async function pass(days: number): Promise<void> {
    const { clock } = api.app;
    await moveClock(api.app, new Date(clock.now().getTime() + days * dayMs), (instant) => {
      clock.adoptOffset(Math.max(clock.offsetMs(), instant.getTime() - clock.wall().getTime()));
      return Promise.resolve();
    });
  }
});
