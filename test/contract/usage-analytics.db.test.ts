import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import { addDays, calendarDateIn } from '#shared/time/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { giveCredits, makeOperation } from '#test/support/metering.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const url = '/v1/account/usage/analytics/';

describe('usage analytics over HTTP', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    api = await startTestApi();
    await makeOperation(api.app, 'content.generate', { milliCreditsPerUnit: 2_000n });
  });

  after(async () => {
    await api.close();
  });

  async function signUp(): Promise<{ cookie: string; accountId: string; today: string }> {
    count += 1;
    const body = {
      name: 'Ada',
      email: `ada${String(count)}@example.com`,
      password: 'correct horse battery',
      account_name: 'Engines',
      country: 'DE',
    };
    const answer = await api.call('signUp', { body });
    const { id, time_zone: zone } = answer.body.account;
    const accountId = uuidOfPublicId('acc', id) ?? '';
    return { cookie: answer.cookie, accountId, today: calendarDateIn(api.app.clock.now(), zone) };
  }

  async function ask(cookie: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) {
    return await api.server.inject({ method: 'GET', url, query, headers: { cookie, ...headers } });
  }

  async function use(accountId: string, quantity: bigint): Promise<void> {
    await inTransaction(api.app, 'system', async (tx) => {
      const { rows } = await sql<{ status: string }>`select status from purser.consume_one(${api.app.clock.now()},
        ${api.app.ids.next()}, ${accountId}, ${api.app.ids.next()}, 'content.generate', 'large', ${quantity}, null, null,
        null, null, 'system', null, null)`.execute(tx);
      assert.equal(rows[0]?.status, 'done');
    });
  }

  test('without dates they are of the last 30 days, in the numbers of the wire', async () => {
    const { cookie, accountId, today } = await signUp();
    await giveCredits(api.app, accountId, 1_000n);
    await use(accountId, 21n);
    const answer = await ask(cookie);
    assert.equal(answer.statusCode, 200);
    const body = answer.json();
    assert.deepEqual([body.from, body.to], [addDays(today, -29), today]);
    assert.equal(body.by_day.length, 30);
    assert.deepEqual(body.by_day.at(-1), { day: today, credits: 42, events: 1 });
    assert.deepEqual(body.totals, { credits: 42, events: 1 });
    const operation = { code: 'content.generate', name: 'content.generate', unit: 'unit' };
    assert.deepEqual(body.by_operation, [
      { operation, credits: 42, quantity: 21, events: 1, share_basis_points: 10_000 },
    ]);
    assert.deepEqual(body.top_operations, [{ operation, variant: 'large', credits: 42, quantity: 21, events: 1 }]);
    assert.equal(body.cards.used_this_month.credits, 42);
    assert.deepEqual(body.cards.average_daily, { milli_credits: 1_400, days: 30 });
    assert.deepEqual(body.cards.projected_month.pace, { milli_credits: 42_000, days: 1 });
    assert.equal(body.cards.projected_month.amount, null);
    assert.deepEqual([body.sites, body.members], [[], []]);
  });

  test('as CSV there is a line for each day, operation and variant, by the format or the Accept header', async () => {
    const { cookie, accountId, today } = await signUp();
    await giveCredits(api.app, accountId, 1_000n);
    await use(accountId, 3n);
    await use(accountId, 4n);
    const asked = await ask(cookie, { format: 'csv' });
    assert.equal(asked.headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(
      asked.headers['content-disposition'],
      `attachment; filename="usage-${addDays(today, -29)}-to-${today}.csv"`,
    );
    const heading = 'day,operation,operation_name,variant,quantity,unit,events,credits';
    const line = `${today},content.generate,content.generate,large,7,unit,2,14`;
    assert.equal(asked.body, `\uFEFF${heading}\r\n${line}\r\n`);
    assert.equal((await ask(cookie, {}, { accept: 'text/csv' })).body, asked.body);
    assert.equal((await ask(cookie, { format: 'csv', to: addDays(today, -1) })).body, `\uFEFF${heading}\r\n`);
  });

  test('a range is at most two years, in order, and not from the last century', async () => {
    const { cookie } = await signUp();
    const refused = async (query: Record<string, string>, pointer: string) => {
      const answer = await ask(cookie, query);
      assert.equal(answer.statusCode, 422);
      assert.deepEqual([answer.json().code, answer.json().errors[0].pointer], ['validation_failed', pointer]);
    };
    await refused({ from: '2026-02-02', to: '2026-02-01' }, '/query/from');
    await refused({ from: '2024-01-01', to: '2026-01-01' }, '/query/from');
    await refused({ from: '1999-12-31', to: '2000-01-05' }, '/query/from');
    await refused({ to: '1999-12-31' }, '/query/to');
    await refused({ from: '2026-02-30' }, '/query/from');
    const longest = await ask(cookie, { from: '2024-01-01', to: '2025-12-31' });
    assert.equal(longest.json().by_day.length, 731);
    assert.equal((await ask(cookie, { to: '2000-01-01' })).json().by_day.length, 1);
    assert.equal((await ask(cookie, { from: '9999-12-01' })).statusCode, 200);
  });

  test("another tenant's site or member is not found, in JSON and in CSV; nobody without a session is answered", async () => {
    const [ours, theirs] = [await signUp(), await signUp()];
    const siteId = api.app.ids.next();
    await inTransaction(api.app, { account: theirs.accountId }, async (tx) => {
      const row = { id: siteId, account_id: theirs.accountId, name: 'Theirs', domain: null };
      await tx
        .insertInto('sites')
        .values({ ...row, created_at: api.app.clock.now(), archived_at: null })
        .execute();
    });
    const query = { site_id: publicId('sit', siteId) };
    assert.equal((await ask(theirs.cookie, query)).statusCode, 200);
    assert.equal((await ask(ours.cookie, query)).statusCode, 404);
    assert.equal((await ask(ours.cookie, { ...query, format: 'csv' })).statusCode, 404);
    assert.equal((await ask(ours.cookie, { user_id: publicId('usr', api.app.ids.next()) })).statusCode, 404);
    assert.equal((await ask('')).statusCode, 401);
  });
});
