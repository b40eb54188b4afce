import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { inRead } from '#server/platform/db/index.ts';
import { startTestApi, type TestAnswer, type TestApi } from '../support/test-api.ts';

const password = 'correct horse battery';

describe('signing up, in and out over HTTP', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    api = await startTestApi();
  });

  after(async () => {
    await api.close();
  });

  function newPerson(changes: Record<string, unknown> = {}) {
    count += 1;
    return {
      name: 'Ada Lovelace',
      email: `ada${String(count)}@example.com`,
      password,
      account_name: 'Analytical Engines',
      country: 'PK',
      ...changes,
    };
  }

  async function signUp(changes: Record<string, unknown> = {}): Promise<TestAnswer & { email: string }> {
    const body = newPerson(changes);
    const answer = await api.call('signUp', { body });
    assert.equal(answer.status, 201);
    return { ...answer, email: body.email };
  }

  function assertProblem(answer: TestAnswer, status: number, code: string): void {
    assert.equal(answer.status, status);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.equal(answer.body.code, code);
    assert.equal(answer.body.type, `/docs/problems/${code}`);
  }

  /** The token of the newest link of this kind that was mailed to an address; null without one. */
  async function mailedToken(template: string, recipient: string): Promise<string | null> {
    const row = await inRead(api.app, 'system', (db) =>
      db
        .selectFrom('email_messages')
        .select(['data', 'account_id'])
        .where('template', '=', template)
        .where('recipient', '=', recipient)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst(),
    );
    if (row === undefined) return null;
    assert.equal(row.account_id, null, 'A link with a secret is for its reader, not for the account.');
    const { url } = row.data as { url: string };
    const link = new URL(url);
    assert.equal(link.origin, 'http://localhost');
    assert.equal(link.pathname, template === 'verify_email' ? '/verify-email' : '/reset-password');
    return link.searchParams.get('token');
  }

  test('signing up makes user, account, balance, audit entry and e-mail, and signs in', async () => {
    const { body, cookie, email } = await signUp({
      account_name: 'Ada & Söhne',
      time_zone: 'Asia/Karachi',
      locale: 'en-PK',
    });
    assert.match(body.user.id, /^usr_/);
    assert.deepEqual(body.user, {
      id: body.user.id,
      name: 'Ada Lovelace',
      email,
      email_verified: false,
      staff_role: null,
    });
    assert.match(body.account.id, /^acc_/);
    assert.deepEqual(body.account, {
      id: body.account.id,
      name: 'Ada & Söhne',
      slug: 'ada-sohne',
      status: 'active',
      role: 'owner',
      currency: 'PKR',
      country: 'PK',
      locale: 'en-PK',
      time_zone: 'Asia/Karachi',
    });
    assert.deepEqual(body.accounts, [body.account]);
    assert.equal(body.sandbox, true);
    assert.equal(body.seller_name, 'Lighthouse');
    assert.ok(body.permissions.includes('credits.purchase') && !body.permissions.includes('platform_keys.read'));

    const again = await api.call('getSession', { cookie });
    assert.deepEqual(again.body, body);
    const settings = await api.call('getAccountSettings', { cookie });
    assert.equal(settings.status, 200);
    assert.equal(settings.body.owner.email, email);
    assert.equal(settings.body.billing_email, email);
    assert.equal(settings.body.credits_available, 0);
    assert.equal(settings.body.currency_fixed, false);
    assert.notEqual(await mailedToken('verify_email', email), null);
    const audit = await inRead(api.app, 'system', (db) =>
      db
        .selectFrom('audit_entries')
        .innerJoin('accounts', 'accounts.id', 'audit_entries.account_id')
        .select(['action', 'actor_type'])
        .where('slug', '=', 'ada-sohne')
        .execute(),
    );
    assert.deepEqual(audit, [{ action: 'account.created', actor_type: 'user' }]);
  });

  test('a country whose currency nothing is priced in pays in US dollars', async () => {
    const { body } = await signUp({ country: 'JP' });
    assert.equal(body.account.currency, 'USD');
    assert.equal(body.account.time_zone, 'UTC');
  });

  test('an e-mail that is taken is a conflict, in any case and with spaces around', async () => {
    const { email } = await signUp();
    const body = newPerson({ email: ` ${email.toUpperCase()} ` });
    assertProblem(await api.call('signUp', { body }), 409, 'email_taken');
  });

  test('bad members are told each by its pointer', async () => {
    const bad = { password: 'too short', email: 'nobody', country: 'de', time_zone: 'Mars/Olympus' };
    const answer = await api.call('signUp', { body: newPerson(bad) });
    assertProblem(answer, 422, 'validation_failed');
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted();
    assert.deepEqual(pointers, ['/body/country', '/body/email', '/body/password', '/body/time_zone']);
  });

  test('signing in answers the session; a wrong password and an unknown e-mail are refused in the same words', async () => {
    const { email } = await signUp();
    const right = await api.call('signIn', { body: { email: email.toUpperCase(), password } });
    assert.equal(right.status, 200);
    assert.equal(right.body.user.email, email);
    assert.equal(right.body.account.role, 'owner');
    const wrong = await api.call('signIn', { body: { email, password: 'wrong password' } });
    const unknown = await api.call('signIn', { body: { email: 'nobody@example.com', password } });
    assertProblem(wrong, 401, 'sign_in_refused');
    assertProblem(unknown, 401, 'sign_in_refused');
    assert.equal(wrong.body.detail, unknown.body.detail);
  });

  test('signing out ends the session everywhere, and may be done twice', async () => {
    const { cookie } = await signUp();
    assert.equal((await api.call('signOut', { cookie })).status, 204);
    const session = await api.call('getSession', { cookie });
    assert.equal(session.status, 200);
    assert.deepEqual([session.body.user, session.body.account, session.body.permissions], [null, null, []]);
    assertProblem(await api.call('getAccountSettings', { cookie }), 401, 'unauthenticated');
    assert.equal((await api.call('signOut', { cookie })).status, 204);
  });

  test('an expired session is nobody’s', async () => {
    const { cookie, email } = await signUp();
    const expire = `update purser_auth.session set "expiresAt" = now() - interval '1 second'
      where "userId" = (select id from purser_auth."user" where email = $1)`;
    await api.app.pool.pg.query(expire, [email]);
    assertProblem(await api.call('getAccountSettings', { cookie }), 401, 'unauthenticated');
  });

  test('the link of the e-mail verifies the address; a wrong one does not', async () => {
    const { cookie, email } = await signUp();
    assertProblem(await api.call('verifyEmail', { body: { token: 'abc' } }), 422, 'token_invalid');
    const token = await mailedToken('verify_email', email);
    assert.equal((await api.call('verifyEmail', { body: { token } })).status, 204);
    assert.equal((await api.call('getSession', { cookie })).body.user.email_verified, true);
  });

  test('the verification e-mail is sent again to who is signed in, until the address is verified', async () => {
    const { cookie, email } = await signUp();
    /** Takes the messages to the address out of the outbox, since one token is mailed once only. */
    const takeMessages = async (): Promise<number> => {
      const taken = await api.app.pool.kysely.transaction().execute(async (tx) => {
        await sql`set local purser.scope = 'system'`.execute(tx);
        return await tx.deleteFrom('email_messages').where('recipient', '=', email).returning('id').execute();
      });
      return taken.length;
    };
    const token = await mailedToken('verify_email', email);
    assert.equal(await takeMessages(), 1);
    assert.equal((await api.call('sendVerificationEmail', { cookie })).status, 202);
    assert.equal(await takeMessages(), 1);
    await api.call('verifyEmail', { body: { token } });
    assert.equal((await api.call('sendVerificationEmail', { cookie })).status, 202);
    assert.equal(await takeMessages(), 0);
    assertProblem(await api.call('sendVerificationEmail'), 401, 'unauthenticated');
  });

  test('asking for a new password answers alike for everybody, and its link ends every session', async () => {
    const { cookie, email } = await signUp();
    const known = await api.call('requestPasswordReset', { body: { email } });
    const unknown = await api.call('requestPasswordReset', { body: { email: 'nobody@example.com' } });
    assert.deepEqual([known.status, known.body], [202, null]);
    assert.deepEqual([unknown.status, unknown.body], [202, null]);
    assert.equal(await mailedToken('reset_password', 'nobody@example.com'), null);
    const token = await mailedToken('reset_password', email);
    const weak = await api.call('resetPassword', { body: { token, password: 'short' } });
    assertProblem(weak, 422, 'validation_failed');
    assert.equal((await api.call('resetPassword', { body: { token, password: 'another password' } })).status, 204);
    assertProblem(await api.call('getAccountSettings', { cookie }), 401, 'unauthenticated');
    assertProblem(await api.call('signIn', { body: { email, password } }), 401, 'sign_in_refused');
    assert.equal((await api.call('signIn', { body: { email, password: 'another password' } })).status, 200);
    const twice = await api.call('resetPassword', { body: { token, password: 'a third password' } });
    assertProblem(twice, 422, 'token_invalid');
  });

  test('a write from another site, or from nobody knows where, is refused and changes nothing', async () => {
    const { cookie, email } = await signUp();
    for (const origin of ['https://evil.example', 'null', '']) {
      const headers = { origin };
      assertProblem(await api.call('signOut', { cookie, headers }), 403, 'foreign_origin');
      assertProblem(await api.call('signIn', { body: { email, password }, headers }), 403, 'foreign_origin');
      assertProblem(await api.call('signUp', { body: newPerson(), headers }), 403, 'foreign_origin');
      const key = { body: { name: 'Key', scopes: ['read'] }, cookie, headers, idempotencyKey: 'k' };
      assertProblem(await api.call('createAccountApiKey', key), 403, 'foreign_origin');
    }
    assert.equal((await api.call('getSession', { cookie })).body.user.email, email);
    assert.equal((await api.call('listAccountApiKeys', { cookie })).body.data.length, 0);
  });

  test('a user without an account signs in, may create one, and works in it from then on', async () => {
    const email = 'onboarding@example.com';
    await api.app.identity.ensureUser({ name: 'Grace', email, password, verified: true });
    const signedIn = await api.call('signIn', { body: { email, password } });
    assert.equal(signedIn.body.account, null);
    assert.deepEqual(signedIn.body.permissions, ['accounts.create']);
    const { cookie } = signedIn;
    assertProblem(await api.call('getAccountSettings', { cookie }), 403, 'account_required');
    const made = await api.call('createAccount', {
      body: { name: 'Compilers', country: 'US' },
      cookie,
      idempotencyKey: 'k',
    });
    assert.equal(made.status, 201);
    assert.deepEqual([made.body.owner.email, made.body.billing_email, made.body.external_id], [email, email, null]);
    assert.equal((await api.call('getSession', { cookie })).body.account.id, made.body.id);
  });

  test('a session switches between the accounts of its user, and to no other', async () => {
    const { cookie, body } = await signUp();
    const stranger = await signUp();
    const second = await api.call('createAccount', {
      body: { name: 'Second', country: 'DE' },
      cookie,
      idempotencyKey: 'k',
    });
    assert.equal(second.body.currency, 'EUR');
    assert.equal((await api.call('getSession', { cookie })).body.account.id, body.account.id);
    const switched = await api.call('switchAccount', { body: { account_id: second.body.id }, cookie });
    assert.equal(switched.body.account.id, second.body.id);
    assert.equal(switched.body.accounts.length, 2);
    assert.equal((await api.call('getAccountSettings', { cookie })).body.id, second.body.id);
    const foreign = { account_id: stranger.body.account.id };
    assertProblem(await api.call('switchAccount', { body: foreign, cookie }), 404, 'not_found');
    assertProblem(await api.call('switchAccount', { body: { account_id: 'acc_1' }, cookie }), 422, 'validation_failed');
    assertProblem(await api.call('switchAccount', { body: foreign }), 401, 'unauthenticated');
  });

  test('a session whose account the user has left works in none until another is chosen', async () => {
    const { cookie, body } = await signUp();
    const second = await api.call('createAccount', {
      body: { name: 'Left', country: 'DE' },
      cookie,
      idempotencyKey: 'k',
    });
    await api.call('switchAccount', { body: { account_id: second.body.id }, cookie });
    await api.app.pool.pg.query(
      `begin; set local purser.scope = 'system';
       delete from purser.memberships where account_id in (select id from purser.accounts where name = 'Left'); commit`,
    );
    assertProblem(await api.call('getAccountSettings', { cookie }), 403, 'account_required');
    const session = (await api.call('getSession', { cookie })).body;
    assert.equal(session.account, null);
    assert.deepEqual(
      session.accounts.map(({ id }: { id: string }) => id),
      [body.account.id],
    );
    const chosen = await api.call('switchAccount', { body: { account_id: body.account.id }, cookie });
    assert.equal(chosen.body.account.id, body.account.id);
    assert.equal((await api.call('getAccountSettings', { cookie })).body.id, body.account.id);
  });
});

test('with real keys, guessing a password is limited to ten tries a minute for an e-mail', async () => {
  const api = await startTestApi({
    STRIPE_PUBLIC_KEY: 'pk_test_51Aaaaaaaaaaaaaaaaaaaaaaaa',
    STRIPE_SECRET_KEY: 'sk_test_51Aaaaaaaaaaaaaaaaaaaaaaaa',
    STRIPE_WEBHOOK_SECRET: 'whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    PUBLIC_URL: 'http://localhost',
  });
  try {
    const tryOnce = async (email: string) => await api.call('signIn', { body: { email, password: 'wrong password' } });
    for (let attempt = 1; attempt <= 10; attempt += 1) assert.equal((await tryOnce('ada@example.com')).status, 401);
    const limited = await tryOnce(' ADA@example.com');
    assert.equal(limited.status, 429);
    assert.equal(limited.body.code, 'rate_limited');
    assert.ok(Number(limited.headers['retry-after']) > 0);
    assert.equal((await tryOnce('grace@example.com')).status, 401);
  } finally {
    await api.close();
  }
});
