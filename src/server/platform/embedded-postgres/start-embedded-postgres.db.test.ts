import { strict as assert } from 'node:assert';
import { chmodSync, existsSync, lchownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { processIdentity } from './process-identity.ts';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';
import type { EmbeddedPostgres } from './start-embedded-postgres.ts';

/** What the tests hold need not survive the machine, except where a test is about that. */
const quick = { fsync: 'off', full_page_writes: 'off' };
const asRoot = { skip: process.getuid?.() === 0 ? false : 'only root gives the server another user' };

async function query(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query({ text: sql, rowMode: 'array' });
    return result.rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function owner(server: EmbeddedPostgres): string {
  return server.url('purser', 'purser_owner');
}

async function goneOf(pid: number): Promise<void> {
  const until = Date.now() + 10_000;
  while (processIdentity(pid) !== null) {
    assert.ok(Date.now() < until, `process ${pid} is still there`);
    await delay(10);
  }
}

test('several processes share one server, and the last one to leave stops it', async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'data/postgres');
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);

  const [one, two] = await Promise.all([
    startEmbeddedPostgres({ directory, settings: quick, log }),
    startEmbeddedPostgres({ directory, settings: quick, log }),
  ]);
  assert.notEqual(one.started, two.started);
  assert.equal(one.pid, two.pid);
  await query(owner(one), 'create table kept (n int); insert into kept values (7)');

  await one.stop();
  assert.deepEqual(await query(owner(two), 'select n from kept'), [[7]]);
  assert.ok(lines.some((line) => line.includes('keeps running')));

  await two.stop();
  await two.stop();
  assert.equal(processIdentity(two.pid), null);
  assert.ok(!existsSync(path.join(directory, 'postmaster.pid')));

  const again = await startEmbeddedPostgres({ directory, settings: quick });
  assert.equal(again.started, true);
  assert.deepEqual(await query(owner(again), 'select n from kept'), [[7]]);
  await again.stop({ force: true });
});

test('the server has no port, and its roles may not pass row security, create roles or create databases', async () => {
  using temporary = temporaryDirectory();
  const server = await startEmbeddedPostgres({ directory: path.join(temporary.path, 'postgres'), settings: quick });
  try {
    assert.deepEqual(
      await query(owner(server), `select current_setting('listen_addresses'), current_setting('server_encoding')`),
      [['', 'UTF8']],
    );
    const roles = await query(
      owner(server),
      `select rolname, rolcanlogin, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
         from pg_roles where rolname like 'purser%' order by rolname`,
    );
    assert.deepEqual(roles, [
      ['purser_app', true, false],
      ['purser_client', false, false],
      ['purser_owner', true, false],
    ]);
    const app = server.url('purser', 'purser_app');
    for (const forbidden of [
      'create role intruder',
      'create table public.stray (n int)',
      'set role purser_owner',
      'set role postgres',
    ]) {
      await assert.rejects(query(app, forbidden), { code: '42501' }, forbidden);
    }
    await query(
      owner(server),
      `create table guarded (n int); insert into guarded values (1); grant select on guarded to purser_app;
       alter table guarded enable row level security`,
    );
    assert.deepEqual(await query(app, 'select n from guarded'), []);
    assert.equal(statSync(server.dataDirectory).mode & 0o777, 0o700);
  } finally {
    await server.stop({ force: true });
  }
});

test('what was committed survives a kill -9 of the server, and stale lock files do not stand in the way', async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'postgres');
  const server = await startEmbeddedPostgres({ directory });
  assert.deepEqual(await query(owner(server), 'show fsync'), [['on']]);
  await query(owner(server), 'create table kept (n int); insert into kept select generate_series(1, 1000)');
  const open = new pg.Client(owner(server));
  open.on('error', () => undefined);
  await open.connect();
  await open.query('begin; insert into kept values (0)');

  process.kill(server.pid, 'SIGKILL');
  const again = await startEmbeddedPostgres({ directory });
  assert.equal(again.started, true);
  assert.notEqual(again.pid, server.pid);
  assert.deepEqual(await query(owner(again), 'select count(*)::int, min(n) from kept'), [[1000, 1]]);
  await open.end().catch(() => undefined);
  await server.stop();
  assert.deepEqual(
    await query(owner(again), 'select 1'),
    [[1]],
    'a process that lost the old server does not stop the new one',
  );

  process.kill(again.pid, 'SIGKILL');
  await goneOf(again.pid);
  for (const file of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
    // The number now belongs to a program that is no server: this one.
    writeFileSync(path.join(directory, file), `${process.pid}\n${directory}\n`);
  }
  const third = await startEmbeddedPostgres({ directory });
  assert.deepEqual(await query(owner(third), 'select count(*)::int from kept'), [[1000]]);
  await third.stop({ force: true });
});

