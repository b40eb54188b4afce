import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import pg from 'pg';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import type { TemporaryDirectory } from '#test/support/temporary-directory.ts';
import { createEmptyDatabase } from '#test/support/test-database.ts';
import type { TestDatabase } from '#test/support/test-database.ts';
import { migrate, pendingMigrations } from './migrate.ts';

suite('migrate', () => {
  let database: TestDatabase;
  let directory: TemporaryDirectory;
  const lines: string[] = [];

  beforeEach(async () => {
    database = await createEmptyDatabase();
    directory = temporaryDirectory();
    lines.length = 0;
    write('0001_first.sql', 'create table purser.first (n int);');
    write('0002_second.sql', 'create table purser.second (n int);\ninsert into purser.second values (2);');
  });
  afterEach(async () => {
    await database.drop();
    directory[Symbol.dispose]();
  });

  function write(name: string, sql: string): void {
    writeFileSync(path.join(directory.path, name), sql);
  }
  async function run(dryRun = false): Promise<string[]> {
    const log = (line: string): void => void lines.push(line);
    return await migrate({ owner: database.connections.owner, directory: directory.path, log, dryRun });
  }
  async function ask(connection: keyof TestDatabase['connections'], sql: string): Promise<unknown[][]> {
    const client = new pg.Client(database.connections[connection]);
    await client.connect();
    try {
      return (await client.query({ text: sql, rowMode: 'array' })).rows;
    } finally {
      await client.end();
    }
  }

  test('applies what is missing in order, and nothing twice', async () => {
    assert.deepEqual(await run(), ['0001_first.sql', '0002_second.sql']);
    assert.deepEqual(await run(), []);
    write('0003_third.sql', 'alter table purser.second add column m int;');
    assert.deepEqual(await run(), ['0003_third.sql']);
    assert.deepEqual(await ask('owner', 'select n, m from purser.second'), [[2, null]]);
    assert.deepEqual(
      lines,
      ['0001_first.sql', '0002_second.sql', '0003_third.sql'].map((name) => `Applied migration ${name}.`),
    );
  });

  test('lets the app read and write rows of the tables, but not create any or touch the record', async () => {
    await run();
    await ask('app', 'insert into purser.first values (1)');
    assert.deepEqual(await ask('app', 'select n from purser.first'), [[1]]);
    assert.deepEqual(await ask('app', 'select count(*)::int from purser.schema_migrations'), [[2]]);
    for (const forbidden of [
      'create table purser.mine (n int)',
      'truncate purser.first',
      'delete from purser.schema_migrations',
    ]) {
      await assert.rejects(ask('app', forbidden), { code: '42501' }, forbidden);
    }
  });

  test('a dry run prints the SQL of what is missing and changes nothing', async () => {
    assert.deepEqual(await run(true), ['0001_first.sql', '0002_second.sql']);
    assert.match(lines.join('\n'), /-- 0001_first\.sql\ncreate table purser\.first/);
    assert.deepEqual(await ask('owner', `select to_regnamespace('purser')`), [[null]]);
    await run();
    const pending = await pendingMigrations({ owner: database.connections.owner, directory: directory.path });
    assert.deepEqual(pending, []);
  });

  test('refuses a file that was changed after it was applied', async () => {
    await run();
    write('0001_first.sql', 'create table purser.first (n bigint);');
    await assert.rejects(run(), {
      name: 'MigrationFailed',
      message: /0001_first\.sql was changed after it was applied/,
    });
  });

  test('rolls a failing file back, names its line, and keeps the ones before it', async () => {
    write('0003_broken.sql', 'create table purser.third (n int);\n\ninsert into purser.nowhere values (1);');
    await assert.rejects(
      run(),
      /0003_broken\.sql failed at line 3 and was rolled back: relation "purser\.nowhere" does not exist/,
    );
    assert.deepEqual(
      await ask('owner', `select to_regclass('purser.third'), count(*)::int from purser.schema_migrations`),
      [[null, 2]],
    );
    write('0003_broken.sql', 'create table purser.third (n int);');
    assert.deepEqual(await run(), ['0003_broken.sql']);
  });

  test('refuses a file that ends its own transaction', async () => {
    write('0003_commits.sql', 'create table purser.third (n int); commit;');
    await assert.rejects(run(), /0003_commits\.sql .*ends its own transaction/);
  });

  test('refuses a database that a newer version has migrated', async () => {
    write('0003_newer.sql', 'select 1;');
    await run();
    const older = temporaryDirectory();
    try {
      writeFileSync(path.join(older.path, '0001_first.sql'), 'create table purser.first (n int);');
      await assert.rejects(
        migrate({ owner: database.connections.owner, directory: older.path, log: () => undefined }),
        /0002_second\.sql, which this version of Purser does not know/,
      );
    } finally {
      older[Symbol.dispose]();
    }
  });

  test('refuses a file numbered before one that was applied and a number used twice', async () => {
    write('0005_fifth.sql', 'select 5;');
    await run();
    write('0004_late.sql', 'select 4;');
    await assert.rejects(run(), /0004_late\.sql is missing in the database, but the later 0005_fifth\.sql is there/);
    write('0005_other.sql', 'select 5;');
    await assert.rejects(run(), /Two migrations have the number 0005: 0005_fifth\.sql and 0005_other\.sql/);
  });

  test('refuses a name without a number, so that no file is passed over', async () => {
    write('notes.sql', 'select 1;');
    await assert.rejects(run(), /notes\.sql is not a name for a migration/);
  });

  test('of processes that start at once, one applies and the others wait', async () => {
    write('0003_slow.sql', 'select pg_sleep(0.2);');
    const results = await Promise.all([run(), run(), run()]);
    assert.deepEqual(
      results.map((applied) => applied.length).toSorted((a, b) => a - b),
      [0, 0, 3],
    );
    assert.equal(lines.filter((line) => line.startsWith('Another process')).length, 2);
  });
});
