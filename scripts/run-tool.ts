import { spawn } from 'node:child_process';
import path from 'node:path';

/** The root of the repository. */
export const repositoryRoot = path.resolve(import.meta.dirname, '..');

/** How a program ended and everything it printed, both streams in the order they came. */
export type ToolResult = { readonly ok: boolean; readonly output: string };

export type ToolOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Milliseconds after which the program is asked to stop, soon after killed, and counts as failed. */
  readonly deadlineMs?: number;
};

/**
 * Runs a JavaScript or TypeScript program with the very Node that runs this script, since the `node` of a shell may be
 * another version. `args` starts with Node's own flags or the program's path from the root of the repository.
 */
export async function runTool(args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text: string) => {
    output += text;
    options.onOutput?.(text);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const deadline =
    options.deadlineMs === undefined
      ? undefined
      : setTimeout(() => {
          keep(`\nStopped after ${Math.round((options.deadlineMs ?? 0) / 1000)} seconds.\n`);
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
        }, options.deadlineMs);
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', (error) => {
      keep(`${error.message}\n`);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
  clearTimeout(deadline);
  return { ok, output };
}
