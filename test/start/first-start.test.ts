import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePort } from '#test/support/ports.ts';
import { payByCard, cards } from '#test/support/purchase.ts';
import { repository, type SpawnedProcess, spawnProgram } from '#test/support/spawned-process.ts';
import { eventually } from '#test/support/spawned-purser.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#test/support/temporary-directory.ts';
import { sandboxPublishableKey } from '#sandbox/index.ts';

/** What the operator reads at the end of a start. */
const welcome = /Ctrl-C stops it; nothing is lost\./;

const isRoot = process.getuid?.() === 0;

/** Linux tells the command lines of processes in files. */
const processesAreShown = existsSync('/proc/self/cmdline');

describe('npm start on a fresh machine', () => {
  let directory: TemporaryDirectory;
  let data: string;
  let port: number;
  let stripePort: number;
  const running: SpawnedProcess[] = [];

  before(async () => {
    directory = temporaryDirectory();
    // As root this is a folder that the user PostgreSQL runs as cannot enter.
    const clone = path.join(directory.path, 'clone');
    mkdirSync(clone);
    chmodSync(clone, 0o700);
    data = path.join(clone, 'data');
    [port, stripePort] = [await freePort(), await freePort()];
  });
  after(async () => {
    await Promise.all(running.map((process) => process.stop('SIGKILL')));
    if (isRoot) rmSync(clusterDirectory(), { recursive: true, force: true });
    directory[Symbol.dispose]();
  });

  /** Where PostgreSQL keeps the data: in the folder asked for, or where a file beside it says. */
  function clusterDirectory(): string {
    const pointer = `${data}/postgres.location.json`;
    if (!existsSync(pointer)) return path.join(data, 'postgres');
    return (JSON.parse(readFileSync(pointer, 'utf8')) as { dataDirectory: string }).dataDirectory;
  }

  function start(changes: Record<string, string> = {}): SpawnedProcess {
    const environment = {
      PORT: String(port),
      SANDBOX_STRIPE_PORT: String(stripePort),
      SANDBOX_PAYPAL_PORT: '0',
      PURSER_DATA_DIR: data,
      LOG_LEVEL: 'warn',
      ...changes,
    };
    const purser = spawnProgram('src/server/main.ts', environment, directory.path);
    running.push(purser);
    return purser;
  }

  const at = (address: string) => `http://127.0.0.1:${String(port)}${address}`;

  async function signIn(email: string): Promise<string> {
    const answer = await fetch(at('/v1/auth/sign-in/'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: at('') },
      body: JSON.stringify({ email, password: 'purser-demo' }),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async function read(address: string, cookie: string): Promise<Record<string, unknown>> {
    const answer = await fetch(at(address), { headers: { cookie } });
    assert.equal(answer.status, 200);
    return (await answer.json()) as Record<string, unknown>;
  }

  test('says where it runs, who may sign in and where the mail is, and has half a year of honest history', async () => {
    const purser = start();
    await purser.says(welcome);
    const said = purser.output();
    for (const part of [
      `http://localhost:${String(port)}`,
      'owner@example.com',
      'staff@example.com',
      'purser-demo',
      `http://localhost:${String(port)}/sandbox/mailbox`,
    ]) {
      assert.ok(said.includes(part), `${part} in:\n${said}`);
    }
    assert.doesNotMatch(said, /"level":(40|50|60)/, 'no warning in the log');
    const cluster = clusterDirectory();
    assert.ok(existsSync(path.join(cluster, 'PG_VERSION')));
    assert.equal(cluster.startsWith(data), !isRoot, 'only as root the data goes elsewhere');
    if (isRoot) assert.ok(said.includes(cluster), `where the data is, in:\n${said}`);
    if (processesAreShown) assert.ok(processesOf(cluster).length > 0);
    const cookie = await signIn('owner@example.com');
    const invoices = (await read('/v1/billing/invoices/?limit=100', cookie))['data'] as {
      status: string;
      issued_on: string;
    }[];
    assert.ok(invoices.length >= 8);
    assert.ok(['paid', 'void', 'pending'].every((status) => invoices.some((invoice) => invoice.status === status)));
    assert.ok(new Set(invoices.map((invoice) => invoice.issued_on.slice(0, 7))).size >= 5);
    assert.equal(
      (await fetch(at('/sandbox/clock/')).then((answer) => answer.json() as Promise<{ offset_seconds: number }>))
        .offset_seconds,
      0,
    );
    await signIn('staff@example.com');
  });

  test('a second start on the same data says so and leaves the first alone', async () => {
    const second = start({ PORT: '0', SANDBOX_STRIPE_PORT: '0', SANDBOX_PAYPAL_PORT: '0' });
    assert.equal(await second.ended(), 1);
    assert.match(second.output(), /Purser is already running on this data \(process \d+, http:\/\/localhost:\d+\)/);
    assert.doesNotMatch(second.output(), /^\s+at /m);
    assert.equal((await fetch(at('/healthz'))).status, 200);
  });

  test('kill -9 and start again keep users, sessions, purchases and what the gateway knows', async () => {
    const cookie = await signIn('owner@example.com');
    const balance = await read('/v1/credits/balance/', cookie);
    const packages = (await read('/v1/billing/credits/packages/', cookie))['data'] as { id: string; credits: number }[];
    const [chosen] = packages;
    const answer = await fetch(at('/v1/billing/credits/purchase/'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: at(''), cookie, 'idempotency-key': 'before-the-kill' },
      body: JSON.stringify({ package_id: chosen?.id, payment_method: 'card' }),
    });
    assert.equal(answer.status, 201);
    const purchase = (await answer.json()) as { next: { client_secret: string } };
    await running[0]?.stop('SIGKILL');

    await start().says(welcome);
    const browser = { url: `http://127.0.0.1:${String(stripePort)}`, publishableKey: sandboxPublishableKey };
    assert.equal(await payByCard(browser, purchase.next.client_secret, cards.accepted), 'succeeded');
    await eventually('the credits are there', async () => {
      const now = await read('/v1/credits/balance/', cookie);
      return Number(now['available']) === Number(balance['available']) + (chosen?.credits ?? 0);
    });
  });

  test('purser verify finds the books of the sample data and of that purchase in order', async () => {
    const ports = { SANDBOX_STRIPE_PORT: String(stripePort), SANDBOX_PAYPAL_PORT: '0' };
    const env = { ...process.env, ...ports, PURSER_DATA_DIR: data, LOG_LEVEL: 'warn' };
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['src/server/cli.ts', 'verify'], { env, cwd: repository }, (_, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });
    assert.match(printed, /\nEverything holds\.\n$/, printed);
    assert.equal((await fetch(at('/healthz'))).status, 200, 'and leaves the running Purser alone');
  });

  test('Ctrl-C stops everything: no process, no listener, and the next start finds all of it', async () => {
    const purser = running.at(-1);
    assert.ok(purser !== undefined && purser.isRunning());
    assert.equal(await purser.stop('SIGINT'), 0);
    assert.match(purser.output(), /Stopping/);
    await assert.rejects(fetch(at('/healthz')), TypeError);
    await assert.rejects(fetch(`http://127.0.0.1:${String(stripePort)}/_sandbox/`), TypeError);
    assert.deepEqual(processesOf(clusterDirectory()), [], 'no PostgreSQL is left');
    const again = start();
    await again.says(welcome);
    assert.doesNotMatch(again.output(), /sample data/, 'sample data is made once');
    await signIn('owner@example.com');
    assert.equal(await again.stop('SIGTERM'), 0);
  });
});

/** The processes that name a folder in their command line, as PostgreSQL names its data. */
function processesOf(folder: string): string[] {
  if (!processesAreShown) return [];
  const pids = readdirSync('/proc', { withFileTypes: true })
    .filter((entry) => /^\d+$/.test(entry.name))
    .map((entry) => entry.name);
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return command.includes(folder) ? [command] : [];
    } catch {
      return [];
    }
  });
}
