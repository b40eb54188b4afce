import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { creditsFor } from '#server/modules/catalog/index.ts';
import { createClock } from '#server/platform/clock/index.ts';
import { openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { costRoundings } from '#shared/contract/metering.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { testServer } from '#test/support/test-server.ts';
import { type ConsumeBatch, type ConsumeOutcome, type ConsumeRequest, createConsumeBatch } from './index.ts';

describe('the consume batch', () => {
  let database: TestDatabase;
  let pool: Pool;
  let batch: ConsumeBatch;
  /** Breaks things that the app may not. */
  let superuser: pg.Client;
  const clock = createClock();
  const ids = createIds(clock);
  const app = () => ({ pool, clock, ids });

  before(async () => {
    database = await createTestDatabase();
    pool = openPool({ ...database.connections.app, statement_timeout: 2_000 }, 8);
    batch = createConsumeBatch(pool, { clock, ids }, createLog('silent'));
    superuser = new pg.Client(testServer().url(database.name, 'postgres'));
    await superuser.connect();
    await makeOperation(app(), 'text.write');
  });

  afterEach(async () => {
    await superuser.query('drop trigger if exists break_it on purser.ledger_entries');
  });

  after(async () => {
    await superuser.end();
    await pool.close();
    await database.drop();
  });

  function request(accountId: string, changes: Partial<ConsumeRequest> = {}): ConsumeRequest {
    return {
      accountId,
      key: ids.next(),
      operation: 'text.write',
      variant: '',
      quantity: 1n,
      siteId: null,
      userId: null,
      reference: null,
      metadata: null,
      actor: { type: 'system', id: null },
      requestId: undefined,
      ...changes,
    };
  }

  async function account(credits: bigint): Promise<string> {
    const accountId = await makeAccount(app());
    await giveCredits(app(), accountId, credits);
    return accountId;
  }

  function statuses(outcomes: readonly ConsumeOutcome[]): string[] {
    return outcomes.map((outcome) => outcome.status);
  }

  test('of two hundred concurrent consumers of the last credits exactly the affordable ones win', async () => {
    const accountId = await makeAccount(app());
    await giveCredits(app(), accountId, 20n, { kind: 'bonus' });
    await giveCredits(app(), accountId, 17n);
    const others = [1, 2].map(() => createConsumeBatch(pool, { clock, ids }, createLog('silent')));
    const processes = [batch, ...others];
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => processes[index % 3]?.consume(request(accountId)) ?? assert.fail()),
    );
    assert.equal(statuses(outcomes).filter((status) => status === 'consumed').length, 37);
    assert.equal(statuses(outcomes).filter((status) => status === 'insufficient').length, 163);
    const balances = outcomes.flatMap((one) => (one.status === 'consumed' ? [one.consumed.available] : []));
    assert.deepEqual(
      balances.toSorted((a, b) => Number(a - b)),
      Array.from({ length: 37 }, (_, index) => BigInt(index)),
    );
  });

  test('a request for too much stands in nobody’s way', async () => {
    const accountId = await account(10n);
    const wanted = [4n, 11n, 4n, 4n, 1n, 1n, 1n];
    const outcomes = await Promise.all(wanted.map((quantity) => batch.consume(request(accountId, { quantity }))));
    assert.deepEqual(statuses(outcomes), [
      'consumed',
      'insufficient',
      'consumed',
      'insufficient',
      'consumed',
      'consumed',
      'insufficient',
    ]);
    assert.deepEqual(outcomes[1], { status: 'insufficient', required: 11n, balance: 10n });
    assert.deepEqual(outcomes[3], { status: 'insufficient', required: 4n, balance: 2n });
  });

  test('of equal requests in one batch one spends, and all get its answer', async () => {
    const accountId = await account(100n);
    const same = request(accountId, { quantity: 7n, metadata: { b: 1, a: 'x' } });
    const other = { ...same, metadata: { a: 'x', b: 2 } };
    const turned = { ...same, metadata: { a: 'x', b: 1 } };
    const outcomes = await Promise.all([...Array.from({ length: 20 }, () => same), turned, other].map(batch.consume));
    assert.equal(new Set(outcomes.slice(0, 21).map((one) => JSON.stringify(one, text))).size, 1);
    assert.equal(outcomes[0]?.status, 'consumed');
    assert.deepEqual(outcomes[21], { status: 'key_reused' });
    const balance = await superuser.query<{ available: string }>(
      'select available from purser.credit_balances where account_id = $1',
      [accountId],
    );
    assert.deepEqual(balance.rows, [{ available: '93' }]);
  });

  test('what one request breaks, the others of its batch do not notice', async () => {
    const accounts = await Promise.all([10n, 10n, 10n].map(account));
    await superuser.query(`
      create or replace function purser.break_it() returns trigger language plpgsql as $$
      begin
        if new.reference = 'breaks' then raise exception 'broken' using errcode = '23514'; end if;
        return new;
      end $$;
      create trigger break_it before insert on purser.ledger_entries for each row execute function purser.break_it()`);
    const requests = Array.from({ length: 30 }, (_, index) =>
      request(accounts[index % 3] ?? '', { reference: index === 13 ? 'breaks' : null }),
    );
    const settled = await Promise.allSettled(requests.map(batch.consume));
    const failed = settled.flatMap((one, index) => (one.status === 'rejected' ? [index] : []));
    assert.deepEqual(failed, [13]);
    const consumed = settled.filter((one) => one.status === 'fulfilled' && one.value.status === 'consumed');
    assert.equal(consumed.length, 29);
  });

  test('a database that does not answer in time leaves the outcome open, and a repetition settles it', async () => {
    const accountId = await account(5n);
    const locker = new pg.Client(testServer().url(database.name, 'postgres'));
    await locker.connect();
    const asked = request(accountId);
    try {
      await locker.query('begin');
      await locker.query('select from purser.credit_balances where account_id = $1 for update', [accountId]);
      await assert.rejects(batch.consume(asked), { code: 'outcome_unknown' });
    } finally {
      await locker.query('rollback');
      await locker.end();
    }
    const [first, second] = [await batch.consume(asked), await batch.consume(asked)];
    assert.equal(first.status, 'consumed');
    assert.deepEqual(second, first);
  });

  test('an account that a transaction of the product has locked keeps nobody else waiting', async () => {
    const locked = await Promise.all([5n, 5n, 5n, 5n].map(account));
    const others = await Promise.all([50n, 50n].map(account));
    const locker = new pg.Client(testServer().url(database.name, 'postgres'));
    await locker.connect();
    const late: Promise<ConsumeOutcome>[] = [];
    try {
      await locker.query('begin');
      await locker.query('select from purser.credit_balances where account_id = any ($1) for update', [locked]);
      // Alone, two together, and in a crowd: each takes another way through the database.
      for (const [mine, yours] of [
        [1, 0],
        [1, 1],
        [10, 10],
      ] as const) {
        late.push(...locked.flatMap((id) => Array.from({ length: mine }, () => batch.consume(request(id)))));
        const quick = others.flatMap((id) => Array.from({ length: yours }, () => batch.consume(request(id))));
        assert.deepEqual(new Set(statuses(await Promise.all(quick))), new Set(yours === 0 ? [] : ['consumed']));
      }
      const unknown = batch.consume(request(ids.next()));
      assert.equal((await unknown).status, 'account_unknown');
    } finally {
      await locker.query('rollback');
      await locker.end();
    }
    const outcomes = statuses(await Promise.all(late));
    assert.equal(outcomes.filter((status) => status === 'consumed').length, 20);
    assert.equal(outcomes.filter((status) => status === 'insufficient').length, 28);
  });

  test('an account that is locked for a moment does not wait for those that are locked for long', async () => {
    const forLong = await Promise.all([5n, 5n, 5n].map(account));
    const brief = await account(5n);
    const lock = async (accountIds: readonly string[]) => {
      const locker = new pg.Client(testServer().url(database.name, 'postgres'));
      await locker.connect();
      await locker.query('begin');
      await locker.query('select from purser.credit_balances where account_id = any ($1) for update', [accountIds]);
      return async () => {
        await locker.query('rollback');
        await locker.end();
      };
    };
    const unlock = await lock(forLong);
    const unlockBrief = await lock([brief]);
    try {
      const late = forLong.map((id) => batch.consume(request(id)).catch((thrown: { code: string }) => thrown.code));
      await batch.consume(request(ids.next()));
      let isDone = false;
      const soon = batch.consume(request(brief)).finally(() => {
        isDone = true;
      });
      // Behind the others by now.
      await batch.consume(request(ids.next()));
      assert.equal(isDone, false);
      await unlockBrief();
      const first = await Promise.race([soon, ...late]);
      assert.ok(typeof first === 'object' && first.status === 'consumed', 'those locked for long are still waiting');
      assert.deepEqual(await Promise.all(late), ['outcome_unknown', 'outcome_unknown', 'outcome_unknown']);
    } finally {
      await unlock();
    }
  });

  test('connections that are killed lose no answer that was given, and repetitions double nothing', async () => {
    const accountId = await account(400n);
    const requests = Array.from({ length: 400 }, () => request(accountId));
    const acknowledged = new Map<string, string>();
    async function insist(one: ConsumeRequest): Promise<void> {
      for (let tries = 0; tries < 20; tries += 1) {
        try {
          const outcome = await batch.consume(one);
          assert.ok(outcome.status === 'consumed');
          acknowledged.set(one.key, outcome.consumed.entryId);
          return;
        } catch (thrown) {
          assert.match((thrown as { code?: string }).code ?? '', /^(outcome_unknown|database_unavailable)$/);
        }
      }
      assert.fail('Twenty tries were not enough.');
    }
    const killing = (async () => {
      for (let round = 0; round < 6; round += 1) {
        await superuser.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'purser_app'`,
          [database.name],
        );
      }
    })();
    // In waves, so that the kills meet some under way.
    for (let wave = 0; wave < 8; wave += 1) await Promise.all(requests.slice(wave * 50, wave * 50 + 50).map(insist));
    await killing;
    const entries = await superuser.query<{ id: string; key: string }>(
      `select id, substring(reason_key from 9) as key from purser.ledger_entries
       where account_id = $1 and kind = 'consumption'`,
      [accountId],
    );
    assert.deepEqual(new Map(entries.rows.map((row) => [row.key, row.id])).size, 400);
    for (const { key, id } of entries.rows) assert.equal(acknowledged.get(key), id);
  });

  test('more than can wait is turned away at once', async () => {
    const accountId = await account(1n);
    const settled = await Promise.allSettled(
      Array.from({ length: 10_300 }, () => batch.consume(request(accountId, { operation: 'no.such' }))),
    );
    const turnedAway = settled.filter((one) => one.status === 'rejected');
    assert.equal(turnedAway.length, 300);
    for (const one of turnedAway) assert.equal(one.reason.code, 'overloaded');
  });

  test('an account that has filled the room turns away its own requests, and nobody else’s', async () => {
    const [greedy, modest] = [await account(1n), await account(3n)];
    const crowd = Array.from({ length: 10_300 }, () => batch.consume(request(greedy, { operation: 'no.such' })));
    const others = Array.from({ length: 4 }, () => batch.consume(request(modest)));
    const settled = Promise.allSettled(crowd);
    assert.deepEqual(statuses(await Promise.all(others)), ['consumed', 'consumed', 'consumed', 'insufficient']);
    assert.equal((await settled).filter((one) => one.status === 'rejected').length, 300);
  });

  test('the database prices as the program does', async () => {
    const bound = 1_000_000_000n;
    const cases = fc.sample(
      fc.record({
        quantity: fc.oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: bound })),
        milliCreditsPerUnit: fc.oneof(fc.bigInt({ min: 0n, max: 3_000n }), fc.bigInt({ min: 0n, max: bound })),
        minimumCredits: fc.bigInt({ min: 0n, max: 20n }),
        rounding: fc.constantFrom(...costRoundings),
      }),
      500,
    );
    cases.push({ quantity: bound, milliCreditsPerUnit: bound, minimumCredits: bound, rounding: 'up' });
    for (const { quantity, ...rule } of cases) {
      const priced = await pool.pg.query<{ units: bigint }>('select purser.credits_for($1, $2, $3, $4) as units', [
        quantity,
        rule.milliCreditsPerUnit,
        rule.minimumCredits,
        rule.rounding,
      ]);
      assert.equal(priced.rows[0]?.units, creditsFor(quantity, rule), JSON.stringify({ quantity, ...rule }, text));
    }
  });
});

function text(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