test('a first start that was killed half-way is begun again', async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'postgres');
  mkdirSync(`${directory}.creating`);
  writeFileSync(path.join(`${directory}.creating`, 'PG_VERSION'), '18\n');
  const server = await startEmbeddedPostgres({ directory, settings: quick });
  assert.deepEqual(await query(owner(server), 'select 1'), [[1]]);
  assert.ok(!existsSync(`${directory}.creating`));
  await server.stop({ force: true });
});

test('a long path and one with spaces, quotes, commas and dollars works', async () => {
  using temporary = temporaryDirectory();
  for (const name of [`it's "my, own" $HOME folder`, 'a-long-name-'.repeat(10)]) {
    const server = await startEmbeddedPostgres({
      directory: path.join(temporary.path, name, 'postgres'),
      settings: quick,
    });
    assert.deepEqual(await query(owner(server), 'select 1'), [[1]]);
    await server.stop({ force: true });
  }
});

test('a folder that holds something else, or data of another version, is refused in one sentence', async () => {
  using temporary = temporaryDirectory();
  const foreign = path.join(temporary.path, 'foreign');
  mkdirSync(foreign);
  writeFileSync(path.join(foreign, 'letter.txt'), 'keep me');
  await assert.rejects(
    startEmbeddedPostgres({ directory: foreign }),
    /foreign is not empty and holds no PostgreSQL data/,
  );
  assert.deepEqual(readdirSync(foreign), ['letter.txt']);

  const older = path.join(temporary.path, 'older');
  mkdirSync(older);
  writeFileSync(path.join(older, 'PG_VERSION'), '14\n');
  await assert.rejects(startEmbeddedPostgres({ directory: older }), /written by PostgreSQL 14/);
});

test('a setting the server refuses is told in its own words, at once', async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'postgres');
  const began = Date.now();
  await assert.rejects(
    startEmbeddedPostgres({ directory, settings: { ...quick, no_such_setting: '1' } }),
    /did not start: .*no_such_setting/,
  );
  assert.ok(Date.now() - began < 10_000);
});

test(
  'as root in a folder the server cannot enter, the data goes to a reachable place and stays there',
  asRoot,
  async () => {
    using temporary = temporaryDirectory();
    const reachableRoot = path.join(temporary.path, 'reachable');
    const clone = path.join(temporary.path, 'clone');
    mkdirSync(clone, { mode: 0o700 });
    const directory = path.join(clone, 'data/postgres');
    const lines: string[] = [];
    const options = { directory, settings: quick, reachableRoot, log: (line: string) => void lines.push(line) };

    const server = await startEmbeddedPostgres(options);
    assert.ok(server.dataDirectory.startsWith(reachableRoot));
    assert.ok(lines.some((line) => line.startsWith(`The database is kept in ${server.dataDirectory}`)));
    await query(owner(server), 'create table kept (n int)');
    process.kill(server.pid, 'SIGKILL');
    await server.stop();

    // Reachable or not, a later start finds the same data.
    chmodSync(clone, 0o755);
    const again = await startEmbeddedPostgres(options);
    assert.equal(again.dataDirectory, server.dataDirectory);
    assert.deepEqual(await query(owner(again), 'select n from kept'), []);
    await again.stop({ force: true });
  },
);

test('data that was reachable and is no longer is not replaced by an empty database', asRoot, async () => {
  using temporary = temporaryDirectory();
  const clone = path.join(temporary.path, 'clone');
  mkdirSync(clone);
  const options = {
    directory: path.join(clone, 'postgres'),
    settings: quick,
    reachableRoot: path.join(temporary.path, 'reachable'),
  };
  const server = await startEmbeddedPostgres(options);
  await server.stop({ force: true });
  chmodSync(clone, 0o700);
  await assert.rejects(startEmbeddedPostgres(options), /cannot be reached any more/);
});

test('root runs the server as whoever owns the data', asRoot, async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'postgres');
  const first = await startEmbeddedPostgres({ directory, settings: quick });
  await first.stop({ force: true });
  const nobody = 65_534;
  for (const entry of ['.', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(path.join(directory, entry), nobody, nobody);
  }
  const server = await startEmbeddedPostgres({ directory, settings: quick });
  assert.equal(statSync(path.join(directory, 'postmaster.pid')).uid, nobody);
  await server.stop({ force: true });
});
