import { accessSync, constants, mkdirSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import { StartupProblem } from './startup-problem.ts';

/**
 * Creates a folder below PURSER_DATA_DIR, or that folder itself, if it is absent.
 *
 * @throws StartupProblem when it cannot be created or written to.
 */
export function ensureDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = REASONS[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new StartupProblem(
      `The folder ${directory} cannot be used for data: ${reason}. Set PURSER_DATA_DIR to another one.`,
      {
        cause: error,
      },
    );
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
  ENOSPC: 'the disk is full',
};
