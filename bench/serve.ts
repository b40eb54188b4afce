import { createApp } from '#server/app.ts';
import { createServer } from '#server/http/server.ts';
import { loadConfig } from '#server/platform/config/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { consumeOneByOne } from './consume-one-by-one.ts';
import type { MemoryUse, ProductSettings } from './product.ts';

/**
 * The whole product in a process of its own, as `npm start` runs it: API keys, validation, idempotency, ledger, log,
 * worker. It is told what to run by its first argument, and says its port and its memory over the channel to its parent.
 */
async function serve(settings: ProductSettings): Promise<void> {
  const log = createLog('info');
  const running = await createApp({
    config: loadConfig({ PURSER_DATA_DIR: settings.directory }, { inContainer: false }),
    log,
    connections: settings.connections,
    secret: 'only for the bench, which nobody else can reach',
    publicUrl: () => 'http://127.0.0.1',
    stripe: null,
    paypal: null,
  });
  const single = settings.design === 'one by one' ? consumeOneByOne(settings.connections.app, running.app) : null;
  const app = single === null ? running.app : { ...running.app, consumeBatch: single };
  const server = await createServer(app, {
    webDirectory: settings.directory,
    stripeSandboxUrl: null,
    paypalSandboxUrl: null,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  await running.startWorking();
  process.on('message', (asked) => {
    if (asked === 'memory') process.send?.(memoryUse());
  });
  process.once('disconnect', () => {
    process.exit(0);
  });
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
}

/** What is in use after everything that can go has gone. */
function memoryUse(): MemoryUse {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

await serve(JSON.parse(process.argv[2] ?? '{}'));
