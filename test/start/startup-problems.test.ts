import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { inTransaction, markInstallation, openPool } from '#server/platform/db/index.ts';
import { freePort } from '#test/support/ports.ts';
import { spawnProgram } from '#test/support/spawned-process.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { testServer } from '#test/support/test-server.ts';

const aSecret = 'a secret of 32 characters or more, for tests';

describe('what keeps Purser from starting is one clear sentence', () => {
  let directory: TemporaryDirectory;

  before(() => {
    directory = temporaryDirectory();
  });
  after(() => directory[Symbol.dispose]());

  /** Starts Purser and answers what it says before it gives up. */
  async function refusalOf(environment: Record<string, string>): Promise<string> {
    const purser = spawnProgram(
      'src/server/main.ts',
      {
        PORT: '0',
        SANDBOX_STRIPE_PORT: '0',
        SANDBOX_PAYPAL_PORT: '0',
        PURSER_DATA_DIR: directory.path,
        ...environment,
      },
      directory.path,
    );
    assert.equal(await purser.ended(), 1, purser.output());
    const output = purser.output();
    assert.match(output, /Purser cannot start\.\n/);
    assert.doesNotMatch(output, /^\s+at |\bError:|node:internal/m, 'no stack trace');
    return output.slice(output.indexOf('Purser cannot start.') + 'Purser cannot start.'.length).trim();
  }

  test('a taken port', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    try {
      const sentence = await refusalOf({ PORT: port });
      assert.match(sentence, new RegExp(`^Port ${port} is taken by another program\\. .*PORT`));
      assert.equal(sentence.split('\n').length, 1);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  test('a port of a simulator that another program holds', async () => {
    const holder = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    try {
      const sentence = await refusalOf({ SANDBOX_PAYPAL_PORT: port });
      assert.match(
        sentence,
        new RegExp(`Port ${port}, which the PayPal sandbox needs, is taken .*SANDBOX_PAYPAL_PORT`),
      );
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  test('a database that nothing answers for', async () => {
    const url = `postgresql://purser:hunter2@127.0.0.1:${String(await freePort())}/purser`;
    const sentence = await refusalOf({ DATABASE_URL: url, PURSER_SECRET: aSecret });
    assert.match(
      sentence,
      /^No PostgreSQL can be reached at 127\.0\.0\.1:\d+ \(DATABASE_URL\): nothing listens there\.$/,
    );
    assert.ok(!sentence.includes('hunter2'));
  });

  test('a database that does not exist', async () => {
    const url = testServer().url('no_such_database', 'postgres');
    const sentence = await refusalOf({ DATABASE_URL: url, PURSER_SECRET: aSecret });
    assert.match(sentence, /no such database.*no_such_database.*DATABASE_URL/);
  });

  test('broken variables, all told at once', async () => {
    const sentences = await refusalOf({ PORT: 'eighty', PURSER_ROLE: 'boss', DATABASE_URL: 'mysql://somewhere' });
    assert.match(sentences, /^PORT must be a whole number between 0 and 65535; it is “eighty”\.$/m);
    assert.match(sentences, /^PURSER_ROLE must be all, web or worker; it is “boss”\.$/m);
    assert.match(sentences, /^DATABASE_URL must be an address like postgresql:/m);
    assert.match(sentences, /^PURSER_SECRET must be set/m);
    assert.ok(!sentences.includes('somewhere'));
  });

  test('keys of Stripe of which one is missing', async () => {
    const sentence = await refusalOf({ STRIPE_PUBLIC_KEY: 'pk_test_1', STRIPE_SECRET_KEY: 'sk_test_verysecret' });
    assert.match(sentence, /STRIPE_WEBHOOK_SECRET is missing/);
    assert.ok(!sentence.includes('verysecret'));
  });

  test('keys of PayPal for real money without the id of its webhook, or beside play money at Stripe', async () => {
    const sentences = await refusalOf({
      PAYPAL_CLIENT_ID: 'A-client-id-of-a-paypal-app',
      PAYPAL_CLIENT_SECRET: 'E-verysecret-of-a-paypal-app',
      PAYPAL_MODE: 'live',
      STRIPE_PUBLIC_KEY: 'pk_test_1',
      STRIPE_SECRET_KEY: 'sk_test_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
    });
    assert.match(sentences, /^PAYPAL_WEBHOOK_ID must be set when PAYPAL_MODE is live/m);
    assert.match(sentences, /^PAYPAL_MODE is live and the keys of Stripe are of test mode/m);
    assert.ok(!sentences.includes('verysecret'));
  });

  test('keys on a database of the sandbox, which has demo logins and payments that do not exist', async () => {
    const database = await createTestDatabase();
    try {
      const pool = openPool(database.connections.app, 1);
      await inTransaction({ pool }, 'system', (tx) => markInstallation(tx, 'sandbox', new Date()));
      await pool.close();
      const sentence = await refusalOf({
        DATABASE_URL: testServer().url(database.name, 'postgres'),
        PURSER_SECRET: aSecret,
        STRIPE_PUBLIC_KEY: 'pk_test_1',
        STRIPE_SECRET_KEY: 'sk_test_1',
        STRIPE_WEBHOOK_SECRET: 'whsec_1',
      });
      assert.match(sentence, /This database belongs to the sandbox.*the keys say the gateways' test mode/);
    } finally {
      await database.drop();
    }
  });

  test('a data folder that is a file', async () => {
    const sentence = await refusalOf({ PURSER_DATA_DIR: import.meta.filename });
    assert.equal(sentence.split('\n').length, 1, sentence);
    assert.match(sentence, /startup-problems\.test\.ts/);
  });

  test('a data folder below a file', async () => {
    const sentence = await refusalOf({ PURSER_DATA_DIR: `${import.meta.filename}/data` });
    assert.match(sentence, /^The folder .* cannot be used for data: a part of the path is a file\. .*PURSER_DATA_DIR/);
    assert.equal(sentence.split('\n').length, 1, sentence);
  });
});
