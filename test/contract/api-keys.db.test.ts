import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import { lookUpApiKey } from '#server/flows/account/look-up-api-key.ts';
import { createRecentAnswers, type KnownApiKey } from '#server/modules/accounts/index.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { addMember } from '#server/modules/team/index.ts';
import type { Clock } from '#server/platform/clock/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { Role, StaffRole } from '#shared/contract/access.ts';
import { startTestApi, type TestAnswer, type TestApi } from '../support/test-api.ts';

const password = 'correct horse battery';

describe('API keys over HTTP', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    api = await startTestApi();
  });

  after(async () => {
    await api.close();
  });

  function next(word: string): string {
    count += 1;
    return `${word}${String(count)}`;
  }

  function assertProblem(answer: TestAnswer, status: number, code: string): void {
    assert.deepEqual([answer.status, answer.body?.code], [status, code]);
  }

  async function signUp(): Promise<{ cookie: string; accountId: string }> {
    const body = { name: 'Ada', email: `${next('ada')}@example.com`, password, account_name: 'Engines', country: 'DE' };
    const answer = await api.call('signUp', { body });
    return { cookie: answer.cookie, accountId: answer.body.account.id };
  }

  async function signInAs(made: (userId: string) => Promise<void>): Promise<string> {
    const email = `${next('user')}@example.com`;
    const { user } = await api.app.identity.ensureUser({ name: 'User', email, password, verified: true });
    await made(user.id);
    return (await api.call('signIn', { body: { email, password } })).cookie;
  }

  async function memberOf(accountId: string, role: Role): Promise<string> {
    const account = uuidOfPublicId('acc', accountId) ?? '';
    return await signInAs(async (userId) => {
      const member = { accountId: account, userId, role, now: api.app.clock.now() };
      await inTransaction(api.app, { account }, (tx) => addMember(tx, member));
    });
  }

  async function staff(role: StaffRole): Promise<string> {
    return await signInAs(async (userId) => {
      await inTransaction(api.app, 'system', (tx) => makeStaff(tx, { userId, role, now: api.app.clock.now() }));
    });
  }

  async function makeKey(cookie: string, scopes: string[], idempotencyKey = next('key')): Promise<TestAnswer> {
    return await api.call('createAccountApiKey', { body: { name: 'Server', scopes }, cookie, idempotencyKey });
  }

  async function makePlatformKey(cookie: string, scopes: string[]): Promise<TestAnswer> {
    const request = { body: { name: 'Product', scopes }, cookie, idempotencyKey: next('key') };
    return await api.call('createPlatformApiKey', request);
  }

  test('a key is shown once; a repetition names the same key without it, another body is refused', async () => {
    const { cookie } = await signUp();
    const made = await makeKey(cookie, ['read'], 'once');
    assert.equal(made.status, 201);
    assert.match(made.body.secret, /^purser_test_[0-9A-Za-z]{38}$/);
    assert.equal(made.body.hint, `purser_test_…${String(made.body.secret).slice(-4)}`);
    const repeated = await makeKey(cookie, ['read'], 'once');
    assert.equal(repeated.status, 201);
    assert.deepEqual(repeated.body, { ...made.body, secret: null });
    assertProblem(await makeKey(cookie, ['purchase'], 'once'), 422, 'idempotency_key_reused');
    const missing = await api.call('createAccountApiKey', { body: { name: 'Server', scopes: ['read'] }, cookie });
    assertProblem(missing, 400, 'idempotency_key_missing');
    const { secret, ...listed } = made.body;
    const list = await api.call('listAccountApiKeys', { cookie });
    assert.deepEqual(list.body, { data: [listed] });
    assert.ok(!JSON.stringify(list.body).includes(secret));
  });

  test('of twenty equal requests at once one makes the key', async () => {
    const { cookie } = await signUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => makeKey(cookie, ['read'], 'twins')));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
    assert.equal(answers.filter(({ body }) => body.secret !== null).length, 1);
    assert.equal((await api.call('listAccountApiKeys', { cookie })).body.data.length, 1);
  });

  test('an account key works in its account, within its scopes, and manages no keys', async () => {
    const { cookie, accountId } = await signUp();
    const reader = (await makeKey(cookie, ['read'])).body.secret;
    const buyer = (await makeKey(cookie, ['purchase'])).body.secret;
    assert.equal((await api.call('getAccountSettings', { key: reader })).body.id, accountId);
    assertProblem(await api.call('getAccountSettings', { key: buyer }), 403, 'forbidden');
    assertProblem(await api.call('listAccountApiKeys', { key: reader }), 403, 'forbidden');
    assertProblem(await api.call('listPlatformApiKeys', { key: reader }), 403, 'forbidden');
    const more = { body: { name: 'More', scopes: ['read'] }, key: reader, idempotencyKey: 'k' };
    assertProblem(await api.call('createAccountApiKey', more), 403, 'forbidden');
    assertProblem(await api.call('sendVerificationEmail', { key: reader }), 401, 'unauthenticated');
    // The header of platform keys does not lead an account's key anywhere else.
    const other = await signUp();
    const elsewhere = { key: reader, headers: { 'purser-account': other.accountId } };
    assert.equal((await api.call('getAccountSettings', elsewhere)).body.id, accountId);
    const session = await api.call('getSession', { key: reader });
    assert.deepEqual([session.body.user, session.body.account], [null, null]);
  });

  test('a mistyped, unknown or misplaced key is refused on every endpoint, public ones too', async () => {
    const { cookie } = await signUp();
    const good: string = (await makeKey(cookie, ['read'])).body.secret;
    const mistyped = `${good.slice(0, -1)}${good.endsWith('a') ? 'b' : 'a'}`;
    for (const authorization of [`Bearer ${mistyped}`, good, `Basic ${good}`, 'Bearer', '', 'Bearer a b']) {
      const headers = { authorization };
      assertProblem(await api.call('getAccountSettings', { cookie, headers }), 401, 'api_key_invalid');
      assertProblem(await api.call('getSession', { headers }), 401, 'api_key_invalid');
    }
    assert.equal((await api.call('getAccountSettings', { headers: { authorization: `bearer  ${good}` } })).status, 200);
  });

  test('only owner and admin see and manage the keys', async () => {
    const { cookie, accountId } = await signUp();
    const { id } = (await makeKey(cookie, ['read'])).body;
    for (const role of ['billing', 'member', 'viewer'] as const) {
      const their = await memberOf(accountId, role);
      assertProblem(await api.call('listAccountApiKeys', { cookie: their }), 403, 'forbidden');
      assertProblem(await makeKey(their, ['read']), 403, 'forbidden');
      assertProblem(await api.call('revokeAccountApiKey', { cookie: their, params: { id } }), 403, 'forbidden');
    }
    const admin = await memberOf(accountId, 'admin');
    assert.equal((await api.call('revokeAccountApiKey', { cookie: admin, params: { id } })).status, 204);
  });

  test('a revoked key stays listed, may be revoked again, and one of another account is not there', async () => {
    const { cookie } = await signUp();
    const stranger = await signUp();
    const { id } = (await makeKey(cookie, ['read'])).body;
    const revoke = async (by: string, key = id) =>
      await api.call('revokeAccountApiKey', { cookie: by, params: { id: key } });
    assertProblem(await revoke(stranger.cookie), 404, 'not_found');
    assert.equal((await revoke(cookie)).status, 204);
    const [listed] = (await api.call('listAccountApiKeys', { cookie })).body.data;
    assert.equal(listed.id, id);
    assert.notEqual(listed.revoked_at, null);
    assert.equal((await revoke(cookie)).status, 204);
    assert.deepEqual((await api.call('listAccountApiKeys', { cookie })).body.data, [listed]);
    assertProblem(await revoke(cookie, publicId('key', api.app.ids.next())), 404, 'not_found');
    assertProblem(await revoke(cookie, 'acc_0'), 422, 'validation_failed');
  });

  test('a key works until less than five seconds after it was revoked, and its use is noted once a minute', async () => {
    const { cookie } = await signUp();
    const made = (await makeKey(cookie, ['read'])).body;
    let aheadMs = 0;
    const clock: Clock = {
      ...api.app.clock,
      now: () => new Date(api.app.clock.now().getTime() + aheadMs),
      wall: () => new Date(api.app.clock.wall().getTime() + aheadMs),
    };
    const app = { ...api.app, clock };
    const cache = createRecentAnswers<KnownApiKey | null>(clock);
    const lastUsed = async () => (await api.call('listAccountApiKeys', { cookie })).body.data[0].last_used_at;

    assert.equal(await lastUsed(), null);
    assert.notEqual(await lookUpApiKey(app, cache, made.secret), null);
    const first = await lastUsed();
    assert.notEqual(first, null);
    aheadMs = 30_000;
    await lookUpApiKey(app, cache, made.secret);
    assert.equal(await lastUsed(), first);
    aheadMs = 61_000;
    await lookUpApiKey(app, cache, made.secret);
    const later = await lastUsed();
    assert.ok(Date.parse(later) - Date.parse(first) >= 60_000);

    await api.call('revokeAccountApiKey', { cookie, params: { id: made.id } });
    aheadMs += 2_000;
    assert.notEqual(await lookUpApiKey(app, cache, made.secret), null, 'Known a moment ago.');
    aheadMs += 3_000;
    assert.equal(await lookUpApiKey(app, cache, made.secret), null);
    // A request that never met the key asks at once.
    assertProblem(await api.call('getAccountSettings', { key: made.secret }), 401, 'api_key_invalid');
  });

  test('an account that is suspended may be read by its key and bought for no more', async () => {
    const { cookie, accountId } = await signUp();
    const key = (await makeKey(cookie, ['read', 'purchase'])).body.secret;
    await inTransaction(api.app, 'system', (tx) =>
      tx
        .updateTable('accounts')
        .set({ status: 'suspended' })
        .where('id', '=', uuidOfPublicId('acc', accountId))
        .execute(),
    );
    assert.equal((await api.call('getAccountSettings', { key })).body.status, 'suspended');
    assertProblem(await makeKey(cookie, ['read']), 403, 'account_suspended');
  });

  test('platform keys are made by owners of the platform, seen by all staff, and hidden from everybody else', async () => {
    const owner = await staff('owner');
    const made = await makePlatformKey(owner, ['accounts.create', 'read']);
    assert.equal(made.status, 201);
    assert.deepEqual(made.body.scopes, ['read', 'accounts.create']);
    for (const role of ['finance', 'support', 'read_only'] as const) {
      const cookie = await staff(role);
      const listed = (await api.call('listPlatformApiKeys', { cookie })).body.data;
      assert.ok(listed.some(({ id }: { id: string }) => id === made.body.id));
      assertProblem(await makePlatformKey(cookie, ['read']), 403, 'forbidden');
    }
    const { cookie } = await signUp();
    assertProblem(await api.call('listPlatformApiKeys', { cookie }), 403, 'forbidden');
    assertProblem(await api.call('listPlatformApiKeys'), 401, 'unauthenticated');
    const asAccountKey = { cookie, params: { id: made.body.id } };
    assertProblem(await api.call('revokeAccountApiKey', asAccountKey), 404, 'not_found');
    assert.equal((await api.call('revokePlatformApiKey', { cookie: owner, params: { id: made.body.id } })).status, 204);
    assertProblem(await api.call('createAccount', { key: made.body.secret }), 401, 'api_key_invalid');
  });

  test('a platform key creates accounts and works in the one its header names', async () => {
    const owner = await staff('owner');
    const key = (await makePlatformKey(owner, ['accounts.create', 'read'])).body.secret;
    const body = { name: 'Customer', country: 'PK', external_id: 'customer/1', billing_email: 'Pay@Customer.example' };
    const made = await api.call('createAccount', { body, key, idempotencyKey: 'customer-1' });
    assert.equal(made.status, 201);
    assert.deepEqual(
      [made.body.external_id, made.body.owner, made.body.currency, made.body.billing_email],
      ['customer/1', null, 'PKR', 'pay@customer.example'],
    );
    for (const name of [made.body.id, 'ext:customer/1']) {
      const read = await api.call('getAccountSettings', { key, headers: { 'purser-account': name } });
      assert.deepEqual(read.body, made.body, name);
    }
    for (const name of ['ext:customer/2', 'ext:', 'acc_1', '', publicId('acc', api.app.ids.next())]) {
      const read = await api.call('getAccountSettings', { key, headers: { 'purser-account': name } });
      assertProblem(read, 404, 'not_found');
    }
    assertProblem(await api.call('getAccountSettings', { key }), 403, 'account_required');
    const buyerOnly = (await makePlatformKey(owner, ['purchase'])).body.secret;
    assertProblem(await api.call('createAccount', { body, key: buyerOnly, idempotencyKey: 'k' }), 403, 'forbidden');
  });

  test('creating an account is repeated safely, by twenty at once; its external id is taken once', async () => {
    const key = (await makePlatformKey(await staff('owner'), ['accounts.create'])).body.secret;
    const body = { name: 'Twins', country: 'US', external_id: 'twins', billing_email: 'pay@twins.example' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.call('createAccount', { body, key, idempotencyKey: 'twins' })),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(answers.map(({ body: made }) => made.id)).size, 1);
    const reused = { body: { ...body, name: 'Other' }, key, idempotencyKey: 'twins' };
    assertProblem(await api.call('createAccount', reused), 422, 'idempotency_key_reused');
    const taken = { body, key, idempotencyKey: 'another' };
    assertProblem(await api.call('createAccount', taken), 409, 'external_id_taken');
  });

  test('what an account may not be created with is told by its pointer', async () => {
    const key = (await makePlatformKey(await staff('owner'), ['accounts.create'])).body.secret;
    const { cookie } = await signUp();
    const pointersOf = (answer: TestAnswer): string[] => {
      assertProblem(answer, 422, 'validation_failed');
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    const account = { name: 'Bad', country: 'US' };
    const withoutEmail = await api.call('createAccount', { body: account, key, idempotencyKey: next('k') });
    assert.deepEqual(pointersOf(withoutEmail), ['/body/billing_email']);
    const currency = { ...account, billing_email: 'pay@bad.example', currency: 'JPY' };
    assert.deepEqual(pointersOf(await api.call('createAccount', { body: currency, key, idempotencyKey: next('k') })), [
      '/body/currency',
    ]);
    // A user who could choose an external id would be taken for another customer of the product.
    const squatting = { ...account, external_id: 'customer/9' };
    assert.deepEqual(
      pointersOf(await api.call('createAccount', { body: squatting, cookie, idempotencyKey: next('k') })),
      ['/body/external_id'],
    );
    assertProblem(await api.call('createAccount', { body: account, idempotencyKey: 'k' }), 401, 'unauthenticated');
  });

  test('a refused request leaves its key free for the corrected one', async () => {
    const key = (await makePlatformKey(await staff('owner'), ['accounts.create'])).body.secret;
    const body = { name: 'Later', country: 'US' };
    assert.equal((await api.call('createAccount', { body, key, idempotencyKey: 'later' })).status, 422);
    const corrected = { ...body, billing_email: 'pay@later.example' };
    assert.equal((await api.call('createAccount', { body: corrected, key, idempotencyKey: 'later' })).status, 201);
  });

  test('making and revoking keys is written down, for the account or the platform, and never with the key', async () => {
    const { cookie, accountId } = await signUp();
    const made = (await makeKey(cookie, ['read'])).body;
    await api.call('revokeAccountApiKey', { cookie, params: { id: made.id } });
    const platform = (await makePlatformKey(await staff('owner'), ['read'])).body;
    const entries = await inTransaction(api.app, 'system', (tx) =>
      tx
        .selectFrom('audit_entries')
        .selectAll()
        .where('subject_type', '=', 'api_key')
        .where(
          'subject_id',
          'in',
          [made.id, platform.id].map((id) => uuidOfPublicId('key', id)),
        )
        .orderBy('happened_at')
        .orderBy('id')
        .execute(),
    );
    assert.deepEqual(
      entries.map(({ action, actor_type, account_id }) => [action, actor_type, account_id]),
      [
        ['api_key.created', 'user', uuidOfPublicId('acc', accountId)],
        ['api_key.revoked', 'user', uuidOfPublicId('acc', accountId)],
        ['api_key.created', 'staff', null],
      ],
    );
    assert.ok(entries.every(({ request_id }) => request_id !== null));
    assert.ok(!JSON.stringify(entries).includes(made.secret));
  });
});
