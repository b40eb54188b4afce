import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { installJobs, type Jobs, startJobs } from './index.ts';

const queues = ['one', 'other'];

describe('jobs', () => {
  let database: TestDatabase;
  let pool: Pool;
  let jobs: Jobs;

  before(async () => {
    database = await createTestDatabase();
    await installJobs(database.connections.owner, queues);
    pool = openPool(database.connections.app, 4);
    jobs = await startJobs(database.connections.app, createLog('silent'));
  });
  after(async () => {
    await jobs.stop(1_000);
    await pool.close();
    await database.drop();
  });

  const enqueue = (queue: string, payload: object) =>
    inTransaction({ pool }, 'system', (tx) => jobs.enqueue(tx, queue, payload));

  /** Runs everything; answers what was run, in its order. */
  async function drained(handle: (queue: string, payload: unknown) => Promise<void> = () => Promise.resolve()) {
    const ran: [string, unknown][] = [];
    const handlers = Object.fromEntries(
      queues.map((queue) => [
        queue,
        async (payload: unknown) => {
          ran.push([queue, payload]);
          await handle(queue, payload);
        },
      ]),
    );
    const count = await jobs.drain(handlers);
    assert.equal(count, ran.length);
    return ran;
  }

  test('a job exists if and only if its cause is committed', async () => {
    const undone = inTransaction({ pool }, 'system', async (tx) => {
      await jobs.enqueue(tx, 'one', { number: 1 });
      throw new Error('changed my mind');
    });
    await assert.rejects(undone, /changed my mind/);
    assert.deepEqual(await drained(), []);
    await enqueue('one', { number: 2 });
    assert.deepEqual(await drained(), [['one', { number: 2 }]]);
    assert.deepEqual(await drained(), [], 'it is done once');
  });

  test('draining runs what jobs enqueue too, over every queue', async () => {
    await enqueue('other', { depth: 3 });
    const ran = await drained(async (queue, payload) => {
      const { depth } = payload as { depth: number };
      if (depth > 0) await enqueue(queue === 'one' ? 'other' : 'one', { depth: depth - 1 });
    });
    assert.deepEqual(
      ran.map(([queue]) => queue),
      ['other', 'one', 'other', 'one'],
    );
  });

  test('a job that fails is tried again later and keeps no other from running', async () => {
    await enqueue('one', { fails: true });
    await enqueue('one', { fails: false });
    let isBroken = true;
    const handle = (_queue: string, payload: unknown) => {
      if (isBroken && (payload as { fails: boolean }).fails) throw new Error('not now');
      return Promise.resolve();
    };
    const first = await drained(handle);
    assert.ok(first.some(([, payload]) => !(payload as { fails: boolean }).fails));
    isBroken = false;
    const deadline = Date.now() + 20_000;
    for (;;) {
      const ran = await drained(handle);
      if (ran.length > 0) {
        assert.deepEqual(ran, [['one', { fails: true }]]);
        break;
      }
      assert.ok(Date.now() < deadline, 'the job is tried again');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  test('queues may be installed again, as at every start', async () => {
    await enqueue('one', { kept: true });
    await installJobs(database.connections.owner, queues);
    assert.deepEqual(await drained(), [['one', { kept: true }]]);
  });
});
