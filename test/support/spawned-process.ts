import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** The folder of the repository. */
export const repository = path.join(import.meta.dirname, '../..');

/** How long a program may take to say what is waited for, on a machine that is busy with other things. */
const patienceMs = 90_000;

/** A program of ours that runs as a process of its own. */
export type SpawnedProcess = {
  readonly pid: number;
  isRunning(): boolean;
  /** Everything it has written so far. */
  output(): string;
  /** Waits until it has written this. Rejects with its output when it ends before, or says nothing for too long. */
  says(text: RegExp): Promise<RegExpExecArray>;
  /** Waits for its end. Answers the exit code, or the signal that killed it. */
  ended(): Promise<number | NodeJS.Signals>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
};

/**
 * Runs a program of the repository with the environment given and nothing of ours: no `.env`, no variable of this process
 * but what finding programs takes. Whoever starts one ends it in `after`.
 */
export function spawnProgram(
  program: 'src/server/main.ts' | 'src/sandbox/main.ts',
  environment: Readonly<Record<string, string>>,
  workingDirectory: string,
  words: readonly string[] = [],
): SpawnedProcess {
  const child: ChildProcess = spawn(process.execPath, [path.join(repository, program), ...words], {
    cwd: workingDirectory,
    env: {
      PATH: process.env['PATH'],
      HOME: workingDirectory,
      NODE_COMPILE_CACHE: path.join(repository, '.cache/compiled'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer | string): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const end = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 0);
      hear('');
    });
  });

  return {
    pid: child.pid ?? 0,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    ended: () => end,
    async stop(signal) {
      child.kill(signal);
      return await end;
    },
    async says(text) {
      return await new Promise((resolve, reject) => {
        const give = (action: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          action();
        };
        const look = (): void => {
          const found = text.exec(output);
          if (found !== null) give(() => resolve(found));
          else if (child.exitCode !== null || child.signalCode !== null) {
            give(() => reject(new Error(`It ended without saying ${String(text)}:\n${output}`)));
          }
        };
        const timer = setTimeout(() => {
          give(() => reject(new Error(`It did not say ${String(text)} in time:\n${output}`)));
        }, patienceMs);
        listeners.add(look);
        look();
      });
    },
  };
}
