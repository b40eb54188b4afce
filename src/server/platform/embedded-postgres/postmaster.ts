import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { SERVER_ENVIRONMENT } from './cluster.ts';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
import { processIdentity } from './process-identity.ts';
import type { ServerAccount } from './server-account.ts';
import { serverState } from './server-state.ts';

/** One server on this machine: where its data and its socket are, and as whom it runs. */
export type ServerPlace = {
  dataDirectory: string;
  socketDirectory: string;
  account: ServerAccount | null;
  binaries: Binaries;
};

/** The port only names the socket's file; nothing listens on the network. */
export const SOCKET_PORT = 5432;

const START_MAX_MS = 120_000;
const STOP_MAX_MS = 60_000;
/** How long the processes of a killed server may take to leave its shared memory. */
const LEFTOVERS_MAX_MS = 15_000;
const LOG_BYTES_MAX = 10_000_000;

/**
 * Starts the server and waits until it answers, recovering what a crash left behind.
 *
 * It runs in a session of its own, so that Ctrl-C in the terminal reaches only the app, which then stops the server in
 * its own order.
 *
 * @throws EmbeddedPostgresFailed with the server's own words when it gives up.
 */
export async function startPostmaster(place: ServerPlace, settings: Record<string, string>): Promise<void> {
  const leftoversUntil = performance.now() + LEFTOVERS_MAX_MS;
  for (;;) {
    removeStaleLocks(place);
    const failure = await startOnce(place, settings);
    if (failure === null) return;
    const isLeftover = /pre-existing shared memory block|lock file .* already exists/.test(failure);
    if (!isLeftover || performance.now() > leftoversUntil) {
      throw new EmbeddedPostgresFailed(`The embedded PostgreSQL did not start: ${failure} (${logFile(place)})`);
    }
    await delay(200);
  }
}

/** Stops the server in fast mode (open transactions are rolled back, everything committed is written) and waits for its end. */
export async function stopPostmaster(place: ServerPlace): Promise<void> {
  const pid = postmasterPid(place);
  if (pid === null || !isPostmaster(pid)) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It ended between the look and the signal.
    return;
  }
  const until = performance.now() + STOP_MAX_MS;
  while (isPostmaster(pid)) {
    if (performance.now() > until)
      throw new EmbeddedPostgresFailed(`The embedded PostgreSQL (process ${pid}) does not stop.`);
    await delay(15);
  }
}

/** The number of the server's main process as its data directory tells it, or null when none is noted. */
export function postmasterPid(place: Pick<ServerPlace, 'dataDirectory'>): number | null {
  return firstNumberIn(path.join(place.dataDirectory, 'postmaster.pid'));
}

/** Answers null on success, else what the server said before it gave up. */
async function startOnce(place: ServerPlace, settings: Record<string, string>): Promise<string | null> {
  const log = logFile(place);
  rotateLog(log);
  const output = openSync(log, 'a', 0o600);
  const saidBefore = statSync(log).size;
  const server = spawn(
    place.binaries.postgres,
    ['-D', place.dataDirectory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...place.account, env: SERVER_ENVIRONMENT, cwd: '/', detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  let ended: string | null = null;
  server.on('error', (error) => {
    ended = error.message;
  });
  server.on('exit', (code, signal) => {
    ended ??= `it ended with ${code ?? signal ?? 'no code'}`;
  });
  server.unref();

  const until = performance.now() + START_MAX_MS;
  while (ended === null) {
    if ((await serverState(place.socketDirectory)) === 'ready') return null;
    if (performance.now() > until) return `it did not answer within ${START_MAX_MS / 1000} seconds`;
    await delay(15);
  }
  return saidSince(log, saidBefore) || ended;
}

/**
 * Removes the server's own lock files when they name no living server: after a kill -9, or in a container where the
 * number now belongs to another program. PostgreSQL itself would take a zombie for a living server.
 */
function removeStaleLocks(place: ServerPlace): void {
  for (const file of [
    path.join(place.dataDirectory, 'postmaster.pid'),
    path.join(place.socketDirectory, `.s.PGSQL.${SOCKET_PORT}.lock`),
  ]) {
    const pid = firstNumberIn(file);
    if (pid === null || !isPostmaster(pid)) rmSync(file, { force: true });
  }
}

function isPostmaster(pid: number): boolean {
  const running = processIdentity(pid);
  return running !== null && (running.name === null || running.name === 'postgres');
}

function firstNumberIn(file: string): number | null {
  if (!existsSync(file)) return null;
  const number = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(number) ? number : null;
}

function logFile(place: ServerPlace): string {
  return path.join(place.dataDirectory, 'server.log');
}

function rotateLog(log: string): void {
  if (existsSync(log) && statSync(log).size > LOG_BYTES_MAX) renameSync(log, `${log}.1`);
}

/** The last lines of an unsuccessful start, which name the reason. */
function saidSince(log: string, offset: number): string {
  const lines = readFileSync(log).subarray(offset).toString('utf8').trim().split('\n');
  const reasons = lines.filter((line) => /FATAL|HINT|DETAIL|ERROR/.test(line));
  return (reasons.length > 0 ? reasons : lines).slice(-4).join(' ');
}
