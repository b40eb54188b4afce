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
  'installation',
  'operation_costs',
  'operations',
  'payment_option_limits',
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
    await takeGuardsAway(superuser, ['c', 'f']);
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

/** A foreign key between two tables of tenants. */
type Link = { name: string; child: string; parent: string; columns: string[]; parentColumns: string[] };

describe('rows of an account on rows of another', () => {
  let database: TestDatabase;
  let superuser: pg.Client;
  let app: pg.Client;
  let links: Link[];
  const ours = randomUUID();
  const theirs = randomUUID();
  /** The ids of the rows there are to hang on, by `table account`; shared tables have one row for everybody. */
  const parents = new Map<string, string>();

  before(async () => {
    database = await createTestDatabase();
    superuser = new pg.Client(testServer().url(database.name, 'postgres'));
    app = new pg.Client(database.connections.app);
    await superuser.connect();
    await app.connect();
    // Foreign keys stay: they are on trial here.
    await takeGuardsAway(superuser, ['c']);
    links = await linksOfTenants(superuser);
    await superuser.query(`set session_replication_role = 'replica'`);
    for (const { parent, parentColumns } of links) {
      for (const account of [ours, theirs]) {
        const place = `${parent} ${account}`;
        if (parents.has(place)) continue;
        const shared = parent !== 'accounts' && !parentColumns.includes('account_id');
        const known = shared ? parents.get(`${parent} ${ours}`) : undefined;
        const id = known ?? (parent === 'accounts' ? account : randomUUID());
        parents.set(place, id);
        if (known !== undefined) continue;
        const table = { name: parent, tenantColumn: 'account_id' };
        const { statement, values } = await insertStatement(superuser, table, account, randomUUID(), { id });
        await superuser.query(statement, values);
      }
    }
  });

  after(async () => {
    await app.end();
    await superuser.end();
    await database.drop();
  });

  test('a link between tenants’ tables carries the account on both sides', async () => {
    const tenant = new Set((await tenantTables(superuser)).map(({ name }) => name));
    const between = links.filter(({ parent }) => parent !== 'accounts' && tenant.has(parent));
    assert.ok(between.length >= 8, 'The catalog lists too few links for this test to mean anything.');
    const byId = between.filter(
      ({ columns, parentColumns }) =>
        !columns.some((column, index) => column === 'account_id' && parentColumns[index] === 'account_id'),
    );
    assert.deepEqual(byId, []);
  });

  test('a row is taken on a row of its own account and refused on that of another, in every table', async () => {
    const tried = links.filter(({ columns }) => columns.includes('account_id') && columns.length > 1);
    assert.ok(tried.length >= 8);
    for (const link of tried) {
      assert.equal(await insertedBy(link.child, {}), 1, `${link.name}: own parent`);
      const foreign = Object.fromEntries(
        link.columns.filter((column) => column !== 'account_id').map((column) => [column, parentOf(link, theirs)]),
      );
      await assert.rejects(
        insertedBy(link.child, foreign),
        { code: '23503', constraint: link.name },
        `${link.name}: parent of another account`,
      );
    }
  });

  /** How many rows of our own go into a table, hanging on our rows but for `changes`; undone. */
  async function insertedBy(child: string, changes: Record<string, string>): Promise<number> {
    const own = links
      .filter((link) => link.child === child)
      .flatMap((link) =>
        link.columns.filter((column) => column !== 'account_id').map((column) => [column, parentOf(link, ours)]),
      );
    const given = { ...Object.fromEntries(own), ...changes };
    const table = { name: child, tenantColumn: 'account_id' };
    const { statement, values } = await insertStatement(superuser, table, ours, randomUUID(), given);
    await app.query('begin');
    try {
      await app.query(`select set_config('purser.account_id', $1, true)`, [ours]);
      return (await app.query(statement, values)).rowCount ?? 0;
    } finally {
      await app.query('rollback');
    }
  }

  function parentOf(link: Link, account: string): string {
    const id = parents.get(`${link.parent} ${account}`);
    assert.ok(id !== undefined, link.parent);
    return id;
  }
});

/** Every foreign key of a tenant's table, within our schema. */
async function linksOfTenants(client: pg.Client): Promise<Link[]> {
  const found = await client.query<Link>(
    `select conname as name, child.relname as child, parent.relname as parent,
       (select array_agg(attname::text order by at) from unnest(conkey) with ordinality as k(num, at)
        join pg_attribute on attrelid = conrelid and attnum = num) as columns,
       (select array_agg(attname::text order by at) from unnest(confkey) with ordinality as k(num, at)
        join pg_attribute on attrelid = confrelid and attnum = num) as "parentColumns"
     from pg_constraint join pg_class as child on child.oid = conrelid join pg_class as parent on parent.oid = confrelid
     where contype = 'f' and child.relnamespace = 'purser'::regnamespace and parent.relnamespace = 'purser'::regnamespace
       and exists (select from pg_attribute where attrelid = conrelid and attname = 'account_id')
     order by conname`,
  );
  return found.rows;
}

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

/** Takes triggers and these kinds of constraints away: they would get in the way of rows that mean nothing. */
async function takeGuardsAway(client: pg.Client, kinds: readonly ('c' | 'f')[]): Promise<void> {
  const constraints = await client.query<{ name: string; table: string }>(
    `select quote_ident(conname) as name, conrelid::regclass::text as table from pg_constraint
     where connamespace = 'purser'::regnamespace and contype = any($1)`,
    [kinds],
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
  given: Readonly<Record<string, unknown>> = {},
): Promise<{ statement: string; values: unknown[] }> {
  const columns = await client.query<{ name: string; type: string; length: number | null }>(
    `select column_name as name, data_type as type, character_maximum_length as length from information_schema.columns
     where table_schema = 'purser' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table.name],
  );
  const values = columns.rows.map(({ name, type, length }) => {
    if (name in given) return given[name];
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
