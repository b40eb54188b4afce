import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that was free a moment ago, for a process that must be told its port beforehand (one that is
 * killed and started again at the same address). Whatever can listen on port 0 does that instead.
 */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}
