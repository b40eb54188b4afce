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

const payPalKeys = {
  PAYPAL_CLIENT_ID: 'A-client-id-of-a-paypal-app',
  PAYPAL_CLIENT_SECRET: 'E-hidden-secret-of-a-paypal-app',
  PAYPAL_MODE: 'sandbox',
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
    paypal: null,
    sandboxStripePort: 3010,
    sandboxPaypalPort: 3011,
    disputeCredits: 'freeze',
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

test('the keys of PayPal come together, need a webhook in live mode, and end the sandbox', () => {
  const config = loadConfig(payPalKeys);
  assert.equal(config.sandbox, false);
  assert.equal(config.stripe, null);
  assert.deepEqual(
    [config.paypal?.mode, config.paypal?.webhookId, config.paypal?.webhookVerification, config.paypal?.merchantId],
    ['sandbox', null, 'certificate', null],
  );
  assert.equal(config.paypal?.clientSecret.reveal(), 'E-hidden-secret-of-a-paypal-app');
  const live = loadConfig({
    ...payPalKeys,
    PAYPAL_MODE: 'live',
    PAYPAL_WEBHOOK_ID: '5GP028458E2496506',
    PAYPAL_WEBHOOK_VERIFICATION: 'api',
    PAYPAL_MERCHANT_ID: '2J6QB8YJQSJRJ',
  });
  assert.deepEqual(
    [live.paypal?.mode, live.paypal?.webhookId, live.paypal?.webhookVerification, live.paypal?.merchantId],
    ['live', '5GP028458E2496506', 'api', '2J6QB8YJQSJRJ'],
  );

  assert.deepEqual(problemsOf({ ...payPalKeys, PAYPAL_MODE: '' }), [
    'PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE go together; PAYPAL_MODE is missing.',
  ]);
  assert.deepEqual(problemsOf({ PAYPAL_CLIENT_SECRET: payPalKeys.PAYPAL_CLIENT_SECRET }), [
    'PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE go together; PAYPAL_CLIENT_ID and PAYPAL_MODE are missing.',
  ]);
  assert.match(
    problemsOf({ ...payPalKeys, PAYPAL_MODE: 'live' }).join('\n'),
    /^PAYPAL_WEBHOOK_ID must be set when PAYPAL_MODE is live: [^\n]*$/,
  );
  assert.deepEqual(problemsOf({ ...payPalKeys, PAYPAL_WEBHOOK_ID: 'https://x.example' }), [
    'PAYPAL_WEBHOOK_ID must be the id of a webhook in PayPal’s developer dashboard (5GP02…); it is “https://x.example”.',
  ]);
  assert.deepEqual(problemsOf({ PAYPAL_WEBHOOK_ID: '5GP028458E2496506' }), [
    'PAYPAL_WEBHOOK_ID says nothing without PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE.',
  ]);
});

test('play money and real money are not taken side by side', () => {
  assert.equal(loadConfig({ ...stripeKeys, ...payPalKeys }).stripe?.mode, 'test');
  const liveStripe = { ...stripeKeys, STRIPE_PUBLIC_KEY: 'pk_live_x', STRIPE_SECRET_KEY: 'sk_live_x' };
  const livePayPal = { ...payPalKeys, PAYPAL_MODE: 'live', PAYPAL_WEBHOOK_ID: '5GP028458E2496506' };
  assert.equal(loadConfig({ ...liveStripe, ...livePayPal }).paypal?.mode, 'live');
  for (const [mixed, words] of [
    [{ ...liveStripe, ...payPalKeys }, /^PAYPAL_MODE is sandbox and the keys of Stripe are of live mode/],
    [{ ...stripeKeys, ...livePayPal }, /^PAYPAL_MODE is live and the keys of Stripe are of test mode/],
  ] as const) {
    assert.match(problemsOf(mixed).join('\n'), words);
  }
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
  assert.deepEqual(problemsOf({ ...payPalKeys, PURSER_FAILPOINT: 'payment_started' }), [
    'PURSER_FAILPOINT is for the sandbox only; take it or the keys of PayPal away.',
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
    PAYPAL_CLIENT_ID: 'hunter2',
    PAYPAL_CLIENT_SECRET: 'hunter2',
    PAYPAL_MODE: 'sandbox',
  };
  const problems = problemsOf(hidden);
  assert.equal(problems.length, 8);
  assert.doesNotMatch(problems.join('\n'), /hunter2/);

  const config = loadConfig({
    ...stripeKeys,
    ...payPalKeys,
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
