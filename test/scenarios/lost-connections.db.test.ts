import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { assertLedgerBalances } from '#test/support/account-state.ts';
import { buyAndPay, packageOf } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { testServer } from '#test/support/test-server.ts';

describe('a database that drops its connections, as at its restart', () => {
  let app: TestApp;
  let superuser: pg.Client;

  before(async () => {
    app = await createTestApp();
    superuser = new pg.Client(testServer().url(app.database.name, 'postgres'));
    await superuser.connect();
  });
  after(async () => {
    await superuser.end();
    await app.close();
  });

  async function dropConnections(): Promise<void> {
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  }

  test('requests under way succeed or say so, the same key finishes them, and nothing is done twice', async () => {
    const customer = await app.provision();
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'card' };
    const keys = Array.from({ length: 12 }, (_, index) => `during-${String(index)}`);
    const buying = keys.map((key) => app.call('purchaseCredits', { as: customer, body, key }));
    for (let round = 0; round < 5; round += 1) await dropConnections();
    for (const { status, body: answer } of await Promise.all(buying)) {
      assert.ok(status === 201 || status === 503, answer);
    }
    for (const key of keys) {
      await app.eventually(`${key} is carried out`, async () => {
        return (await app.call('purchaseCredits', { as: customer, body, key })).status === 201;
      });
    }
    const { data } = await app.ok('listInvoices', { as: customer, query: { limit: 100 } });
    assert.equal(data.length, keys.length);
    await app.eventually('the app is itself again', async () => (await app.call('getSession')).status === 200);
  });

  test('afterwards everything goes on: sessions, purchases, jobs', async () => {
    const ada = await app.signUp();
    await dropConnections();
    // What was idle when it broke may be met once more.
    await app.eventually('the session is read again', async () => {
      const { status } = await app.call('getAccountSettings', { as: ada });
      assert.ok(status === 200 || status === 503, String(status));
      return status === 200;
    });
    const paid = await buyAndPay(app, ada);
    assert.equal(paid.credits_available, 500);
    await assertLedgerBalances(app.app);
  });
});
