import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead, inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { runStatement, runStatementAs } from '#test/support/statement.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { createClock, readClockOffset, writeClockOffset } from './index.ts';

describe('the clock', () => {
  let database: TestDatabase;
  let pool: Pool;

  before(async () => {
    database = await createTestDatabase();
    pool = openPool(database.connections.app, 2);
  });
  after(async () => {
    await pool.close();
    await database.drop();
  });

  test('is ahead of the wall by its offset, which never shrinks', () => {
    const clock = createClock(1_000);
    assert.equal(clock.offsetMs(), 1_000);
    clock.adoptOffset(60_000);
    clock.adoptOffset(5_000);
    assert.equal(clock.offsetMs(), 60_000);
    const ahead = clock.now().getTime() - clock.wall().getTime();
    assert.ok(ahead >= 59_900 && ahead <= 60_000, String(ahead));
    assert.ok(Math.abs(clock.wall().getTime() - Date.now()) < 100);
  });

  test('is shared by every process of the database, and moves forward alone', async () => {
    const write = (offset: number) => inTransaction({ pool }, 'system', (tx) => writeClockOffset(tx, offset));
    const read = () => inRead({ pool }, 'system', readClockOffset);
    assert.equal(await read(), 0);
    await Promise.all([write(90_000), write(30_000), write(60_000)]);
    assert.equal(await read(), 90_000);
    await write(10);
    assert.equal(await read(), 90_000);
    const back = 'update purser.clock set offset_ms = 1';
    await assert.rejects(runStatement({ pool }, back), { code: '23514' });
    await assert.rejects(runStatementAs(database.connections.owner, back), { code: '23514' });
    await assert.rejects(runStatementAs(database.connections.owner, 'insert into purser.clock values (true, 5)'), {
      code: '23505',
    });
  });
});
