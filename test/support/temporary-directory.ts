import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone when it leaves the scope of its `using`. */
export type TemporaryDirectory = Disposable & { path: string };

/** Makes a folder, in memory where there is some, that everybody may enter, as a folder in a home usually is. */
export function temporaryDirectory(): TemporaryDirectory {
  const directory = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'purser-'));
  chmodSync(directory, 0o755);
  return { path: directory, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) };
}
