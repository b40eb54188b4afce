import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { errorCode } from './error-code.ts';
import type { Environment } from './load-config.ts';

/** The environment of this process on top of the file `.env` in a folder, if there is one; the process's own wins. */
export function readEnvironment(directory: string, own: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(path.join(directory, '.env'), 'utf8')), ...own };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return own;
    throw error;
  }
}
