import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { createClock } from '#server/platform/clock/index.ts';
import { openPool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { giveCredits, makeAccount } from '#test/support/metering.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { testServer } from '#test/support/test-server.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';

const cli = path.join(import.meta.dirname, '../../cli.ts');

describe('npm run purser -- verify', () => {
  let directory: TemporaryDirectory;
  let database: TestDatabase;
  let accountId: string;

  before(async () => {
    directory = temporaryDirectory();
    database = await createTestDatabase();
    const pool = openPool(database.connections.app, 1);
    const clock = createClock();
    const app = { pool, clock, ids: createIds(clock) };
    accountId = await makeAccount(app);
    await giveCredits(app, accountId, 5n);
    await pool.close();
  });
  after(async () => {
    await database.drop();
    directory[Symbol.dispose]();
  });

  /** Runs the command as an operator would. Answers its exit code and everything it printed. */
  async function verify(name: string): Promise<{ code: number; printed: string }> {
    const env = {
      ...process.env,
      DATABASE_URL: testServer().url(name, 'postgres'),
      PURSER_DATA_DIR: directory.path,
      PURSER_SECRET: 'a secret of 32 characters or more, for tests',
      LOG_LEVEL: 'warn',
    };
    return await new Promise((resolve) => {
      execFile(process.execPath, [cli, 'verify'], { env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), printed: stdout + stderr });
      });
    });
  }

  test('says that everything holds, and ends with 0', async () => {
    const { code, printed } = await verify(database.name);
    assert.match(printed, /^check +rows looked at +problems\n/);
    assert.match(printed, /\na balance is the sum of its postings +2 +0\n/);
    assert.match(printed, /\nEverything holds\.\n$/);
    assert.equal(code, 0, printed);
  });

  test('names the row that breaks a check, and ends with 1', async () => {
    const client = new pg.Client(testServer().url(database.name, 'postgres'));
    await client.connect();
    await client.query('update purser.credit_balances set available = 6');
    await client.end();
    const { code, printed } = await verify(database.name);
    assert.match(
      printed,
      new RegExp(`account ${accountId}: its balance says 6 available and 0 held, its postings 5 and 0`),
    );
    assert.match(printed, /The books are not in order/);
    assert.equal(code, 1);
  });

  test('refuses a database of another version and changes nothing in it', async () => {
    const empty = await createEmptyDatabase();
    try {
      const { code, printed } = await verify(empty.name);
      assert.match(printed, /The database lacks \d+ migrations of this version of Purser/);
      assert.equal(code, 1);
    } finally {
      await empty.drop();
    }
  });
});
