import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inspect, parseEnv } from 'node:util';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { envExample } from './env-example.ts';
import { ConfigurationInvalid, loadConfig } from './load-config.ts';
import type { Environment } from './load-config.ts';
import { loadSecret } from './load-secret.ts';
import { readEnvironment } from './read-environment.ts';

const secret = 'a secret of more than thirty-two characters';
const stripeKeys = {
  STRIPE_PUBLIC_KEY: 'pk_test_public',
  STRIPE_SECRET_KEY: 'sk_test_hidden',
  STRIPE_WEBHOOK_SECRET: 'whsec_hidden',
};

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigurationInvalid);
    assert.equal(error.message, error.problems.join('\n'));
    return error.problems;
  }
  return [];
}

test('an empty environment is the sandbox on this machine with an embedded database', () => {
  const config = loadConfig({ PORT: '', STRIPE_SECRET_KEY: ' ' }, { inContainer: false });
  assert.deepEqual(config, {
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    trustedProxies: ['loopback'],
    databaseUrl: null,
    dataDirectory: path.resolve('data'),
    secret: null,
    role: 'all',
    logLevel: 'warn',
    smtpUrl: null,
    mailFrom: 'Purser <billing@localhost>',
    stripe: null,
    stripeWebhooks: true,
    sandboxStripePort: 3010,
    sandbox: true,
    failpoint: null,
  });
  assert.ok(Object.isFrozen(config));
  assert.equal(loadConfig({}, { inContainer: true }).host, '0.0.0.0');
  assert.equal(loadConfig({ container: 'podman' }).host, '0.0.0.0');
});

test('every problem is told at once, in words, each variable once', () => {
  assert.deepEqual(
    problemsOf({
      PORT: 'abc',
      SANDBOX_STRIPE_PORT: '70000',
      PURSER_ROLE: 'boss',
      PUBLIC_URL: 'https://x.example/path',
      MAIL_FROM: 'me',
    }),
    [
      'PORT must be a whole number between 0 and 65535; it is “abc”.',
      'PUBLIC_URL must be an address like https://billing.example.com, without a path; it is “https://x.example/path”.',
      'PURSER_ROLE must be all, web or worker; it is “boss”.',
      'MAIL_FROM must be an e-mail address, or a name and an address in <>; it is “me”.',
      'SANDBOX_STRIPE_PORT must be a whole number between 0 and 65535; it is “70000”.',
    ],
  );
  for (const wrong of ['-1', '3000.5', '0x10', '3e3', '٣']) assert.equal(problemsOf({ PORT: wrong }).length, 1, wrong);
});

test('rules about several variables are told beside the others', () => {
  assert.deepEqual(problemsOf({ PORT: 'x', DATABASE_URL: 'postgresql://h/d', SMTP_URL: 'smtp://mail.example.com' }), [
    'PORT must be a whole number between 0 and 65535; it is “x”.',
    'PURSER_SECRET must be set (32 characters or more) when DATABASE_URL is, so that all processes share one secret.',
    'MAIL_FROM must be set when SMTP_URL is: mail servers refuse an unknown sender.',
  ]);
});

test('the keys of Stripe come all three, of one mode, and end the sandbox', () => {
  const config = loadConfig(stripeKeys);
  assert.equal(config.sandbox, false);
  assert.equal(config.stripe?.mode, 'test');
  assert.equal(config.stripe.secretKey.reveal(), 'sk_test_hidden');
  const restricted = loadConfig({ ...stripeKeys, STRIPE_PUBLIC_KEY: 'pk_live_x', STRIPE_SECRET_KEY: 'rk_live_x' });
  assert.equal(restricted.stripe?.mode, 'live');

  assert.deepEqual(problemsOf({ ...stripeKeys, STRIPE_WEBHOOK_SECRET: '' }), [
    'The three keys of Stripe go together; STRIPE_WEBHOOK_SECRET is missing.',
  ]);
  assert.deepEqual(problemsOf({ STRIPE_PUBLIC_KEY: 'pk_test_x' }), [
    'The three keys of Stripe go together; STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are missing.',
  ]);
  assert.deepEqual(problemsOf({ ...stripeKeys, STRIPE_PUBLIC_KEY: 'pk_live_x' }), [
    'STRIPE_PUBLIC_KEY is a live key and STRIPE_SECRET_KEY a test key; take both from the same mode of Stripe’s dashboard.',
  ]);
});

