import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { AlreadyRunning, claimDataDirectory } from './claim-data-directory.ts';
import { processIdentity } from './process-identity.ts';

/** Another app that claims the directory, says where it answers, and stays until it is killed; one refused ends. */
function startApp(directory: string): ChildProcess {
  const module = new URL('./claim-data-directory.ts', import.meta.url).href;
  const script = `
    import(${JSON.stringify(module)}).then(async ({ claimDataDirectory }) => {
      const claim = await claimDataDirectory(${JSON.stringify(directory)});
      claim.announce('http://127.0.0.1:3000');
      console.log('claimed');
      setInterval(() => undefined, 60_000);
    }).catch((error) => console.log(error.name));`;
  return spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstWord(app: ChildProcess): Promise<string> {
  assert.ok(app.stdout);
  const [output] = await once(app.stdout, 'data');
  return String(output).trim();
}

async function kill(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null) return;
  const ended = once(app, 'exit');
  app.kill('SIGKILL');
  await ended;
}

test('a second app on the same data is told who runs there, and may start after it stopped', async () => {
  using temporary = temporaryDirectory();
  const directory = path.join(temporary.path, 'data');
  const claim = await claimDataDirectory(directory);
  await assert.rejects(claimDataDirectory(directory), (error) => {
    assert.ok(error instanceof AlreadyRunning);
    assert.match(
      error.message,
      new RegExp(`already running on this data \\(process ${process.pid}, still starting\\)`),
    );
    return true;
  });
  claim.release();
  claim.release();
  (await claimDataDirectory(directory)).release();
  assert.ok(!existsSync(path.join(directory, 'purser.lock')));
});

test('a kill -9 of the app frees its data at once', async () => {
  using temporary = temporaryDirectory();
  const other = startApp(temporary.path);
  try {
    assert.equal(await firstWord(other), 'claimed');
    await assert.rejects(claimDataDirectory(temporary.path), {
      name: 'AlreadyRunning',
      message:
        `Purser is already running on this data (process ${other.pid}, http://127.0.0.1:3000). ` +
        'Stop it first, or set PURSER_DATA_DIR to another folder.',
    });
  } finally {
    await kill(other);
  }
  const claim = await claimDataDirectory(temporary.path);
  claim.release();
});

test('of several apps that find a stale claim at once, one gets it', async () => {
  using temporary = temporaryDirectory();
  const stale = { pid: process.pid, startedAt: 'before the last boot', address: null, token: 'old' };
  writeFileSync(path.join(temporary.path, 'purser.lock'), JSON.stringify(stale));
  const apps = Array.from({ length: 5 }, () => startApp(temporary.path));
  try {
    const words = await Promise.all(apps.map(firstWord));
    assert.deepEqual(words.toSorted(), [
      'AlreadyRunning',
      'AlreadyRunning',
      'AlreadyRunning',
      'AlreadyRunning',
      'claimed',
    ]);
    assert.deepEqual(readdirSync(temporary.path), ['purser.lock']);
  } finally {
    await Promise.all(apps.map(kill));
  }
});

test('a number given to another process, and a file cut short by a full disk, do not block', async () => {
  using temporary = temporaryDirectory();
  const file = path.join(temporary.path, 'purser.lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'another time', address: null, token: 'old' }));
  (await claimDataDirectory(temporary.path)).release();
  writeFileSync(file, '');
  const claim = await claimDataDirectory(temporary.path);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).pid, process.pid);
  claim.release();
});

test('a zombie counts as gone', { skip: process.platform === 'linux' ? false : 'made by way of Linux' }, async () => {
  // The background child ends after the shell has become a program that never collects it; one that ended before would
  // be collected by the shell.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [output] = await once(parent.stdout, 'data');
    const zombie = Number(String(output).trim());
    const until = Date.now() + 5_000;
    while (!/\) Z /.test(readFileSync(`/proc/${zombie}/stat`, 'utf8'))) {
      assert.ok(Date.now() < until, 'the child became no zombie');
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.doesNotThrow(() => process.kill(zombie, 0), 'a signal still finds it');
    assert.equal(processIdentity(zombie), null);
  } finally {
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  }
});
