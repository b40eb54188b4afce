import { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ensureDataDirectory } from '#server/platform/config/index.ts';
import { prepareBinaries } from './binaries.ts';
import { createPrivateDirectory, prepareCluster, SUPERUSER } from './cluster.ts';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
import { takeLockFile } from './lock-file.ts';
import type { LockFile } from './lock-file.ts';
import { chooseDataDirectory, REACHABLE_ROOT, socketDirectoryOf } from './place.ts';
import { postmasterPid, SOCKET_PORT, startPostmaster, stopPostmaster } from './postmaster.ts';
import type { ServerPlace } from './postmaster.ts';
import { ensureRolesAndDatabase } from './roles.ts';
import type { EmbeddedRole } from './roles.ts';
import { serverAccount } from './server-account.ts';
import { serverState } from './server-state.ts';
import { socketUrl } from './socket-url.ts';

/** A running embedded PostgreSQL, shared by every process that started it with the same directory. */
export type EmbeddedPostgres = {
  /** The address of a database for a role; the app connects as `purser_app`, migrations as `purser_owner`. */
  url(database: string, role: EmbeddedRole): string;
  /** Where the data really is: the directory asked for, or the reachable place chosen instead. */
  dataDirectory: string;
  /** Whether this call started the server; false when it was running and this process attached to it. */
  started: boolean;
  /** The number of the server's main process. */
  pid: number;
  /**
   * Lets go of the server, and stops it unless somebody else is connected: the last one out turns off the light.
   * With `force` it stops in any case. A second call does nothing.
   */
  stop(options?: { force?: boolean }): Promise<void>;
};

/** What is asked of `startEmbeddedPostgres`. */
export type EmbeddedPostgresOptions = {
  /** The PostgreSQL data directory; created when absent. */
  directory: string;
  /** Server settings on top of ours; they hold only for the process that starts the server. */
  settings?: Record<string, string>;
  /** Takes one line about each thing a person may want to know. */
  log?: (line: string) => void;
  /** Where data and programs go when root asks for a directory the server's account cannot reach. */
  reachableRoot?: string;
};

const START_LOCK_MAX_MS = 120_000;

