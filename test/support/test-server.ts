import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { processIdentity, startEmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import type { EmbeddedPostgres } from '#server/platform/embedded-postgres/index.ts';
import { jobNames } from '#server/flows/job-queues.ts';
import { installJobs } from '#server/platform/jobs/index.ts';
import { connectionsByLogin, migrate } from '#server/platform/migrations/index.ts';

/** The migrated database that every test database is a copy of. */
const TEMPLATE = 'tpl';

/** The server of this test run; started by the global set-up, once for all files. */
let server: EmbeddedPostgres | null = null;
let directory: string | null = null;

/** Starts the test run's server in memory and migrates the template. What it holds may be lost at any moment. */
export async function startTestServer(): Promise<void> {
  await removeLeftovers();
  directory = path.join(root(), `${PREFIX}${process.pid}`);
  server = await startEmbeddedPostgres({
    directory: path.join(directory, 'postgres'),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum: 'off',
      max_wal_size: '256MB',
    },
  });
  await asSuperuser(async (client) => {
    await client.query(`create database ${TEMPLATE} owner purser_owner`);
  });
  await migrateTemplate(server);
  await asSuperuser(async (client) => {
    await client.query(`alter database ${TEMPLATE} allow_connections false`);
  });
}

/** Stops the test run's server and removes its files. */
export async function stopTestServer(): Promise<void> {
  await server?.stop({ force: true });
  server = null;
  if (directory !== null) rmSync(directory, { recursive: true, force: true });
  directory = null;
}

/** The server of this test run. */
export function testServer(): EmbeddedPostgres {
  if (server === null) {
    throw new Error('No test server runs. Give node the option --test-global-setup=test/support/global-setup.ts.');
  }
  return server;
}

/** Makes a database of that name out of the template. */
export async function copyTemplate(name: string): Promise<void> {
  await asSuperuser(async (client) => {
    await client.query(`create database ${name} template ${TEMPLATE} strategy file_copy owner purser_owner`);
  });
}

/** Makes an empty database of that name, which the migrations have not touched. */
export async function createDatabase(name: string): Promise<void> {
  await asSuperuser(async (client) => {
    await client.query(`create database ${name} owner purser_owner`);
  });
}

/** Drops a database with whoever is still connected to it. */
export async function dropDatabase(name: string): Promise<void> {
  await asSuperuser(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
  });
}

const PREFIX = 'purser-test-';

async function migrateTemplate(running: EmbeddedPostgres): Promise<void> {
  const { owner } = connectionsByLogin((role) => running.url(TEMPLATE, role));
  await migrate({ owner, directory: path.join(import.meta.dirname, '../../migrations'), log: () => undefined });
  await installJobs(owner, jobNames);
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(testServer().url('postgres', 'postgres'));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Memory where there is some: a copy of the template takes a fifth of the time it takes on a disk. */
function root(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** A test run that was killed leaves its server behind; the next one stops it. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(root())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (!Number.isInteger(pid) || processIdentity(pid) !== null) continue;
    const leftover = path.join(root(), name);
    await killServer(path.join(leftover, 'postgres/postmaster.pid'));
    rmSync(leftover, { recursive: true, force: true });
  }
}

async function killServer(pidFile: string): Promise<void> {
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : Number.NaN;
  if (processIdentity(pid)?.name !== 'postgres') return;
  // SIGQUIT ends the server at once; nothing of a test is worth a checkpoint.
  process.kill(pid, 'SIGQUIT');
  const until = Date.now() + 10_000;
  while (processIdentity(pid) !== null && Date.now() < until) await delay(20);
}
