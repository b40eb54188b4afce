import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { errorCode } from '#server/platform/config/index.ts';
import { processIdentity } from './process-identity.ts';

/** Who holds a lock file, as written in it. */
export type LockHolder = z.infer<typeof lockHolder>;

/** A lock file this process holds. */
export type LockFile = {
  /** Writes the address under which the holder can be reached into the file. */
  announce(address: string): void;
  /** Removes the file; a second call does nothing. */
  release(): void;
};

const lockHolder = z.object({
  pid: z.number().int().positive(),
  startedAt: z.string().nullable(),
  address: z.string().nullable(),
  /** Tells our own file from one written later under the same name. */
  token: z.string(),
});

/** A file is created empty and filled at once; one that stays unreadable longer than this belongs to a killed process. */
const UNREADABLE_MAX_MS = 500;

/**
 * Tries to take the lock file at `path`: `{ lock }` when this process now holds it, `{ holder }` when a living process
 * does. A file left behind by a process that is gone, is a zombie, or whose number was given to another process, is
 * taken over; so a kill -9 of the holder never blocks the next start.
 */
export async function takeLockFile(path: string): Promise<{ lock: LockFile } | { holder: LockHolder }> {
  let unreadableSince: number | null = null;
  for (;;) {
    const mine: LockHolder = {
      pid: process.pid,
      startedAt: processIdentity(process.pid)?.startedAt ?? null,
      address: null,
      token: randomBytes(12).toString('hex'),
    };
    if (createFile(path, mine)) return { lock: heldLock(path, mine) };

    const found = readHolder(path);
    if (found === 'absent') continue;
    if (found === 'unreadable') {
      unreadableSince ??= performance.now();
      if (performance.now() - unreadableSince < UNREADABLE_MAX_MS) await delay(20);
      else removeStale(path, null);
      continue;
    }
    if (isAlive(found)) return { holder: found };
    removeStale(path, found);
  }
}

function createFile(path: string, holder: LockHolder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function heldLock(path: string, mine: LockHolder): LockFile {
  let held = true;
  return {
    announce(address) {
      if (!held) return;
      // Written beside and renamed, so that a reader sees either the old text or the new one.
      const draft = `${path}.${mine.token}`;
      writeFileSync(draft, JSON.stringify({ ...mine, address }));
      renameSync(draft, path);
    },
    release() {
      if (!held) return;
      held = false;
      const found = readHolder(path);
      if (typeof found === 'object' && found.token === mine.token) rmSync(path, { force: true });
    },
  };
}

function readHolder(path: string): LockHolder | 'absent' | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    throw error;
  }
  try {
    return lockHolder.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

/** A holder whose start time is unknown counts as alive: refusing to start twice is the safer mistake. */
function isAlive(holder: LockHolder): boolean {
  const running = processIdentity(holder.pid);
  if (running === null) return false;
  return holder.startedAt === null || running.startedAt === null || running.startedAt === holder.startedAt;
}

/**
 * Removes a file judged stale. Of several processes that judged alike only one can rename it away; one that comes late
 * and catches the winner's new file instead sees it by the token and puts it back.
 */
function removeStale(path: string, judged: LockHolder | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  const isOther = typeof moved === 'object' && moved.token !== judged?.token;
  if (isOther) renameSync(aside, path);
  else rmSync(aside, { force: true });
}
