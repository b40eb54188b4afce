import { strict as assert } from 'node:assert';
import path from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import type { EmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import { freePort } from '#test/support/ports.ts';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import type { TemporaryDirectory } from '#test/support/temporary-directory.ts';
import { connectionsByRole } from './database-connections.ts';
import { DatabaseNeedsAdministrator } from './database-problems.ts';
import { migrate } from './migrate.ts';
import { prepareDatabase } from './prepare-database.ts';

suite('prepareDatabase', () => {
  let directory: TemporaryDirectory;
  let server: EmbeddedPostgres;

  // A server of the operator's own knows nothing of Purser; the embedded one plays it once its roles are dropped.
  before(async () => {
    directory = temporaryDirectory();
    server = await startEmbeddedPostgres({
      directory: path.join(directory.path, 'postgres'),
      settings: { fsync: 'off' },
    });
    await administer('drop database purser');
    await removeRoles();
    await administer('create role saas login');
  });
  afterEach(async () => {
    await administer('drop database if exists saas with (force)');
    await removeRoles();
    await administer('alter role saas nocreaterole');
  });
  after(async () => {
    await server.stop({ force: true });
    directory[Symbol.dispose]();
  });

  async function removeRoles(): Promise<void> {
    await administer(
      'drop role if exists purser_app; drop role if exists purser_owner; drop role if exists purser_client',
    );
  }
  async function administer(sql: string, database = 'postgres'): Promise<void> {
    await ask({ connectionString: server.url(database, 'postgres') }, sql);
  }
  async function ask(connection: pg.ClientConfig, sql: string): Promise<unknown[][]> {
    return await askAfter(connection, 'select', sql);
  }
  async function askAfter(connection: pg.ClientConfig, first: string, sql: string): Promise<unknown[][]> {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      await client.query(first);
      return (await client.query({ text: sql, rowMode: 'array' })).rows;
    } finally {
      await client.end();
    }
  }
  function urlAs(user: string): string {
    return server.url('saas', 'postgres').replace('user=postgres', `user=${user}`);
  }
  /** What holds for the connections whoever set the database up: real migrations run, and row security binds the app. */
  async function assertUsable(url: string): Promise<void> {
    const connections = await prepareDatabase(url);
    const migrations = path.join(import.meta.dirname, '../../../../migrations');
    await migrate({ owner: connections.owner, directory: migrations, log: () => undefined });
    assert.deepEqual(await askAfter(connections.app, 'reset role', 'select current_user'), [['purser_app']]);
    await ask(
      connections.owner,
      `create table purser.guarded (n int); insert into purser.guarded values (1); alter table purser.guarded enable row level security`,
    );
    assert.deepEqual(await ask(connections.app, 'select n from purser.guarded'), []);
    const owners = await ask(
      connections.owner,
      `select nspname, pg_get_userbyid(nspowner) from pg_namespace where nspname like 'purser%' order by nspname`,
    );
    assert.deepEqual(owners, [
      ['purser', 'purser_owner'],
      ['purser_auth', 'purser_owner'],
      ['purser_jobs', 'purser_owner'],
    ]);
    await prepareDatabase(url);
  }

  test('a superuser sets up everything, and the app does not keep the rights of one', async () => {
    await administer('create database saas');
    await assertUsable(urlAs('postgres'));
  });

  test('the owner of the database who may create roles sets up everything', async () => {
    await administer('alter role saas createrole');
    await administer('create database saas owner saas');
    await assertUsable(urlAs('saas'));
  });

  test('a user without rights is told the statements, and once an administrator ran them all is well', async () => {
    await administer('create database saas');
    await assert.rejects(prepareDatabase(urlAs('saas')), (error) => {
      assert.ok(error instanceof DatabaseNeedsAdministrator);
      assert.match(
        error.message,
        /^The user “saas” of DATABASE_URL may not set up this database\. Let an administrator run in it: create role/,
      );
      assert.deepEqual(error.statements, [
        'create role purser_owner nologin',
        'grant purser_owner to saas',
        'create role purser_app nologin',
        'grant purser_app to saas',
        'create role purser_client nologin',
        'create schema purser authorization purser_owner',
        'create schema purser_auth authorization purser_owner',
        'create schema purser_jobs authorization purser_owner',
      ]);
      return true;
    });
    await assert.rejects(
      prepareDatabase(urlAs('saas')),
      DatabaseNeedsAdministrator,
      'the failed try left nothing behind',
    );

    const told = await prepareDatabase(urlAs('saas')).catch((error: unknown) => error);
    assert.ok(told instanceof DatabaseNeedsAdministrator);
    for (const statement of told.statements) await administer(statement, 'saas');
    await assertUsable(urlAs('saas'));
  });

  test('two processes may set up at once', async () => {
    await administer('create database saas');
    await Promise.all([
      prepareDatabase(urlAs('postgres')),
      prepareDatabase(urlAs('postgres')),
      prepareDatabase(urlAs('postgres')),
    ]);
  });

  test('a set-up in which the app would pass by row security is refused or put right', async () => {
    await administer('create database saas');
    await administer('create role purser_owner; create role purser_app bypassrls');
    const connections = await prepareDatabase(urlAs('postgres'));
    assert.deepEqual(await ask(connections.app, `select rolbypassrls from pg_roles where rolname = 'purser_app'`), [
      [false],
    ]);
    await administer('grant purser_owner to purser_app');
    await assert.rejects(prepareDatabase(urlAs('postgres')), /member of purser_owner and would pass by row security/);
  });

  test('options in DATABASE_URL are kept beside the role', async () => {
    await administer('create database saas');
    await prepareDatabase(urlAs('postgres'));
    const connections = connectionsByRole(`${urlAs('postgres')}&options=-c%20work_mem%3D7MB`);
    assert.deepEqual(await ask(connections.app, `select current_user, current_setting('work_mem')`), [
      ['purser_app', '7MB'],
    ]);
  });

  test('what cannot be reached is told in one sentence, without the password', async () => {
    const port = await freePort();
    await assert.rejects(prepareDatabase(`postgresql://saas:hunter2@127.0.0.1:${port}/saas`), {
      name: 'DatabaseUnreachable',
      message: `No PostgreSQL can be reached at 127.0.0.1:${port} (DATABASE_URL): nothing listens there.`,
    });
    await assert.rejects(prepareDatabase(urlAs('saas')), /has no such database: database "saas" does not exist/);
    await administer('create database saas');
    await assert.rejects(prepareDatabase(urlAs('stranger')), /refuses the user “stranger” of DATABASE_URL/);
    await assert.rejects(
      prepareDatabase('postgresql://saas@localhost/saas?host=%2Fno%2Fsuch%2Ffolder'),
      /there is no such socket/,
    );
  });

  test('a database in another encoding is refused', async () => {
    await administer(`create database saas encoding 'LATIN1' locale 'C' locale_provider libc template template0`);
    await assert.rejects(
      prepareDatabase(urlAs('postgres')),
      /needs a database in UTF-8; the one of DATABASE_URL is in LATIN1/,
    );
  });
});
