import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lockfileProblems } from './lockfile.ts';
import { repositoryRoot, runTool, type ToolResult } from './run-tool.ts';

type Step = { readonly name: string; run(): Promise<ToolResult> };

/**
 * Everything that is checked without running the product: format, lint with the arrows, types of each world, unused
 * code, the lockfile and the generated files. Prints a line per step and the whole output of those that fail.
 * @returns the names of the failed steps.
 */
export async function check(): Promise<string[]> {
  const failed: string[] = [];
  const waiting = steps();
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = performance.now();
      const result = await step.run();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${result.ok ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
      if (result.ok) continue;
      failed.push(step.name);
      console.log(indented(result.output));
    }
  };
  // Two at a time: most of the tools start threads of their own.
  await Promise.all([work(), work()]);
  return failed;
}

function steps(): Step[] {
  return [
    { name: 'lint and arrows', run: lint },
    { name: 'generated files', run: () => runTool(['scripts/generate.ts', '--check']) },
    ...worlds().map((world) => ({ name: `types of ${world}`, run: () => types(world) })),
    { name: 'unused code', run: () => runTool(['node_modules/knip/bin/knip.js', '--no-progress']) },
    { name: 'format', run: () => runTool(['node_modules/@biomejs/biome/bin/biome', 'format', '.']) },
    { name: 'lockfile', run: lockfile },
  ];
}

/** The folders with compiler options of their own; the server's also cover sandbox, tests and scripts. */
function worlds(): string[] {
  const browser = 'src/sandbox/browser';
  const always = ['src/server', 'src/web', 'src/shared', 'client'];
  return existsSync(path.join(repositoryRoot, browser, 'tsconfig.json')) ? [...always, browser] : always;
}

function types(world: string): Promise<ToolResult> {
  return runTool(['node_modules/typescript/bin/tsc', '-p', `${world}/tsconfig.json`, '--noEmit']);
}

/** Lints, and fails when the linter read fewer files than there are: an empty reading would look like a clean one. */
async function lint(): Promise<ToolResult> {
  const present = globSync('{bench,client,scripts,src,test}/**/*.{ts,tsx}', { cwd: repositoryRoot }).filter(
    (file) => !/\.generated\.ts$|^(src[/\\]web|client)[/\\]dist[/\\]/.test(file),
  );
  const result = await runTool(['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.']);
  const read = Number(/ on (\d+) files? /.exec(result.output)?.[1] ?? 0);
  if (read >= present.length) return result;
  return { ok: false, output: `${result.output}\nThe linter read ${read} of ${present.length} files.` };
}

async function lockfile(): Promise<ToolResult> {
  const read = (name: string) => JSON.parse(readFileSync(path.join(repositoryRoot, name), 'utf8'));
  const problems = lockfileProblems(read('package.json'), read('package-lock.json'));
  return { ok: problems.length === 0, output: problems.join('\n') };
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '       ');
}

if (import.meta.main) {
  const failed = await check();
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
