import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClock } from '../clock/index.ts';
import { inRead, inTransaction, openPool, type Pool } from '../db/index.ts';
import { createIds } from '../ids/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { claimIdempotencyKey, findIdempotentResult, type IdempotencyClaim, IdempotencyKeyReused } from './index.ts';

describe('idempotency keys', () => {
  let database: TestDatabase;
  let app: { pool: Pool };
  const clock = createClock();
  const ids = createIds(clock);
  const accountId = ids.next();
  const scope = { account: accountId };

  before(async () => {
    database = await createTestDatabase();
    app = { pool: openPool(database.connections.app, 25) };
  });

  after(async () => {
    await app.pool.close();
    await database.drop();
  });

  function claim(key: string, changes: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
    return {
      owner: `account:${accountId}`,
      key,
      accountId,
      operation: 'purchaseCredits',
      bodyHash: Buffer.from('body'),
      resultId: ids.next(),
      now: clock.now(),
      ...changes,
    };
  }

  test('of twenty twins at once one is the first, and all the others get its result', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const twin = claim('twins');
        const claimed = await inTransaction(app, scope, async (tx) => {
          const answer = await claimIdempotencyKey(tx, twin);
          // Work between the claim and the commit, during which the others have to wait.
          await tx.selectFrom('accounts').select('id').execute();
          return answer;
        });
        return { fresh: claimed.fresh, resultId: claimed.fresh ? twin.resultId : claimed.resultId };
      }),
    );
    assert.equal(answers.filter(({ fresh }) => fresh).length, 1);
    assert.equal(new Set(answers.map(({ resultId }) => resultId)).size, 1);
  });

  test('a refused request leaves its key free, and a twin that waited for it becomes the first', async () => {
    const refusal = new Error('refused');
    let claimed = (): void => undefined;
    const hasClaimed = new Promise<void>((resolve) => {
      claimed = resolve;
    });
    let refuse = (): void => undefined;
    const mayRefuse = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    const first = inTransaction(app, scope, async (tx) => {
      await claimIdempotencyKey(tx, claim('refused'));
      claimed();
      await mayRefuse;
      throw refusal;
    });
    await hasClaimed;
    const second = inTransaction(app, scope, (tx) => claimIdempotencyKey(tx, claim('refused')));
    refuse();
    await assert.rejects(first, refusal);
    assert.deepEqual(await second, { fresh: true });
  });

  test('the key stands for its endpoint and its body', async () => {
    const first = claim('taken');
    await inTransaction(app, scope, (tx) => claimIdempotencyKey(tx, first));
    const repeated = await inTransaction(app, scope, (tx) => claimIdempotencyKey(tx, claim('taken')));
    assert.deepEqual(repeated, { fresh: false, resultId: first.resultId });
    for (const other of [{ bodyHash: Buffer.from('other') }, { operation: 'createAccountApiKey' }]) {
      const reused = claim('taken', other);
      await assert.rejects(
        inTransaction(app, scope, (tx) => claimIdempotencyKey(tx, reused)),
        IdempotencyKeyReused,
      );
      await assert.rejects(
        inRead(app, scope, (db) => findIdempotentResult(db, reused)),
        IdempotencyKeyReused,
      );
    }
    assert.equal(await inRead(app, scope, (db) => findIdempotentResult(db, first)), first.resultId);
    assert.equal(await inRead(app, scope, (db) => findIdempotentResult(db, claim('unknown'))), null);
  });

  test('two owners may use one key', async () => {
    const other = ids.next();
    await inTransaction(app, scope, (tx) => claimIdempotencyKey(tx, claim('shared')));
    const theirs = claim('shared', { owner: `account:${other}`, accountId: other });
    const claimed = await inTransaction(app, { account: other }, (tx) => claimIdempotencyKey(tx, theirs));
    assert.deepEqual(claimed, { fresh: true });
  });
});
