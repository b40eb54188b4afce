import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

export type Journal = {
  /** Writes one entry and resolves once it is on disk. Entries asked for at the same time share one flush. */
  append(entry: unknown): Promise<void>;
  /** Flushes what is waiting and closes the file. */
  close(): Promise<void>;
};

type Waiting = { line: string; resolve: () => void; reject: (error: Error) => void };

/**
 * Opens an append-only file of JSON lines. Every whole line is handed to `replay` in order; a last line that was torn
 * by a crash is dropped. What `snapshot` then returns replaces the file, so that its length follows the state and not
 * the history.
 *
 * Throws when a line in the middle cannot be read: that is damage, not a crash.
 */
export async function openJournal(options: {
  directory: string;
  name: string;
  replay: (entry: unknown) => void;
  snapshot: () => Iterable<unknown>;
}): Promise<Journal> {
  mkdirSync(options.directory, { recursive: true });
  const file = join(options.directory, `${options.name}.jsonl`);
  replayFile(file, options.replay);
  rewriteFile(file, options.directory, options.snapshot());
  return appendTo(await open(file, 'a'));
}

function replayFile(file: string, replay: (entry: unknown) => void): void {
  const bytes = readIfPresent(file);
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) {
      // The process died while it wrote this line, before anybody was told that it had happened.
      truncateSync(file, start);
      return;
    }
    replay(parseLine(bytes.toString('utf8', start, end), file, line));
    start = end + 1;
  }
}

function readIfPresent(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function parseLine(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The journal ${file} is damaged at line ${line}. Move it away to start with an empty sandbox.`, {
      cause,
    });
  }
}

function rewriteFile(file: string, directory: string, entries: Iterable<unknown>): void {
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w', 0o600);
  try {
    for (const entry of entries) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
  const folder = openSync(directory, 'r');
  try {
    // Without this a power cut could bring back the file from before the rename.
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function appendTo(handle: FileHandle): Journal {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let failure: Error | undefined;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure) throw failure;
        await handle.appendFile(batch.map((entry) => entry.line).join(''));
        await handle.datasync();
        for (const entry of batch) entry.resolve();
      } catch (error) {
        // A file that could not be written once may hold half a line, so nothing is appended behind it any more.
        failure ??= error instanceof Error ? error : new Error(String(error));
        for (const entry of batch) entry.reject(failure);
      }
    }
    flushing = undefined;
  }

  return {
    append(entry) {
      return new Promise((resolve, reject) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, resolve, reject });
        flushing ??= flush();
      });
    },
    async close() {
      await flushing;
      await handle.close();
    },
  };
}
