import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ensureDataDirectory } from './data-directory.ts';
import { errorCode } from './error-code.ts';
import type { Config } from './load-config.ts';
import { Secret } from './secret.ts';
import { StartupProblem } from './startup-problem.ts';

const LENGTH_MIN = 32;

/**
 * The app's secret: PURSER_SECRET if given, else the one kept in the data directory, made at the first start in a file
 * that only its owner can read. It signs sessions and links, so losing it signs everybody out.
 *
 * @throws StartupProblem when the file was emptied or cut.
 */
export function loadSecret(config: Pick<Config, 'secret' | 'dataDirectory'>): Secret {
  if (config.secret !== null) return config.secret;
  ensureDataDirectory(config.dataDirectory);
  const file = path.join(config.dataDirectory, 'secret');
  const text = readSecret(file) ?? createSecret(file);
  if (text.length < LENGTH_MIN) {
    throw new StartupProblem(
      `${file} holds the secret of this installation and is cut short. Restore it from a backup, or delete it (everybody must sign in again).`,
    );
  }
  return new Secret(text);
}

function readSecret(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    chmodSync(file, 0o600);
    return text;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Written in full beside its place and then linked, so that of two processes one wins and both read the same text. */
function createSecret(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const output = openSync(draft, 'wx', 0o600);
  try {
    writeSync(output, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
