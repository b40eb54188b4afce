import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program is, or null when the machine has none of that name. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Runs a program to its end. Answers what it printed. @throws Error with everything it printed when it fails */
export async function runProgram(file: string, args: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(file, args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${path.basename(file)} failed.\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}
