import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A simulator that listens on this machine. */
export type LoopbackServer<Running> = {
  port: number;
  /** Where it answers, without a slash at the end. */
  url: string;
  running: Running;
  /** Stops answering and cuts off who is connected. */
  close(): Promise<void>;
};

/**
 * Listens on 127.0.0.1, port 0 being any free one, and opens what stands behind it. Requests that come while it opens
 * wait. Rejects when the port is taken or opening fails.
 */
export async function startLoopbackServer<Running>(options: {
  port: number;
  /** Is told where it will answer. */
  open: (url: string) => Promise<Running>;
  answer: (running: Running, request: IncomingMessage, response: ServerResponse) => Promise<void>;
  log: (line: string) => void;
}): Promise<LoopbackServer<Running>> {
  const started = Promise.withResolvers<Running>();
  const server = createServer((request, response) => {
    started.promise
      .then((running) => options.answer(running, request, response))
      .catch((error: unknown) => {
        options.log(`A request could not be answered: ${error instanceof Error ? error.message : String(error)}`);
        response.destroy();
      });
  });
  // The port comes first: whoever holds it may hold the journal too, and opening a journal rewrites it.
  await listen(server, options.port);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const url = `http://127.0.0.1:${port}`;
  const running = await options.open(url).catch(async (error: unknown) => {
    await closeServer(server);
    throw error;
  });
  started.resolve(running);
  return { port, url, running, close: () => closeServer(server) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
