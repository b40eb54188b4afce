import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { testServer } from '../support/test-server.ts';

/**
 * Tables that hold nothing of one tenant and are read by everybody: what is sold, how it can be paid, who sells, and
 * what time it is. A table that is neither here nor behind row security fails the first test.
 */
const sharedTables = [
  'clock',
  'credit_package_prices',
  'credit_packages',
  'operation_costs',
  'operations',
  'payment_options',
  'schema_migrations',
  'sellers',
];

/** Tables without a tenant that only system scope may see. */
const systemTables = ['gateway_events', 'invoice_number_counters', 'staff'];

/** Tables in which an account has one row, so that another row needs another account. */
const onePerAccount = new Set(['accounts', 'auto_top_ups', 'credit_alert_settings', 'credit_balances']);

type Table = { name: string; tenantColumn: string };

describe('isolation of tenants', () => {
  let database: TestDatabase;
  /** Knows no row security: prepares and looks behind the wall. */
  let superuser: pg.Client;
  /** What the app connects as. */
  let app: pg.Client;
  let tables: Table[];
  const ours = randomUUID();
  const theirs = randomUUID();
  const ourUser = randomUUID();

  before(async () => {
    database = await createTestDatabase();
    superuser = new pg.Client(testServer().url(database.name, 'postgres'));
    app = new pg.Client(database.connections.app);
    await superuser.connect();
    await app.connect();
    tables = await tenantTables(superuser);
    await takeOtherGuardsAway(superuser);
    for (const table of tables) {
      await insertRow(superuser, table, ours, ourUser);
      await insertRow(superuser, table, theirs, randomUUID());
    }
  });

  after(async () => {
    await app.end();
    await superuser.end();
    await database.drop();
  });

  /** Runs one statement as the app within a scope, undoes it, and answers the rows seen or touched. */
  async function inScope(settings: Record<string, string>, statement: string, values: unknown[] = []): Promise<number> {
    await app.query('begin');
    try {
      for (const [name, value] of Object.entries(settings)) {
        await app.query('select set_config($1, $2, true)', [name, value]);
      }
      return (await app.query(statement, values)).rowCount ?? 0;
    } finally {
      await app.query('rollback');
    }
  }

  const ourScope = { 'purser.account_id': ours };

  test('every table is behind forced row security, or is named as shared', async () => {
    const found = await superuser.query<{ name: string; secured: boolean }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as secured
       from pg_class where relnamespace = 'purser'::regnamespace and relkind in ('r', 'p') order by relname`,
    );
    const unsecured = found.rows.filter((row) => !row.secured).map((row) => row.name);
    assert.deepEqual(unsecured, sharedTables);
    const secured = found.rows.filter((row) => row.secured).map((row) => row.name);
    assert.deepEqual(secured, [...tables.map(({ name }) => name), ...systemTables].toSorted());
  });

  test('every view looks with the eyes of who asks', async () => {
    const views = await superuser.query<{ name: string; options: string[] | null }>(
      `select relname as name, reloptions as options from pg_class
       where relnamespace = 'purser'::regnamespace and relkind = 'v'`,
    );
    assert.ok(views.rows.length > 0);
    for (const view of views.rows) assert.ok(view.options?.includes('security_invoker=true'), view.name);
    assert.equal(await inScope(ourScope, 'select from purser.ledger_postings where account_id = $1', [theirs]), 0);
    assert.ok((await inScope(ourScope, 'select from purser.ledger_postings where account_id = $1', [ours])) > 0);
  });

  test('the app is neither a superuser nor the owner, and cannot become either', async () => {
    const role = await app.query<{ name: string; free: boolean; owns: boolean }>(
      `select current_user as name, rolsuper or rolbypassrls as free, pg_has_role('purser_owner', 'member') as owns
       from pg_roles where rolname = current_user`,
    );
    assert.deepEqual(role.rows, [{ name: 'purser_app', free: false, owns: false }]);
  });

  test('in the scope of an account its own row is seen and no other', async () => {
    for (const { name, tenantColumn } of tables) {
      const seen = await inScope(ourScope, `select from purser.${name} where ${tenantColumn} = $1`, [ours]);
      assert.ok(seen > 0, `${name}: own row`);
      const all = await inScope(ourScope, `select from purser.${name} where ${tenantColumn} is distinct from $1`, [
        ours,
      ]);
      assert.equal(all, 0, `${name}: rows of others`);
    }
  });

  test('in the scope of an account the rows of another cannot be changed, deleted, made, or given away', async () => {
    for (const { name, tenantColumn } of tables) {
      const where = `where ${tenantColumn} = $1`;
      const keep = `set ${tenantColumn} = ${tenantColumn}`;
      assert.equal(await touched(`update purser.${name} ${keep} ${where}`, [theirs]), 0, `${name}: update`);
      assert.equal(await touched(`delete from purser.${name} ${where}`, [theirs]), 0, `${name}: delete`);
      const given = touched(`update purser.${name} set ${tenantColumn} = $2 ${where}`, [ours, theirs]);
      assert.equal(await given, 0, `${name}: give away`);
      const table = { name, tenantColumn };
      const { statement, values } = await insertStatement(superuser, table, theirs, randomUUID());
      await assert.rejects(inScope(ourScope, statement, values), { code: '42501' }, `${name}: insert`);
      const account = onePerAccount.has(name) ? randomUUID() : ours;
      const own = await insertStatement(superuser, table, account, randomUUID());
      assert.equal(
        await inScope({ 'purser.account_id': account }, own.statement, own.values),
        1,
        `${name}: own insert`,
      );
    }
  });

  /** How many rows a statement touches in our scope; none when the app may not do it at all. */
  async function touched(statement: string, values: unknown[]): Promise<number> {
    try {
      return await inScope(ourScope, statement, values);
    } catch (thrown) {
      if (thrown instanceof pg.DatabaseError && thrown.code === '42501') return 0;
      throw thrown;
    }
  }

  test('without a scope nothing is seen and nothing can be written', async () => {
    for (const { name, tenantColumn } of tables) {
      assert.equal(await inScope({}, `select from purser.${name}`), 0, name);
      const { statement, values } = await insertStatement(
        superuser,
        { name, tenantColumn },
        randomUUID(),
        randomUUID(),
      );
      await assert.rejects(inScope({}, statement, values), { code: '42501' }, name);
    }
    for (const name of systemTables) assert.equal(await inScope({}, `select from purser.${name}`), 0, name);
  });

  test('the scope of a user shows the user’s own memberships and accounts, and nothing else', async () => {
    const userScope = { 'purser.user_id': ourUser };
    for (const { name, tenantColumn } of tables) {
      const all = await inScope(userScope, `select from purser.${name}`);
      const visible = name === 'memberships' || name === 'accounts';
      assert.equal(all, visible ? 1 : 0, name);
      if (!visible) continue;
      assert.equal(await inScope(userScope, `select from purser.${name} where ${tenantColumn} = $1`, [ours]), 1, name);
    }
    await assert.rejects(
      inScope(userScope, `update purser.memberships set role = 'owner' where user_id = $1`, [ourUser]),
      { code: '42501' },
      'A user must not promote themselves.',
    );
  });

  test('tables of the platform are seen in system scope only', async () => {
    for (const name of systemTables) {
      const table = { name, tenantColumn: '' };
      await insertRow(superuser, table, '', randomUUID());
      assert.equal(await inScope(ourScope, `select from purser.${name}`), 0, name);
      assert.equal(await inScope({ 'purser.scope': 'system' }, `select from purser.${name}`), 1, name);
    }
  });

  test('a scope ends with its transaction', async () => {
    await app.query(`begin; set local purser.scope = 'system'`);
    assert.equal((await app.query('select from purser.accounts')).rowCount, 2);
    await app.query('commit');
    assert.equal((await app.query('select from purser.accounts')).rowCount, 0);
  });
});

/** Every table that belongs to tenants, with the column that names the tenant. */
async function tenantTables(client: pg.Client): Promise<Table[]> {
  const found = await client.query<{ name: string }>(
    `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'purser'::regnamespace and relkind in ('r', 'p') and attname = 'account_id' order by relname`,
  );
  assert.ok(found.rows.length > 10, 'The catalog lists too few tables for this test to mean anything.');
  return [
    { name: 'accounts', tenantColumn: 'id' },
    ...found.rows.map(({ name }) => ({ name, tenantColumn: 'account_id' })),
  ];
}

/** Only row security is on trial: constraints and triggers would get in the way of rows that mean nothing. */
async function takeOtherGuardsAway(client: pg.Client): Promise<void> {
  const constraints = await client.query<{ name: string; table: string }>(
    `select quote_ident(conname) as name, conrelid::regclass::text as table from pg_constraint
     where connamespace = 'purser'::regnamespace and contype in ('c', 'f')`,
  );
  for (const { name, table } of constraints.rows) await client.query(`alter table ${table} drop constraint ${name}`);
  const tables = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = 'purser'::regnamespace and relkind in ('r', 'p')`,
  );
  for (const { name } of tables.rows) await client.query(`alter table ${name} disable trigger user`);
}

async function insertRow(client: pg.Client, table: Table, account: string, user: string): Promise<void> {
  const { statement, values } = await insertStatement(client, table, account, user);
  await client.query(statement, values);
}

/** An insert of a row that is right in its types and otherwise means nothing. */
async function insertStatement(
  client: pg.Client,
  table: Table,
  account: string,
  user: string,
): Promise<{ statement: string; values: unknown[] }> {
  const columns = await client.query<{ name: string; type: string; length: number | null }>(
    `select column_name as name, data_type as type, character_maximum_length as length from information_schema.columns
     where table_schema = 'purser' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table.name],
  );
  const values = columns.rows.map(({ name, type, length }) => {
    if (name === table.tenantColumn) return account;
    if (name === 'user_id') return user;
    return meaningless(type, length);
  });
  const names = columns.rows.map(({ name }) => name).join(', ');
  const places = columns.rows.map((_, index) => `$${String(index + 1)}`).join(', ');
  return { statement: `insert into purser.${table.name} (${names}) values (${places})`, values };
}

function meaningless(type: string, length: number | null): unknown {
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'text':
      return randomUUID();
    case 'character':
      return randomUUID().slice(0, length ?? 1);
    case 'bigint':
    case 'integer':
      return Math.floor(Math.random() * 1_000_000);
    case 'timestamp with time zone':
    case 'date':
      return new Date(Date.UTC(2026, 0, 1));
    case 'boolean':
      return true;
    case 'jsonb':
      return {};
    case 'bytea':
      return Buffer.from(randomUUID());
    case 'ARRAY':
      return [];
    default:
      throw new Error(`The isolation test has no value for the type ${type}; give it one.`);
  }
}
