import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool } from './run-tool.ts';

/** The built JavaScript of `client`, with its declarations, by path from the root of the repository. */
export async function builtClient(): Promise<ReadonlyMap<string, string>> {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-client-'));
  try {
    const result = await runTool([
      'node_modules/typescript/bin/tsc',
      '-p',
      'client/tsconfig.json',
      '--outDir',
      directory,
    ]);
    if (!result.ok) throw new Error(`The client could not be built.\n${result.output}`);
    const names = readdirSync(directory).toSorted();
    return new Map(names.map((name) => [`client/dist/${name}`, readFileSync(path.join(directory, name), 'utf8')]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
