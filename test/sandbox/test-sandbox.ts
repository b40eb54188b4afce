import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import Stripe from 'stripe';
import { type StripeSandbox, startStripeSandbox } from '#sandbox/index.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';

/** A running sandbox with the official client in front of it. */
export type TestSandbox = {
  sandbox: StripeSandbox;
  stripe: Stripe;
  directory: string;
  /** Uses a control and returns its answer. Throws when the control refuses. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
};

export async function startTestSandbox(): Promise<TestSandbox> {
  const directory: TemporaryDirectory = temporaryDirectory();
  const sandbox = await startStripeSandbox({ port: 0, directory: directory.path });
  return {
    sandbox,
    stripe: clientOf(sandbox.port),
    directory: directory.path,
    control: (method, path, body) => control(sandbox.url, method, path, body),
    async close() {
      await sandbox.close();
      directory[Symbol.dispose]();
    },
  };
}

/** The official client, without retries, so that a test sees the first answer. */
export function clientOf(port: number, key = 'sk_test_sandbox_client'): Stripe {
  return new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

export async function control(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const request: RequestInit = { method };
  if (method === 'POST') {
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(`${url}/_sandbox/${path}`, request);
  const answer = (await response.json()) as Record<string, unknown>;
  assert.equal(response.status, 200, JSON.stringify(answer));
  return answer;
}

/** What one webhook brought. */
export type Received = { body: string; signature: string; event: Stripe.Event };

export type Receiver = {
  url: string;
  secret: string;
  received: Received[];
  /** The statuses to answer with, first come first served; 200 when there are none left. */
  answers: number[];
  types(): string[];
  close(): Promise<void>;
};

/** An endpoint that takes webhooks, checks their signatures with the SDK and remembers them. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const secret = 'whsec_receiver_of_the_tests';
  const received: Received[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const signature = String(request.headers['stripe-signature']);
      const event = Stripe.webhooks.constructEvent(body, signature, secret);
      received.push({ body, signature, event });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    secret,
    received,
    answers,
    types: () => received.map((entry) => entry.event.type),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until a condition holds; fails with its description after ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) assert.fail(`Not within ten seconds: ${what}`);
    await delay(10);
  }
}

/** The error that a call of the client ends with; fails when it succeeds. */
export async function errorOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof Stripe.errors.StripeError, String(error));
    return error;
  }
  return assert.fail('The call succeeded.');
}

/** The id in a member that was not expanded; fails for any other. */
export function idOf(reference: unknown): string {
  assert.ok(typeof reference === 'string', 'The member holds an id.');
  return reference;
}