/**
 * Starts PostgreSQL on a directory, or attaches to the server that runs there already, and makes sure that the roles
 * `purser_owner` and `purser_app` and the database `purser` exist.
 *
 * The server has no port and no password: it listens on a socket inside a folder only its own user may enter. What is
 * committed survives a kill -9 of the app, of the server and of both.
 *
 * @throws EmbeddedPostgresFailed with a sentence for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const wanted = path.resolve(options.directory);
  const log = options.log ?? (() => undefined);
  ensureDataDirectory(path.dirname(wanted));

  return await alone(wanted, async () => {
    const place = prepareServer(wanted, options, log);
    const started = await ensureRunning(place, options.settings ?? {});
    await ensureRolesAndDatabase(place.socketDirectory);
    const presence = await keepPresence(place.socketDirectory);
    return {
      url: (database, role) => socketUrl(place.socketDirectory, database, role),
      dataDirectory: place.dataDirectory,
      started,
      pid: postmasterPid(place) ?? 0,
      stop: async ({ force = false } = {}) => await alone(wanted, async () => await leave(place, presence, force, log)),
    };
  });
}

/** Runs start and stop of one directory one after the other, across processes. */
async function alone<Result>(wanted: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await waitForLock(`${wanted}.lock`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function waitForLock(file: string): Promise<LockFile> {
  const until = performance.now() + START_LOCK_MAX_MS;
  for (;;) {
    const taken = await takeLockFile(file);
    if ('lock' in taken) return taken.lock;
    if (performance.now() > until) {
      throw new EmbeddedPostgresFailed(
        `Process ${taken.holder.pid} has been starting or stopping this database for two minutes (${file}).`,
      );
    }
    await delay(25);
  }
}

function prepareServer(wanted: string, options: EmbeddedPostgresOptions, log: (line: string) => void): ServerPlace {
  const reachableRoot = options.reachableRoot ?? REACHABLE_ROOT;
  const starter = serverAccount(wanted);
  const dataDirectory = chooseDataDirectory(wanted, starter, reachableRoot);
  if (dataDirectory !== wanted) {
    log(
      `The database is kept in ${dataDirectory}, because the user PostgreSQL runs as cannot enter ${path.dirname(wanted)}.`,
    );
  }
  // Data that lies elsewhere may have an owner of its own.
  const account = starter === null ? null : serverAccount(dataDirectory);
  const binaries = prepareBinaries({ account, besideData: path.dirname(wanted), reachableRoot, log });
  const durable = options.settings?.['fsync'] !== 'off';
  prepareCluster({ dataDirectory, binaries, account, durable, log });
  const socketDirectory = socketDirectoryOf(dataDirectory);
  if (socketDirectory !== dataDirectory) createPrivateDirectory(socketDirectory, account);
  return { dataDirectory, socketDirectory, account, binaries };
}

/** Answers whether this call started the server. One that is shutting down is waited for and started again. */
async function ensureRunning(place: ServerPlace, settings: Record<string, string>): Promise<boolean> {
  for (;;) {
    const state = await serverState(place.socketDirectory);
    if (state === 'ready') return false;
    if (state === 'absent') break;
    await delay(50);
  }
  await startPostmaster(place, { ...ourSettings(place), ...settings });
  return true;
}

function ourSettings(place: ServerPlace): Record<string, string> {
  return {
    listen_addresses: '',
    port: String(SOCKET_PORT),
    // The setting is a list, in which a path with a comma or a space must be quoted.
    unix_socket_directories: `"${place.socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '5min',
    // Compiling a plan costs more than the short queries of a billing system run.
    jit: 'off',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
}

/** An open connection that shows the other processes that somebody still needs the server, between two queries too. */
async function keepPresence(socketDirectory: string): Promise<Presence> {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: socketUrl(socketDirectory, 'postgres', SUPERUSER),
    stream: () => socket,
    application_name: 'purser presence',
  });
  await client.connect();
  // The server may be stopped or killed by somebody else; the app learns of it through its own connections.
  client.on('error', () => undefined);
  const answer = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  // An app that forgets to stop must still be able to end.
  socket.unref();
  return { client, socket, backendPid: answer.rows[0]?.pid ?? 0, left: false };
}

type Presence = { client: pg.Client; socket: Socket; backendPid: number; left: boolean };

async function leave(
  place: ServerPlace,
  presence: Presence,
  force: boolean,
  log: (line: string) => void,
): Promise<void> {
  if (presence.left) return;
  presence.left = true;
  presence.socket.ref();
  await presence.client.end().catch(() => undefined);
  const others = force ? 0 : await countOthers(place.socketDirectory, presence.backendPid);
  if (others > 0) {
    log(`The database keeps running: ${others} other ${others === 1 ? 'connection is' : 'connections are'} open.`);
    return;
  }
  await stopPostmaster(place);
}

/**
 * Counts the connections of others. A connection closed just now may be listed for some milliseconds more, so that the
 * first answer other than zero is not yet believed.
 */
async function countOthers(socketDirectory: string, ownBackendPid: number): Promise<number> {
  const client = new pg.Client({ connectionString: socketUrl(socketDirectory, 'postgres', SUPERUSER) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const until = performance.now() + 500;
    for (;;) {
      const answer = await client.query<{ others: number }>(
        `select count(*)::int as others from pg_stat_activity
          where backend_type = 'client backend' and pid not in (pg_backend_pid(), $1)`,
        [ownBackendPid],
      );
      const others = answer.rows[0]?.others ?? 0;
      if (others === 0 || performance.now() > until) return others;
      await delay(25);
    }
  } catch {
    // The server is gone already, so nobody else can be connected.
    return 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}
