import path from 'node:path';
import { ensureDataDirectory, StartupProblem } from '#server/platform/config/index.ts';
import { takeLockFile } from './lock-file.ts';
import type { LockFile } from './lock-file.ts';

/** The data directory of one running app: hold it as long as the app runs, announce the address once it listens. */
export type DataDirectoryClaim = LockFile;

/**
 * Makes this process the one running app of a data directory, creating the directory if it is absent.
 *
 * Two apps on one directory would each run the jobs and the sandbox of the other. Commands of the CLI do not claim: they
 * work beside the running app.
 *
 * @throws AlreadyRunning when a living process holds the directory.
 */
export async function claimDataDirectory(directory: string): Promise<DataDirectoryClaim> {
  const wanted = path.resolve(directory);
  ensureDataDirectory(wanted);
  const taken = await takeLockFile(path.join(wanted, 'purser.lock'));
  if ('lock' in taken) return taken.lock;
  throw new AlreadyRunning(taken.holder);
}

/** Another app runs on the same data directory. */
export class AlreadyRunning extends StartupProblem {
  override readonly name = 'AlreadyRunning';
  readonly pid: number;
  /** Where the other app answers; null while it is still starting. */
  readonly address: string | null;

  constructor(holder: { pid: number; address: string | null }) {
    super(
      `Purser is already running on this data (process ${holder.pid}, ${holder.address ?? 'still starting'}). ` +
        'Stop it first, or set PURSER_DATA_DIR to another folder.',
    );
    this.pid = holder.pid;
    this.address = holder.address;
  }
}
