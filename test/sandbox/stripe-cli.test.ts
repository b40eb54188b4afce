import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';
import { type Receiver, startReceiver, startTestSandbox, type TestSandbox, until } from '#test/sandbox/test-sandbox.ts';

const binary = path.resolve(import.meta.dirname, '../../node_modules/@stripe/cli-linux-x64/bin/stripe');

/** The events that Stripe's own command line tool brings about with its own sequences of requests. */
const triggers = [
  'payment_intent.created',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.requires_action',
  'charge.succeeded',
  'charge.failed',
  'charge.refunded',
  'setup_intent.created',
  'setup_intent.succeeded',
  'setup_intent.canceled',
  'setup_intent.requires_action',
  'setup_intent.setup_failed',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'product.created',
  'product.updated',
  'product.deleted',
  'price.created',
  'price.updated',
];

describe("Stripe's command line tool", { skip: existsSync(binary) ? false : `SKIPPED: ${binary} is missing` }, () => {
  let box: TestSandbox;
  let receiver: Receiver;
  let home: TemporaryDirectory;

  before(async () => {
    home = temporaryDirectory();
    box = await startTestSandbox();
    receiver = await startReceiver();
    await box.control('POST', 'webhook_endpoints', { url: receiver.url, secret: receiver.secret });
  });
  after(async () => {
    await receiver.close();
    await box.close();
    home[Symbol.dispose]();
  });

  for (const event of triggers) {
    test(`triggers ${event}, and what is delivered verifies`, async () => {
      const count = () => receiver.types().filter((type) => type === event).length;
      const countBefore = count();
      const output = await trigger(event);
      assert.match(output, /Trigger succeeded/, output);
      await until(`${event} is delivered`, () => count() > countBefore);
    });
  }

  function trigger(event: string): Promise<string> {
    const args = ['trigger', event, '--api-base', box.sandbox.url, '--api-key', 'sk_test_sandbox0123456789'];
    return new Promise((resolve, reject) => {
      const tool = spawn(binary, args, {
        env: { HOME: home.path, PATH: process.env['PATH'], STRIPE_CLI_TELEMETRY_OPTOUT: '1' },
        timeout: 30_000,
      });
      let output = '';
      for (const stream of [tool.stdout, tool.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      }
      tool.on('error', reject);
      tool.on('close', () => resolve(output));
    });
  }
});
