import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClock } from '#server/platform/clock/index.ts';
import { openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { type ConsumeBatch, type ConsumeRequest, createConsumeBatch } from './index.ts';

describe('the consume batch', () => {
  let database: TestDatabase;
  let pool: Pool;
  let batch: ConsumeBatch;
  const clock = createClock();
  const ids = createIds(clock);
  const app = () => ({ pool, clock, ids });

  before(async () => {
    database = await createTestDatabase();
    pool = openPool(database.connections.app, 8);
    batch = createConsumeBatch(pool, { clock, ids }, createLog('silent'));
    await makeOperation(app(), 'text.write');
  });

  after(async () => {
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

  test('of two hundred concurrent consumers of the last credits exactly the affordable ones win', async () => {
    const accountId = await makeAccount(app());
    await giveCredits(app(), accountId, 20n, { kind: 'bonus' });
    await giveCredits(app(), accountId, 17n);
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => batch.consume(request(accountId))));
    assert.equal(outcomes.filter((one) => one.status === 'consumed').length, 37);
    assert.equal(outcomes.filter((one) => one.status === 'insufficient').length, 163);
    const balances = outcomes.flatMap((one) => (one.status === 'consumed' ? [one.consumed.available] : []));
    assert.equal(new Set(balances).size, 37);
  });
});
