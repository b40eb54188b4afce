import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { errorCode } from '#server/platform/config/index.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
import type { ServerAccount } from './server-account.ts';

/** The name of the superuser; only the set-up connects as it. */
export const SUPERUSER = 'postgres';

/** The server's environment is ours to choose: its language and time zone must not depend on who started Purser. */
export const SERVER_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/**
 * Makes `dataDirectory` a PostgreSQL data directory (UTF-8, sorted by code point) unless it is one already.
 *
 * It is built under another name and renamed, so that a start killed half-way leaves nothing that looks finished.
 *
 * @throws EmbeddedPostgresFailed when the directory holds something else, belongs to somebody else, or was made by
 *   another major version.
 */
export function prepareCluster(options: {
  dataDirectory: string;
  binaries: Binaries;
  account: ServerAccount | null;
  /** False only for data that may be lost with the machine, such as a test's. */
  durable: boolean;
  log: (line: string) => void;
}): void {
  const { dataDirectory, binaries, account } = options;
  const draft = `${dataDirectory}.creating`;
  rmSync(draft, { recursive: true, force: true });
  const existing = readVersion(dataDirectory);
  if (existing !== null) {
    if (existing !== binaries.majorVersion) {
      throw new EmbeddedPostgresFailed(
        `The data in ${dataDirectory} was written by PostgreSQL ${existing}, and this Purser brings ${binaries.majorVersion}. ` +
          'Move it with a dump, or start the Purser it came from.',
      );
    }
    if (account !== null) giveToAccount(dataDirectory, account);
    return;
  }
  if (existsSync(dataDirectory) && readdirSync(dataDirectory).length > 0) {
    throw new EmbeddedPostgresFailed(
      `${dataDirectory} is not empty and holds no PostgreSQL data. Empty it, or set PURSER_DATA_DIR to another folder.`,
    );
  }
  options.log(`Creating the database in ${dataDirectory}.`);
  createPrivateDirectory(draft, account);
  runInitdb(binaries, draft, account, options.durable);
  renameSync(draft, dataDirectory);
}

/** Creates a folder that only the server's account may enter; its parents keep the usual mode. */
export function createPrivateDirectory(directory: string, account: ServerAccount | null): void {
  mkdirSync(path.dirname(directory), { recursive: true });
  try {
    mkdirSync(directory);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    refuseForeignDirectory(directory, account);
  }
  if (account !== null) chownSync(directory, account.uid, account.gid);
  chmodSync(directory, 0o700);
}

/** A folder under /tmp may have been put there by another user to listen in; a server must not use it. */
function refuseForeignDirectory(directory: string, account: ServerAccount | null): void {
  const found = lstatSync(directory);
  const allowed = [process.getuid?.(), account?.uid];
  if (found.isDirectory() && allowed.includes(found.uid)) return;
  throw new EmbeddedPostgresFailed(
    `${directory} belongs to somebody else. Remove it, or set PURSER_DATA_DIR to a shorter path.`,
  );
}

function readVersion(dataDirectory: string): number | null {
  try {
    return Number.parseInt(readFileSync(path.join(dataDirectory, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return null;
    if (code !== 'EACCES') throw error;
    throw new EmbeddedPostgresFailed(
      `The data in ${dataDirectory} belongs to another user. Start Purser as the user who created it ` +
        '(root, if it was started with sudo or as root), or set PURSER_DATA_DIR to another folder.',
      { cause: error },
    );
  }
}

/** Data copied or restored by root belongs to root, and the server could not read it. */
function giveToAccount(entry: string, account: ServerAccount): void {
  if (statSync(entry).uid !== 0) return;
  const give = (target: string): void => {
    const stat = lstatSync(target);
    if (stat.isSymbolicLink()) return;
    chownSync(target, account.uid, account.gid);
    if (stat.isDirectory()) for (const name of readdirSync(target)) give(path.join(target, name));
  };
  chmodSync(entry, 0o700);
  give(entry);
}

function runInitdb(binaries: Binaries, directory: string, account: ServerAccount | null, durable: boolean): void {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  // Whoever reaches the socket inside the private folder is the server's own user, so that a password would add nothing.
  const access = [`--username=${SUPERUSER}`, '--auth=trust'];
  const ran = spawnSync(
    binaries.initdb,
    ['-D', directory, ...access, ...locale, '--no-instructions', ...(durable ? [] : ['--no-sync'])],
    { ...account, env: SERVER_ENVIRONMENT, cwd: '/', encoding: 'utf8' },
  );
  if (ran.status === 0) return;
  rmSync(directory, { recursive: true, force: true });
  const reason = ran.error?.message ?? `${ran.stderr}${ran.stdout}`.trim();
  throw new EmbeddedPostgresFailed(`The database could not be created in ${directory}: ${reason}`);
}
