import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { CompiledQuery, sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { type Db, inRead, inTransaction, openPool, type Pool } from './index.ts';

describe('scopes and transactions', () => {
  let database: TestDatabase;
  let pool: Pool;

  before(async () => {
    database = await createTestDatabase();
    // One connection, so that whatever one transaction leaves behind would be met by the next.
    pool = openPool(database.connections.app, 1);
  });
  after(async () => {
    await pool.close();
    await database.drop();
  });

  async function settingsIn(db: Db): Promise<Record<string, string | null>> {
    const { rows } = await sql<Record<string, string | null>>`
      select nullif(current_setting('purser.scope', true), '') as scope,
             nullif(current_setting('purser.account_id', true), '') as account,
             nullif(current_setting('purser.user_id', true), '') as user
    `.execute(db);
    return { ...rows[0] };
  }

  async function addIdempotencyKey(db: Db, key: string): Promise<void> {
    const values = { owner: 'platform', key, operation: 'test', body_hash: Buffer.alloc(32), result_id: randomUUID() };
    await db
      .insertInto('idempotency_keys')
      .values({ ...values, account_id: null, created_at: new Date() })
      .execute();
  }

  async function keys(): Promise<string[]> {
    const rows = await inRead({ pool }, 'system', (db) => db.selectFrom('idempotency_keys').select('key').execute());
    return rows.map((row) => row.key);
  }

  test('a scope holds for its transaction and is gone with it', async () => {
    const [account, user] = [randomUUID(), randomUUID()];
    const nothing = { scope: null, account: null, user: null };
    assert.deepEqual(await inRead({ pool }, { account }, settingsIn), { ...nothing, account });
    assert.deepEqual(await inTransaction({ pool }, { user }, settingsIn), { ...nothing, user });
    assert.deepEqual(await inTransaction({ pool }, 'system', settingsIn), { ...nothing, scope: 'system' });
    const outside = await pool.kysely.connection().execute(settingsIn);
    assert.deepEqual(outside, nothing);
    assert.deepEqual(await pool.kysely.selectFrom('gateway_events').selectAll().execute(), []);
  });

  test('what is thrown undoes everything and comes out as it was', async () => {
    const broken = new Error('changed my mind');
    const work = inTransaction({ pool }, 'system', async (tx) => {
      await addIdempotencyKey(tx, 'undone');
      throw broken;
    });
    await assert.rejects(work, (thrown) => thrown === broken);
    assert.ok(!(await keys()).includes('undone'));
    await inTransaction({ pool }, 'system', (tx) => addIdempotencyKey(tx, 'done'));
    assert.ok((await keys()).includes('done'));
  });

  test('a read sees one moment and writes nothing', async () => {
    await assert.rejects(
      inRead({ pool }, 'system', (db) => addIdempotencyKey(db, 'by a read')),
      { code: '25006' },
    );
    const other = openPool(database.connections.app, 1);
    try {
      await inRead({ pool }, 'system', async (db) => {
        const seen = await db.selectFrom('idempotency_keys').select('key').execute();
        await inTransaction({ pool: other }, 'system', (tx) => addIdempotencyKey(tx, 'meanwhile'));
        assert.deepEqual(await db.selectFrom('idempotency_keys').select('key').execute(), seen);
      });
      assert.ok((await keys()).includes('meanwhile'));
    } finally {
      await other.close();
    }
  });

  test('a scope that is no UUID never reaches the database', async () => {
    for (const account of ['', "' or true --", 'acc_01k9', randomUUID().toUpperCase()]) {
      await assert.rejects(
        inRead({ pool }, { account }, () => Promise.resolve()),
        RangeError,
      );
    }
    await inRead({ pool }, 'system', () => Promise.resolve());
  });

  test('a connection that breaks within a transaction reports it, and the next one works', async () => {
    const broken = inTransaction({ pool }, 'system', async (tx) => {
      await tx.executeQuery(CompiledQuery.raw('select pg_terminate_backend(pg_backend_pid())'));
    });
    await assert.rejects(broken, /terminat/i);
    assert.ok((await keys()).includes('done'));
  });

  test('whole numbers of eight bytes are bigints and dates are texts', async () => {
    const { rows } = await inRead({ pool }, 'system', (db) =>
      sql<{ big: unknown; day: unknown; moment: unknown }>`
        select 9007199254740993::bigint as big, date '2026-02-28' as day, timestamptz '2026-02-28T12:00:00Z' as moment
      `.execute(db),
    );
    assert.deepEqual(rows[0], {
      big: 9_007_199_254_740_993n,
      day: '2026-02-28',
      moment: new Date('2026-02-28T12:00:00Z'),
    });
  });
});
