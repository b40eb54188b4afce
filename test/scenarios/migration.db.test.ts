import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { buyAndPay } from '#test/support/purchase.ts';
import { savable, saveCard } from '#test/support/saved-methods.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { type Customer, assertProblem } from '#test/support/test-client.ts';
import { testServer } from '#test/support/test-server.ts';

describe('a migration beside a running app', () => {
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

  /** Everything a customer does in a day, over every table there is. */
  async function day(customer: Customer): Promise<void> {
    const { invoice } = await buyAndPay(app, customer);
    await app.drain();
    await app.ok('getInvoice', { as: customer, params: { id: invoice.id } });
    await app.ok('listInvoices', { as: customer });
    await app.ok('listPaymentMethods', { as: customer });
    if (customer.headers['cookie'] !== undefined) {
      await app.ok('listAccountApiKeys', { as: customer });
      await saveCard(app, customer, { number: savable.visa });
      await app.ok('listSavedMethods', { as: customer });
    }
    await app.ok('getAccountSettings', { as: customer });
    await app.ok('listSandboxMessages');
    await app.ok('getSession', { as: customer });
  }

  test('a column added to every table is noticed by nobody', async () => {
    const ada = await app.signUp();
    const product = await app.provision({ external_id: 'customer-1' });
    await day(ada);
    await day(product);
    const tables = await superuser.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class
       where relnamespace::regnamespace::text in ('purser', 'purser_auth', 'purser_jobs')
         and relkind in ('r', 'p') and not relispartition`,
    );
    assert.ok(tables.rows.length > 20);
    for (const { name } of tables.rows) await superuser.query(`alter table ${name} add column added_later text`);
    await day(ada);
    await day(product);
    assert.deepEqual(app.errors, []);
  });

  test('a column that changes its type costs each connection one request, which may be repeated', async () => {
    const customer = await app.provision({ external_id: 'customer-2' });
    const settings = await app.ok('getAccountSettings', { as: customer });
    await superuser.query('alter table purser.accounts alter column name type varchar(200)');
    const refused = assertProblem(await app.call('getAccountSettings', { as: customer }), 'database_unavailable');
    assert.match(refused.detail, /again/);
    await app.eventually('every connection knows', async () => {
      const answer = await app.call('getAccountSettings', { as: customer });
      if (answer.status !== 200) assertProblem(answer, 'database_unavailable');
      return answer.status === 200;
    });
    assert.deepEqual(await app.ok('getAccountSettings', { as: customer }), settings);
  });
});
