import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startStripeSandbox } from '#sandbox/index.ts';
import { freePort } from '#test/support/ports.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';
import { clientOf, control, errorOf, type Receiver, startReceiver, until } from '#test/sandbox/test-sandbox.ts';

const main = path.resolve(import.meta.dirname, '../../src/sandbox/main.ts');

describe('a Stripe sandbox that is killed and started again', () => {
  let directory: TemporaryDirectory;
  let receiver: Receiver;
  let port: number;
  let child: ChildProcess | undefined;

  before(async () => {
    port = await freePort();
  });
  beforeEach(async () => {
    directory = temporaryDirectory();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await stop('SIGKILL');
    await receiver.close();
    directory[Symbol.dispose]();
  });
  after(() => child?.kill('SIGKILL'));

  async function start(): Promise<string> {
    const started = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], SANDBOX_STRIPE_PORT: String(port), PURSER_DATA_DIR: directory.path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    let output = '';
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    started.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await until('the sandbox says where it is', () => {
      assert.equal(started.exitCode, null, output);
      return output.includes('\n');
    });
    return output;
  }

  async function stop(signal: NodeJS.Signals): Promise<number | null> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
    return running.exitCode;
  }

  test('it remembers objects, keys, faults and the webhooks it owes', async () => {
    const url = `http://127.0.0.1:${port}`;
    assert.equal((await start()).trim().split('\n').length, 1);
    const stripe = clientOf(port);
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    await control(url, 'POST', 'webhook_endpoints', { url: receiver.url, secret: receiver.secret });
    await control(url, 'POST', 'webhooks/retry-schedule', { delays_ms: [300, 300, 300, 300, 300] });
    await control(url, 'POST', 'clock', { offset_ms: 3_600_000 });
    await control(url, 'POST', 'faults', { kind: 'fail_request', status: 503, match: { path: '/v1/products' } });
    receiver.answers.push(500);
    const order = { amount: 29_00, currency: 'usd' };
    const intent = await stripe.paymentIntents.create(order, { idempotencyKey: 'order-1' });
    await until('one refused attempt', () => receiver.received.length === 1);
    await stop('SIGKILL');

    await start();
    const again = await stripe.paymentIntents.create(order, { idempotencyKey: 'order-1' });
    assert.equal(again.id, intent.id);
    assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
    assert.deepEqual({ ...(await stripe.paymentIntents.retrieve(intent.id)) }, { ...intent });
    assert.equal((await stripe.customers.list()).data[0]?.id, customer.id);
    assert.equal((await errorOf(stripe.products.list())).statusCode, 503);
    await until('the owed webhook', () => receiver.received.length === 2);
    assert.equal(receiver.received[1]?.event.id, receiver.received[0]?.event.id);
    const later = await stripe.customers.create();
    assert.ok(later.created - Date.now() / 1000 > 3_500);
  });

  test('every answered payment is still there, however it is killed', async () => {
    await start();
    const stripe = clientOf(port);
    const answered: string[] = [];
    const writers = Array.from({ length: 4 }, async () => {
      for (;;) {
        const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
        answered.push(intent.id);
      }
    });
    const ended = Promise.allSettled(writers);
    await until('some payments', () => answered.length > 20);
    await stop('SIGKILL');
    await ended;
    await start();
    const kept = new Set<string>();
    for await (const intent of stripe.paymentIntents.list({ limit: 100 })) kept.add(intent.id);
    assert.deepEqual(
      answered.filter((id) => !kept.has(id)),
      [],
    );
  });

  test('a second one on the same port says so in one sentence and leaves the journal alone; SIGTERM ends cleanly', async () => {
    await start();
    const stripe = clientOf(port);
    await stripe.customers.create({ name: 'Ada' });
    const second = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], SANDBOX_STRIPE_PORT: String(port), PURSER_DATA_DIR: directory.path },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    second.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    await once(second, 'close');
    assert.equal(second.exitCode, 1);
    assert.match(complaint, /^The port of the Stripe sandbox is taken\..*\n$/);
    await stripe.customers.create({ name: 'Ben' });
    assert.equal(await stop('SIGTERM'), 0);
    await start();
    assert.deepEqual(
      (await stripe.customers.list()).data.map((customer) => customer.name),
      ['Ben', 'Ada'],
    );
  });
});

test('a line torn by a crash is dropped, damage further up is an error that names the file', async () => {
  using directory = temporaryDirectory();
  const file = path.join(directory.path, 'stripe.jsonl');
  const first = await startStripeSandbox({ port: 0, directory: directory.path });
  const customer = await clientOf(first.port).customers.create({ name: 'Ada' });
  await first.close();
  appendFileSync(file, '[{"kind":"customer","id":"cus_torn","value":{"id":"cu');

  const second = await startStripeSandbox({ port: 0, directory: directory.path });
  const stripe = clientOf(second.port);
  assert.deepEqual(
    (await stripe.customers.list()).data.map((entry) => entry.id),
    [customer.id],
  );
  await stripe.customers.update(customer.id, { name: 'Ada L.' });
  await second.close();

  writeFileSync(file, `not json\n${readFileSync(file, 'utf8')}`);
  await assert.rejects(
    startStripeSandbox({ port: 0, directory: directory.path }),
    /stripe\.jsonl is damaged at line 1/,
  );
});

test('the journal is as long as the state after a start, not as the history', async () => {
  using directory = temporaryDirectory();
  const file = path.join(directory.path, 'stripe.jsonl');
  const first = await startStripeSandbox({ port: 0, directory: directory.path });
  const stripe = clientOf(first.port);
  const product = await stripe.products.create({ name: 'Pro' });
  for (let version = 0; version < 10; version += 1)
    await stripe.products.update(product.id, { name: `Pro ${version}` });
  await first.close();
  const history = linesOf(file);
  const second = await startStripeSandbox({ port: 0, directory: directory.path });
  assert.equal((await clientOf(second.port).products.retrieve(product.id)).name, 'Pro 9');
  await second.close();
  const productLines = linesOf(file).filter((line) => line.startsWith('[{"kind":"product"'));
  assert.equal(productLines.length, 1);
  assert.ok(history.length >= 11);
});

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}
