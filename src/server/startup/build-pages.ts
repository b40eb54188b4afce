import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartupProblem } from '../platform/config/index.ts';

const root = path.join(import.meta.dirname, '../../..');

/** The folder of the built pages. */
export const pagesDirectory = path.join(root, 'dist/web');

/** Everything the pages are built from. */
const sources = ['src/web/**/*.{ts,tsx,css,html,svg,js}', 'src/shared/**/*.ts', 'package-lock.json'];

/**
 * Builds the pages if their sources have changed since the last time, by hash; a copy without the build tools serves
 * what was built before. Takes some seconds the first time. @throws StartupProblem when the build fails
 */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const stamp = path.join(pagesDirectory, 'built-from.txt');
  const hash = await hashOfSources();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  say('Building the pages (a few seconds, once) …');
  await runBuild();
  await writeFile(stamp, hash);
}

async function hashOfSources(): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(sources, { cwd: root })) files.push(file);
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(file).update(await readFile(path.join(root, file)));
  return hash.digest('hex');
}

/** The build runs in a process of its own, so that its memory is given back. */
async function runBuild(): Promise<void> {
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', 'src/web/vite.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new StartupProblem(`The pages could not be built:\n${output}`);
}
