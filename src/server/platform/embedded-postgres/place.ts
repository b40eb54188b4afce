import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { errorCode } from '#server/platform/config/index.ts';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
import { accountMay } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';

/** Where binaries and data go that the server's account cannot reach in the folder that was asked for. */
export const REACHABLE_ROOT = '/var/lib/purser';

const pointer = z.object({ wanted: z.string(), dataDirectory: z.string() });

/**
 * Chooses where the data lives. Normally that is the directory asked for. When Purser runs as root in a folder that the
 * server's account cannot enter (a clone with mode 0700, anything under /root), it is a folder of its own below
 * `reachableRoot`.
 *
 * The choice is kept in a small file beside the directory asked for, so that restarts find the same data, a folder that
 * is moved keeps its data, and one that is deleted starts empty, as it does when the data is inside.
 */
export function chooseDataDirectory(wanted: string, account: ServerAccount | null, reachableRoot: string): string {
  const chosen = readPointer(wanted);
  if (chosen !== null && !isCopy(wanted, chosen)) return chosen.dataDirectory;
  if (account === null || accountMay(account, 'cd', path.dirname(wanted))) return wanted;
  if (existsSync(path.join(wanted, 'PG_VERSION'))) {
    throw new EmbeddedPostgresFailed(
      `The data in ${wanted} cannot be reached any more by the user PostgreSQL runs as. ` +
        'Make every folder above it enterable for others (chmod o+x), as it was when the data was created.',
    );
  }
  const dataDirectory = claimFreeDirectory(wanted, account, reachableRoot);
  writeFileSync(pointerFile(wanted), `${JSON.stringify({ wanted, dataDirectory }, null, 2)}\n`);
  return dataDirectory;
}

/** Creates `reachableRoot` so that everybody may enter it, whatever the umask. */
export function openReachableRoot(reachableRoot: string, account: ServerAccount): void {
  if (!existsSync(reachableRoot)) {
    mkdirSync(reachableRoot, { recursive: true });
    chmodSync(reachableRoot, 0o755);
  }
  if (accountMay(account, 'cd', reachableRoot)) return;
  throw new EmbeddedPostgresFailed(
    `Neither this folder nor ${reachableRoot} can be entered by the user PostgreSQL runs as. ` +
      'Set PURSER_DATA_DIR to a folder it can enter, start Purser as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * The folder of the server's socket: the data directory itself, or a short one when the path would not fit, since the
 * address of a socket is limited to about 100 bytes.
 */
export function socketDirectoryOf(dataDirectory: string): string {
  return Buffer.byteLength(dataDirectory) <= 85 ? dataDirectory : `/tmp/purser-${fingerprint(dataDirectory)}`;
}

function claimFreeDirectory(wanted: string, account: ServerAccount, reachableRoot: string): string {
  openReachableRoot(reachableRoot, account);
  const base = path.join(reachableRoot, `data-${fingerprint(wanted)}`);
  for (let attempt = 1; attempt <= 1_000; attempt += 1) {
    const candidate = attempt === 1 ? base : `${base}-${attempt}`;
    // An empty folder is one whose start was interrupted before its choice was written down.
    if (isEmptyOrAbsent(candidate)) return candidate;
  }
  throw new EmbeddedPostgresFailed(`${reachableRoot} holds a thousand old data folders of ${wanted}; delete some.`);
}

/** A copied data folder brings the pointer along; its original still stands, so the copy needs data of its own. */
function isCopy(wanted: string, chosen: z.infer<typeof pointer>): boolean {
  if (chosen.wanted === wanted) return false;
  return readPointer(chosen.wanted)?.dataDirectory === chosen.dataDirectory;
}

function readPointer(wanted: string): z.infer<typeof pointer> | null {
  try {
    return pointer.parse(JSON.parse(readFileSync(pointerFile(wanted), 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new EmbeddedPostgresFailed(
      `${pointerFile(wanted)} should say where the data is kept and cannot be read. Restore it, or delete it to start empty.`,
      { cause: error },
    );
  }
}

function pointerFile(wanted: string): string {
  return `${wanted}.location.json`;
}

function isEmptyOrAbsent(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0;
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