test('trusted proxies are addresses and ranges, never everybody', () => {
  const config = loadConfig({ PURSER_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,192.0.2.7 , fd00::/8' });
  assert.deepEqual(config.trustedProxies, ['loopback', '10.0.0.0/8', '192.0.2.7', 'fd00::/8']);
  for (const wrong of [
    'proxy.example',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.1,',
    '*',
  ]) {
    assert.deepEqual(problemsOf({ PURSER_TRUSTED_PROXIES: wrong }), [
      `PURSER_TRUSTED_PROXIES must be addresses or ranges, such as 10.0.0.0/8, separated by commas; it is “${wrong}”.`,
    ]);
  }
});

test('a fail point is for the sandbox only', () => {
  assert.equal(loadConfig({ PURSER_FAILPOINT: 'payment_started' }).failpoint, 'payment_started');
  assert.deepEqual(problemsOf({ ...stripeKeys, PURSER_FAILPOINT: 'payment_started' }), [
    'PURSER_FAILPOINT is for the sandbox only; take it or the keys of Stripe away.',
  ]);
});

test('secrets are shown neither by messages nor by printing the configuration', () => {
  const hidden = {
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    PURSER_SECRET: 'hunter2',
    SMTP_URL: 'http://user:hunter2@host',
    MAIL_FROM: 'billing@example.com',
    // A key in the wrong place.
    STRIPE_PUBLIC_KEY: 'sk_live_hunter2',
    STRIPE_SECRET_KEY: 'hunter2',
    STRIPE_WEBHOOK_SECRET: 'hunter2',
  };
  const problems = problemsOf(hidden);
  assert.equal(problems.length, 6);
  assert.doesNotMatch(problems.join('\n'), /hunter2/);

  const config = loadConfig({
    ...stripeKeys,
    DATABASE_URL: 'postgresql://u:hidden@h/d',
    PURSER_SECRET: `${secret} hidden`,
    SMTP_URL: 'smtp://u:hidden@h',
    MAIL_FROM: 'a@b.example',
  });
  for (const printed of [
    inspect(config, { depth: 9, showHidden: true }),
    JSON.stringify(config),
    String(config.databaseUrl),
  ]) {
    assert.doesNotMatch(printed, /hidden/);
  }
});

test('.env.example names every variable with its meaning, and a copy of it changes nothing', () => {
  const file = path.join(import.meta.dirname, '../../../../.env.example');
  assert.equal(readFileSync(file, 'utf8'), envExample(), 'write it anew from envExample()');
  assert.deepEqual(parseEnv(envExample()), {});
  // Uncommented it is complete, and wrong only where a person must put something of their own.
  const problems = problemsOf(parseEnv(envExample().replaceAll(/^#(?=[A-Z_]+=)/gm, '')));
  assert.ok(problems.some((problem) => problem.startsWith('PURSER_SECRET must be at least 32 characters long')));
});

test('a file .env is read, and the environment of the process wins over it', () => {
  using temporary = temporaryDirectory();
  assert.deepEqual(readEnvironment(temporary.path, { PORT: '1' }), { PORT: '1' });
  writeFileSync(path.join(temporary.path, '.env'), 'PORT=2\nHOST="::1"\n');
  assert.deepEqual({ ...readEnvironment(temporary.path, { PORT: '1' }) }, { PORT: '1', HOST: '::1' });
});

test('a data folder that cannot be used is told in one sentence', () => {
  using temporary = temporaryDirectory();
  const file = path.join(temporary.path, 'file');
  writeFileSync(file, '');
  const config = loadConfig({ PURSER_DATA_DIR: path.join(file, 'data') });
  assert.throws(() => loadSecret(config), {
    name: 'StartupProblem',
    message: `The folder ${file}/data cannot be used for data: a part of the path is a file. Set PURSER_DATA_DIR to another one.`,
  });
});

test('the secret is made once, readable by its owner alone, and given by PURSER_SECRET otherwise', () => {
  using temporary = temporaryDirectory();
  const dataDirectory = path.join(temporary.path, 'data');
  const config = loadConfig({ PURSER_DATA_DIR: dataDirectory });
  const made = loadSecret(config).reveal();
  assert.ok(made.length >= 32);
  assert.equal(loadSecret(config).reveal(), made);
  assert.equal(statSync(path.join(dataDirectory, 'secret')).mode & 0o777, 0o600);

  writeFileSync(path.join(dataDirectory, 'secret'), 'short');
  assert.throws(() => loadSecret(config), /is cut short/);

  const elsewhere = path.join(temporary.path, 'elsewhere');
  assert.equal(loadSecret(loadConfig({ PURSER_DATA_DIR: elsewhere, PURSER_SECRET: secret })).reveal(), secret);
  assert.ok(!existsSync(elsewhere));
});
