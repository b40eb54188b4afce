import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createEmailVerificationToken } from 'better-auth/api';
import pg from 'pg';
import { createClock } from '#server/platform/clock/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import {
  createIdentity,
  EmailTaken,
  type Identity,
  SignInRefused,
  type StartedSession,
  TokenInvalid,
} from './index.ts';

const secret = 'a secret that only this test knows';
const dayMs = 86_400_000;
const client = { ip: '192.0.2.7', userAgent: 'A browser' };
const password = 'correct horse battery';

describe('identity', () => {
  let database: TestDatabase;
  let identity: Identity;
  let db: pg.Pool;
  // The business clock is half a year ahead, as the sandbox's can be: sessions and tokens must not notice.
  const clock = createClock(180 * dayMs);
  let count = 0;

  before(async () => {
    database = await createTestDatabase();
    db = new pg.Pool({ ...database.connections.app, max: 2 });
    identity = open('http://localhost:3000');
  });

  after(async () => {
    await identity.close();
    await db.end();
    await database.drop();
  });

  function open(publicUrl: string): Identity {
    const connection = database.connections.app;
    return createIdentity({ connection, secret, publicUrl, ids: createIds(clock), clock, log: createLog('silent') });
  }

  function newEmail(): string {
    count += 1;
    return `person${String(count)}@example.com`;
  }

  async function signUp(): Promise<StartedSession> {
    return await identity.signUp({ name: 'Ada', email: newEmail(), password }, client);
  }

  /** The Cookie header a browser would send back. */
  function cookieOf({ cookies }: Pick<StartedSession, 'cookies'>): { cookie: string } {
    return { cookie: cookies.map((line) => line.split(';')[0]).join('; ') };
  }

  test('signing up makes a user and a session, whose cookie is http-only, SameSite=Lax and lasts 30 days', async () => {
    const started = await signUp();
    assert.equal(started.user.emailVerified, false);
    assert.equal(started.cookies.length, 1);
    const cookie = started.cookies[0] ?? '';
    assert.match(cookie, /^purser\.session_token=/);
    assert.match(cookie, /; HttpOnly/i);
    assert.match(cookie, /; SameSite=Lax/i);
    assert.match(cookie, /; Path=\//);
    assert.match(cookie, /; Max-Age=2592000/);
    assert.doesNotMatch(cookie, /; Secure/i);
    assert.deepEqual(await identity.sessionOf(cookieOf(started)), {
      sessionId: started.sessionId,
      user: started.user,
      activeAccountId: null,
    });
    const row = await db.query('select "ipAddress", "userAgent" from purser_auth.session where id = $1', [
      started.sessionId,
    ]);
    assert.deepEqual(row.rows, [{ ipAddress: client.ip, userAgent: client.userAgent }]);
  });

  test('on https the cookie is a secure one of the same name', async () => {
    const secure = open('https://billing.example.com');
    try {
      const started = await secure.signUp({ name: 'Ada', email: newEmail(), password }, client);
      assert.match(started.cookies[0] ?? '', /^purser\.session_token=.*; Secure/i);
    } finally {
      await secure.close();
    }
  });

  test('ids are UUIDv7 of the injected source and users are dated by the business clock, sessions by wall time', async () => {
    const started = await signUp();
    assert.match(started.user.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    assert.match(started.sessionId, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    const { rows } = await db.query<{ user_made: Date; session_made: Date; session_ends: Date }>(
      `select u."createdAt" as user_made, s."createdAt" as session_made, s."expiresAt" as session_ends
       from purser_auth.session s join purser_auth."user" u on u.id = s."userId" where s.id = $1`,
      [started.sessionId],
    );
    const row = rows[0];
    assert.ok(row !== undefined);
    const near = (left: Date, rightMs: number) => Math.abs(left.getTime() - rightMs) < 60_000;
    assert.ok(near(row.user_made, clock.now().getTime()));
    assert.ok(near(row.session_made, Date.now()));
    assert.ok(near(row.session_ends, Date.now() + 30 * dayMs));
  });

  test('an e-mail is taken once, whatever its case, by one of ten who sign up at once', async () => {
    const email = newEmail();
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        identity.signUp({ name: 'Ada', email: index % 2 === 0 ? email : email.toUpperCase(), password }, client),
      ),
    );
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of tries)
      if (one.status === 'rejected') assert.ok(one.reason instanceof EmailTaken, String(one.reason));
  });

  test('a wrong password and an unknown e-mail are refused alike', async () => {
    const { user } = await signUp();
    const started = await identity.signIn({ email: user.email, password }, client);
    assert.equal((await identity.sessionOf(cookieOf(started)))?.user.id, user.id);
    const wrong = { email: user.email, password: 'not the password' };
    const unknown = { email: newEmail(), password };
    const [first, second] = await Promise.allSettled([
      identity.signIn(wrong, client),
      identity.signIn(unknown, client),
    ]);
    assert.ok(first?.status === 'rejected' && first.reason instanceof SignInRefused);
    assert.ok(second?.status === 'rejected' && second.reason instanceof SignInRefused);
    assert.equal(first.reason.message, second.reason.message);
  });

  test('signing out ends the session, not only the cookie', async () => {
    const started = await signUp();
    const cleared = await identity.signOut(cookieOf(started));
    assert.match(cleared.join(), /purser\.session_token=;.*Max-Age=0/);
    assert.equal(await identity.sessionOf(cookieOf(started)), null);
    await identity.signOut({});
  });

  test('no cookie, a forged one and one of an ended session are nobody', async () => {
    assert.equal(await identity.sessionOf({}), null);
    assert.equal(await identity.sessionOf({ cookie: '' }), null);
    assert.equal(await identity.sessionOf({ cookie: 'purser.session_token=abc.def' }), null);
    const started = await signUp();
    const { cookie } = cookieOf(started);
    const [name = '', value = ''] = cookie.split('=');
    const other = cookieOf(await signUp()).cookie.split('=')[1] ?? '';
    // The token of one session with the signature of another.
    const forged = `${name}=${value.split('.')[0] ?? ''}.${other.split('.')[1] ?? ''}`;
    assert.notEqual(forged, cookie);
    assert.equal(await identity.sessionOf({ cookie: forged }), null);
    await db.query(`update purser_auth.session set "expiresAt" = now() - interval '1 second' where id = $1`, [
      started.sessionId,
    ]);
    assert.equal(await identity.sessionOf({ cookie }), null);
  });

  test('a session in use is prolonged at most once a day', async () => {
    const started = await signUp();
    const cookie = cookieOf(started);
    assert.deepEqual(await identity.prolongSession(cookie), []);
    await db.query(`update purser_auth.session set "expiresAt" = now() + interval '20 days' where id = $1`, [
      started.sessionId,
    ]);
    await identity.sessionOf(cookie);
    const end = async () => {
      const { rows } = await db.query<{ ms: number }>(
        `select extract(epoch from "expiresAt")::float8 * 1000 as ms from purser_auth.session where id = $1`,
        [started.sessionId],
      );
      return (rows[0]?.ms ?? 0) - Date.now();
    };
    assert.ok((await end()) < 21 * dayMs, 'Looking does not prolong.');
    assert.match((await identity.prolongSession(cookie)).join(), /purser\.session_token=.*Max-Age=2592000/);
    assert.ok((await end()) > 29 * dayMs);
  });

  test('the session remembers the account it works in', async () => {
    const started = await signUp();
    const accountId = createIds(clock).next();
    await identity.setActiveAccount(started.sessionId, accountId);
    assert.equal((await identity.sessionOf(cookieOf(started)))?.activeAccountId, accountId);
  });

  test('a new password ends every session, works, and voids the token and every other one', async () => {
    const started = await signUp();
    const second = await identity.signIn({ email: started.user.email, password }, client);
    const unused = await identity.requestPasswordReset(started.user.email);
    const mailed = await identity.requestPasswordReset(started.user.email.toUpperCase());
    assert.ok(unused !== null && mailed !== null);
    assert.deepEqual(mailed.user, started.user);
    assert.equal(mailed.lifetimeMs, 3_600_000);

    const renewed = { token: mailed.token, password: 'another long password' };
    assert.deepEqual(await identity.resetPassword(renewed), started.user);

    assert.equal(await identity.sessionOf(cookieOf(started)), null);
    assert.equal(await identity.sessionOf(cookieOf(second)), null);
    await assert.rejects(identity.signIn({ email: started.user.email, password }, client), SignInRefused);
    await identity.signIn({ email: started.user.email, password: renewed.password }, client);
    await assert.rejects(identity.resetPassword(renewed), TokenInvalid);
    await assert.rejects(identity.resetPassword({ token: unused.token, password }), TokenInvalid);
  });

  test('of two who use one reset token at once only one succeeds', async () => {
    const { user } = await signUp();
    const mailed = await identity.requestPasswordReset(user.email);
    assert.ok(mailed !== null);
    const tries = await Promise.allSettled(
      ['first new password', 'second new password'].map((next) =>
        identity.resetPassword({ token: mailed.token, password: next }),
      ),
    );
    assert.deepEqual(tries.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    for (const one of tries) if (one.status === 'rejected') assert.ok(one.reason instanceof TokenInvalid);
  });

  test('an expired, an unknown and an empty reset token are refused, and the password stays', async () => {
    const started = await signUp();
    const mailed = await identity.requestPasswordReset(started.user.email);
    assert.ok(mailed !== null);
    await db.query(`update purser_auth.verification set "expiresAt" = now() - interval '1 second' where value = $1`, [
      started.user.id,
    ]);
    for (const token of [mailed.token, 'unknown', '', '%']) {
      await assert.rejects(identity.resetPassword({ token, password: 'another long password' }), TokenInvalid);
    }
    assert.notEqual(await identity.sessionOf(cookieOf(started)), null);
    await identity.signIn({ email: started.user.email, password }, client);
  });

  test('an unknown e-mail gets no reset token', async () => {
    assert.equal(await identity.requestPasswordReset(newEmail()), null);
  });

  test('resets asked for at once do not mix up their tokens', async () => {
    const people = await Promise.all([signUp(), signUp(), signUp()]);
    const mailed = await Promise.all(people.map(({ user }) => identity.requestPasswordReset(user.email)));
    for (const [index, person] of people.entries()) {
      const { token, user } = mailed[index] ?? {};
      assert.ok(token !== undefined);
      assert.deepEqual(user, person.user);
      assert.equal((await identity.resetPassword({ token, password: 'another long password' })).id, person.user.id);
    }
  });

  test('the token of the verification e-mail verifies its address, once and again', async () => {
    const started = await signUp();
    const mailed = await identity.verificationFor(started.user.id);
    assert.ok(mailed !== null);
    assert.equal(mailed.lifetimeMs, dayMs);
    await identity.verifyEmail(mailed.token);
    assert.equal((await identity.sessionOf(cookieOf(started)))?.user.emailVerified, true);
    await identity.verifyEmail(mailed.token);
    assert.equal(await identity.verificationFor(started.user.id), null);
    assert.equal(await identity.verificationFor(createIds(clock).next()), null);
  });

  test('an expired, a forged and a foreign verification token are refused', async () => {
    const { user } = await signUp();
    const bound = { userId: user.id };
    const expired = await createEmailVerificationToken(secret, user.email, undefined, -1, bound);
    const forged = await createEmailVerificationToken(
      'another secret of that length',
      user.email,
      undefined,
      60,
      bound,
    );
    const foreign = await createEmailVerificationToken(secret, user.email, undefined, 60, {
      userId: createIds(clock).next(),
    });
    const unknown = await createEmailVerificationToken(secret, newEmail(), undefined, 60, bound);
    for (const token of [expired, forged, foreign, unknown, 'abc', `${expired}x`, '']) {
      await assert.rejects(identity.verifyEmail(token), TokenInvalid);
    }
    assert.equal((await identity.userById(user.id))?.emailVerified, false);
  });

  test('users are found by their ids', async () => {
    const [one, other] = [await signUp(), await signUp()];
    const found = await identity.usersById([one.user.id, other.user.id, createIds(clock).next()]);
    assert.deepEqual([...found.values()].map(({ id }) => id).toSorted(), [one.user.id, other.user.id].toSorted());
    assert.deepEqual(await identity.usersById([]), new Map());
    assert.equal(await identity.userById(createIds(clock).next()), null);
  });

  test('a user is ensured once, can sign in, and an existing one stays as it is', async () => {
    const email = newEmail();
    const { user: made } = await identity.ensureUser({ name: 'Demo', email, password: 'purser-demo', verified: true });
    assert.equal(made.emailVerified, true);
    const { user: again } = await identity.ensureUser({
      name: 'Other',
      email,
      password: 'something else',
      verified: false,
    });
    assert.deepEqual(again, made);
    assert.equal((await identity.signIn({ email, password: 'purser-demo' }, client)).user.id, made.id);
    const { rows } = await db.query<{ sessions: string }>(
      'select count(*) as sessions from purser_auth.session where "userId" = $1',
      [made.id],
    );
    assert.deepEqual(rows, [{ sessions: '1' }]);
  });

  test('a password shorter than ten or longer than 128 characters is not taken', async () => {
    for (const bad of ['123456789', 'x'.repeat(129)]) {
      await assert.rejects(identity.signUp({ name: 'Ada', email: newEmail(), password: bad }, client));
    }
  });
});
