import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { addDays, calendarDateIn } from '#shared/time/index.ts';
import { listEntries } from '#server/modules/credits/index.ts';
import { createClock } from '#server/platform/clock/index.ts';
import { inRead, inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { membersInUse, sitesInUse, type UsageAnalytics, usageAnalytics, type UsageFilter } from './index.ts';

type Use = {
  readonly at: Date;
  readonly operation: string;
  readonly variant: string;
  readonly quantity: bigint;
  readonly siteId: string | null;
  readonly userId: string | null;
};

describe('usage analytics', () => {
  let database: TestDatabase;
  let app: { pool: Pool; clock: typeof clock; ids: typeof ids };
  const clock = createClock();
  const ids = createIds(clock);
  const operations = ['content.generate', 'image.generate', 'search'];

  before(async () => {
    database = await createTestDatabase();
    app = { pool: openPool(database.connections.app, 4), clock, ids };
    // A cost in force from long ago, since the uses lie in the past.
    const costs = [250n, 3_000n, 1n];
    for (const [index, code] of operations.entries()) {
      const operationId = await makeOperation(app, code, { milliCreditsPerUnit: costs[index] ?? 1n });
      await inTransaction(app, 'system', async (tx) => {
        await sql`insert into purser.operation_costs (id, operation_id, variant, version, milli_credits_per_unit,
          minimum_credits, rounding, effective_from, created_by, created_at)
          select ${ids.next()}, operation_id, variant, 2, milli_credits_per_unit, minimum_credits, rounding,
          '2020-01-01', created_by, created_at from purser.operation_costs where operation_id = ${operationId}`.execute(
          tx,
        );
      });
    }
  });

  after(async () => {
    await app.pool.close();
    await database.drop();
  });

  async function account(timeZone: string): Promise<string> {
    const id = await makeAccount(app, timeZone);
    await giveCredits(app, id, 1_000_000_000n);
    await inTransaction(app, 'system', async (tx) => {
      await sql`update purser.credit_balances set last_entry_at = '2020-01-01' where account_id = ${id}`.execute(tx);
    });
    return id;
  }

  async function site(accountId: string, name: string): Promise<string> {
    const id = ids.next();
    await inTransaction(app, { account: accountId }, async (tx) => {
      const row = { id, account_id: accountId, name, domain: null, created_at: clock.now(), archived_at: null };
      await tx.insertInto('sites').values(row).execute();
    });
    return id;
  }

  async function member(accountId: string): Promise<string> {
    const id = ids.next();
    await inTransaction(app, { account: accountId }, async (tx) => {
      await sql`insert into purser_auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
        values (${id}, 'Ada', ${`${id}@example.com`}, true, now(), now())`.execute(tx);
      const row = { account_id: accountId, user_id: id, role: 'member', created_at: clock.now() };
      await tx.insertInto('memberships').values(row).execute();
    });
    return id;
  }

  async function consume(accountId: string, uses: readonly Use[]): Promise<void> {
    await inTransaction(app, 'system', async (tx) => {
      for (const use of uses.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
        const done = await sql<{ status: string }>`select status from purser.consume_one(${use.at}, ${ids.next()},
          ${accountId}, ${ids.next()}, ${use.operation}, ${use.variant}, ${use.quantity}, ${use.siteId}, ${use.userId},
          null, null, 'system', null, null)`.execute(tx);
        assert.equal(done.rows[0]?.status, 'done');
      }
    });
  }

  async function analytics(filter: UsageFilter, from: string, to: string, today = to): Promise<UsageAnalytics> {
    return await inRead(app, { account: filter.accountId }, (db) => usageAnalytics(db, filter, { from, to }, today));
  }

  /** What the raw entries of the ledger come to, summed up here and not in the database. */
  async function fromLedger({ accountId, siteId, userId }: UsageFilter, timeZone: string, from: string, to: string) {
    const entries = await inRead(app, { account: accountId }, (db) =>
      db
        .selectFrom('ledger_entries')
        .innerJoin('operations', 'operations.id', 'operation_id')
        .select(['occurred_at', 'units', 'quantity', 'site_id', 'user_id', 'code'])
        .where('account_id', '=', accountId)
        .execute(),
    );
    const days = new Map<string, { credits: bigint; events: bigint }>();
    const codes = new Map<string, { credits: bigint; quantity: bigint; events: bigint }>();
    for (let day = from; day <= to; day = addDays(day, 1)) days.set(day, { credits: 0n, events: 0n });
    for (const entry of entries) {
      if (siteId !== undefined && entry.site_id !== siteId) continue;
      if (userId !== undefined && entry.user_id !== userId) continue;
      const day = days.get(calendarDateIn(entry.occurred_at, timeZone));
      if (day === undefined) continue;
      day.credits += entry.units;
      day.events += 1n;
      const use = codes.get(entry.code) ?? { credits: 0n, quantity: 0n, events: 0n };
      codes.set(entry.code, use);
      use.credits += entry.units;
      use.quantity += entry.quantity ?? 0n;
      use.events += 1n;
    }
    return { days, codes };
  }

  test('equals the raw ledger in any time zone, across its clock changes, for any range and filter', async () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'];
    const use = fc.record({
      // From two weeks before a clock change to two weeks after, in minutes.
      minute: fc.integer({ min: 0, max: 28 * 24 * 60 }),
      operation: fc.constantFrom(...operations),
      variant: fc.constantFrom('', 'large'),
      quantity: fc.bigInt({ min: 1n, max: 5_000n }),
      site: fc.constantFrom(null, 0, 1),
      user: fc.constantFrom(null, 0),
    });
    const story = fc.record({
      zone: fc.constantFrom(...zones),
      start: fc.constantFrom('2026-03-15T00:00:00Z', '2026-10-18T00:00:00Z'),
      uses: fc.array(use, { maxLength: 40 }),
      skip: fc.integer({ min: 0, max: 12 }),
      length: fc.integer({ min: 1, max: 30 }),
      by: fc.constantFrom('all', 'site', 'user', 'both'),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ zone, start, uses, skip, length, by }) => {
        const accountId = await account(zone);
        const sites = [await site(accountId, 'Shop'), await site(accountId, 'Blog')];
        const user = await member(accountId);
        await consume(
          accountId,
          uses.map(({ minute, site: siteIndex, user: userIndex, ...rest }) => ({
            ...rest,
            at: new Date(Date.parse(start) + minute * 60_000),
            siteId: siteIndex === null ? null : (sites[siteIndex] ?? null),
            userId: userIndex === null ? null : user,
          })),
        );
        const from = addDays(start.slice(0, 10), skip);
        const to = addDays(from, length - 1);
        const filter = {
          accountId,
          ...(by === 'site' || by === 'both' ? { siteId: sites[0] } : {}),
          ...(by === 'user' || by === 'both' ? { userId: user } : {}),
        };
        const seen = await analytics(filter, from, to);
        const raw = await fromLedger(filter, zone, from, to);
        assert.deepEqual(
          seen.byDay,
          [...raw.days].map(([day, used]) => ({ day, ...used })),
        );
        const codes = seen.byOperation.map(({ operation, credits, quantity, events }) => {
          return [operation.code, { credits, quantity, events }] as const;
        });
        assert.deepEqual(new Map(codes), raw.codes);
        const sum = [...raw.days.values()].reduce((total, day) => total + day.credits, 0n);
        assert.equal(seen.totals.credits, sum);
        const shares = seen.byOperation.reduce((total, { shareBasisPoints }) => total + shareBasisPoints, 0n);
        assert.equal(shares, sum === 0n ? 0n : 10_000n);
        const earlier = await fromLedger(filter, zone, addDays(from, -length), addDays(from, -1));
        assert.equal(
          seen.previous.credits,
          [...earlier.days.values()].reduce((total, day) => total + day.credits, 0n),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('a use late in the evening belongs to that day of the account, whatever day it is in UTC', async () => {
    const accountId = await account('America/New_York');
    const use = { operation: 'image.generate', variant: '', quantity: 1n, siteId: null, userId: null };
    // 23:30 on the day the clocks go forward, and half an hour after midnight.
    await consume(accountId, [
      { ...use, at: new Date('2026-03-09T03:30:00Z') },
      { ...use, at: new Date('2026-03-09T04:30:00Z') },
    ]);
    const seen = await analytics({ accountId }, '2026-03-08', '2026-03-09');
    assert.deepEqual(
      seen.byDay.map(({ day, credits }) => `${day} ${String(credits)}`),
      ['2026-03-08 3', '2026-03-09 3'],
    );
  });

  test('where the clocks go back over midnight, the statement parts the days as the sums do', async () => {
    const accountId = await account('America/Havana');
    const use = { operation: 'image.generate', variant: '', quantity: 1n, siteId: null, userId: null };
    // From 04:00 to 05:00 UTC and once more from 05:00 to 06:00, it is between midnight and one o'clock.
    const instants = ['03:59:59', '04:00:00', '04:59:59', '05:00:00', '06:00:00'];
    await consume(
      accountId,
      instants.map((at) => ({ ...use, at: new Date(`2026-11-01T${at}Z`) })),
    );
    const entriesOf = async (from: string, to: string) => {
      const filter = { accountId, kind: 'consumption', from, to, timeZone: 'America/Havana', limit: 10 } as const;
      const entries = await inRead(app, { account: accountId }, (db) => listEntries(db, filter));
      return entries.map((entry) => entry.occurredAt.toISOString().slice(11, 19)).toReversed();
    };
    assert.deepEqual(await entriesOf('2026-10-31', '2026-10-31'), instants.slice(0, 1));
    assert.deepEqual(await entriesOf('2026-11-01', '2026-11-01'), instants.slice(1));
    const seen = await analytics({ accountId }, '2026-10-31', '2026-11-01');
    assert.deepEqual(
      seen.byDay.map(({ credits }) => credits),
      [3n, 12n],
    );
  });

  test('an account that has used nothing has every day, no operation and no pace', async () => {
    const accountId = await account('Europe/Berlin');
    const seen = await analytics({ accountId }, '2026-02-01', '2026-02-28', '2026-02-10');
    assert.equal(seen.byDay.length, 28);
    assert.deepEqual(seen.totals, { credits: 0n, events: 0n });
    assert.deepEqual([seen.byOperation, seen.topOperations, seen.mostUsed], [[], [], null]);
    assert.deepEqual(seen.averageDaily, { milliCredits: 0n, days: 10 });
    assert.deepEqual(seen.projected, { credits: 0n, daysLeft: 18, pace: { milliCredits: 0n, days: 0 } });
    assert.equal(seen.previous.changeBasisPoints, null);
  });

  test('this month, its pace and projection do not depend on the range asked for', async () => {
    const accountId = await account('Europe/Berlin');
    const use = { operation: 'image.generate', variant: '', quantity: 10n, siteId: null, userId: null };
    await consume(accountId, [
      { ...use, at: new Date('2026-06-01T12:00:00Z') },
      { ...use, at: new Date('2026-06-12T12:00:00Z') },
      { ...use, at: new Date('2026-06-20T12:00:00Z') },
    ]);
    const seen = await analytics({ accountId }, '2026-01-01', '2026-01-02', '2026-06-20');
    assert.equal(seen.totals.credits, 0n);
    assert.equal(seen.month.credits, 90n);
    // 60 credits in the 19 full days since the first use, and ten days to come.
    assert.deepEqual(seen.projected, { credits: 122n, daysLeft: 10, pace: { milliCredits: 3_158n, days: 19 } });
  });

  test('the most used operation is the one used most often, the top one the one that cost most, each variant by itself', async () => {
    const accountId = await account('Europe/Berlin');
    const at = new Date('2026-06-01T12:00:00Z');
    const none = { siteId: null, userId: null, at };
    await consume(accountId, [
      { ...none, operation: 'search', variant: '', quantity: 10n },
      { ...none, operation: 'search', variant: '', quantity: 10n },
      { ...none, operation: 'search', variant: 'large', quantity: 10n },
      { ...none, operation: 'image.generate', variant: '', quantity: 4n },
      { ...none, operation: 'image.generate', variant: 'large', quantity: 5n },
    ]);
    const seen = await analytics({ accountId }, '2026-06-01', '2026-06-01');
    assert.deepEqual([seen.mostUsed?.operation.code, seen.mostUsed?.events], ['search', 3n]);
    assert.deepEqual(
      seen.topOperations.map((top) => `${top.operation.code}/${top.variant} ${String(top.credits)}`),
      ['image.generate/large 15', 'image.generate/ 12', 'search/ 2', 'search/large 1'],
    );
    assert.deepEqual(
      seen.byOperation.map((part) => [part.operation.code, part.shareBasisPoints]),
      [
        ['image.generate', 9_000n],
        ['search', 1_000n],
      ],
    );
  });

  test('sites and members are offered when something was used for them; those of others are not found', async () => {
    const ours = await account('Europe/Berlin');
    const theirs = await account('Europe/Berlin');
    const [ourSite, theirSite] = [await site(ours, 'Ours'), await site(theirs, 'Theirs')];
    const [ourUser, theirUser] = [await member(ours), await member(theirs)];
    await site(ours, 'Unused');
    const at = new Date('2026-06-01T12:00:00Z');
    await consume(ours, [{ at, operation: 'search', variant: '', quantity: 1n, siteId: ourSite, userId: ourUser }]);
    const range = { from: '2026-06-01', to: '2026-06-01' };
    await inRead(app, { account: ours }, async (db) => {
      assert.deepEqual(await sitesInUse(db, ours, range), [{ id: ourSite, name: 'Ours' }]);
      assert.deepEqual(await membersInUse(db, ours, range), [ourUser]);
      assert.deepEqual(await sitesInUse(db, ours, { from: '2026-06-02', to: '2026-06-30' }), []);
    });
    for (const filter of [{ siteId: theirSite }, { userId: theirUser }]) {
      await assert.rejects(analytics({ accountId: ours, ...filter }, range.from, range.to), NotFound);
    }
    const own = await analytics({ accountId: ours, siteId: ourSite, userId: ourUser }, range.from, range.to);
    assert.equal(own.totals.events, 1n);
  });
});
