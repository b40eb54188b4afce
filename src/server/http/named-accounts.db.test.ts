import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { publicId } from '#shared/ids/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { makeAccount } from '#test/support/metering.ts';
import { startTestApi, type TestApi } from '#test/support/test-api.ts';
import { testServer } from '#test/support/test-server.ts';
import { createNamedAccounts } from './named-accounts.ts';

describe('the accounts that platform keys name', () => {
  let api: TestApi;
  let administrator: pg.Client;
  let ids: string[];

  before(async () => {
    api = await startTestApi();
    administrator = new pg.Client(testServer().url(api.database.name, 'postgres'));
    await administrator.connect();
    ids = await Promise.all(Array.from({ length: 30 }, () => makeAccount(api.app)));
    for (const [index, id] of ids.entries()) {
      const values = [`customer ${String(index)}`, index === 0 ? 'suspended' : 'active', id];
      await administrator.query('update purser.accounts set external_id = $1, status = $2 where id = $3', values);
    }
  });
  after(async () => {
    await administrator.end();
    await api.close();
  });

  test('are found by either of their names, many at once, each its own, with two queries', async () => {
    let queries = 0;
    const counting = { ...api.app, pool: { ...api.app.pool } };
    Object.defineProperty(counting.pool, 'kysely', {
      get() {
        queries += 1;
        return api.app.pool.kysely;
      },
    });
    const accounts = createNamedAccounts(counting);
    const found = await Promise.all(
      ids.flatMap((id, index) => [
        accounts.find(publicId('acc', id)),
        accounts.find(`ext:customer ${String(index)}`),
        // White space around it is the sender's, not the name's.
        accounts.find(`ext: customer ${String(index)}`),
      ]),
    );
    const expected = ids.map((id, index) => ({ id, status: index === 0 ? 'suspended' : 'active' }));
    assert.deepEqual(
      found,
      expected.flatMap((account) => [account, account, account]),
    );
    assert.equal(queries, 2, 'the first alone, and the rest together');
    await accounts.find(`ext:customer 1`);
    assert.equal(queries, 2, 'an answer is believed for a moment');
  });

  test('that do not exist are not found, and do not stand in the way of those that do', async () => {
    const accounts = createNamedAccounts(api.app);
    const wrong = [
      '',
      'nonsense',
      'acc_nonsense',
      'ext:',
      'ext:nobody',
      publicId('acc', api.app.ids.next()),
      'ext:\u0000',
    ];
    const answers = await Promise.allSettled([...wrong, 'ext:customer 3'].map((name) => accounts.find(name)));
    for (const [index, name] of wrong.entries()) {
      const answer = answers[index];
      assert.ok(answer?.status === 'rejected' && answer.reason instanceof NotFound, name);
    }
    assert.equal(answers.at(-1)?.status, 'fulfilled');
  });

  test('are found as soon as they are made', async () => {
    const accounts = createNamedAccounts(api.app);
    await assert.rejects(accounts.find('ext:late'), NotFound);
    const id = await makeAccount(api.app);
    await administrator.query(`update purser.accounts set external_id = 'late' where id = $1`, [id]);
    assert.equal((await accounts.find('ext:late')).id, id);
  });

  test('are asked for again after the database failed', async () => {
    let isDown = true;
    const failing = { ...api.app, pool: { ...api.app.pool } };
    Object.defineProperty(failing.pool, 'kysely', {
      get() {
        if (isDown) throw new Error('no database');
        return api.app.pool.kysely;
      },
    });
    const accounts = createNamedAccounts(failing);
    await assert.rejects(accounts.find('ext:customer 5'), /no database/);
    isDown = false;
    assert.equal((await accounts.find('ext:customer 5')).id, ids[5]);
  });
});
