import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseConnections } from '#server/platform/migrations/index.ts';

/** How the product spends credits: as it does, or with one transaction for each request, which is compared with. */
export type Design = 'batched' | 'one by one';

/** What a product in a process of its own is started with. */
export type ProductSettings = {
  readonly design: Design;
  /** A folder of its own, for its log. */
  readonly directory: string;
  readonly connections: DatabaseConnections;
};

/** In bytes, after a collection of garbage. */
export type MemoryUse = { readonly rss: number; readonly heapUsed: number };

/** A running product. */
export type Product = {
  readonly port: number;
  memory(): Promise<MemoryUse>;
  stop(): Promise<void>;
};

/** Starts the product in a process of its own; its log is written to a file, as an operator would have it. */
export async function startProduct(settings: ProductSettings): Promise<Product> {
  const log = openSync(path.join(settings.directory, 'purser.log'), 'w');
  const child = fork(path.join(import.meta.dirname, 'serve.ts'), [JSON.stringify(settings)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const said = await Promise.race([once(child, 'message'), ended]);
  const port = portIn(said[0]);
  if (port === null) throw new Error('The product did not start.');
  return {
    port,
    async memory() {
      child.send('memory');
      const [use] = (await once(child, 'message')) as [MemoryUse];
      return use;
    },
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}

function portIn(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('port' in message)) return null;
  return typeof message.port === 'number' ? message.port : null;
}
