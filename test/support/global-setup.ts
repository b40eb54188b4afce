import { startTestServer, stopTestServer } from './test-server.ts';

/** Called by node's test runner before the first file, given with --test-global-setup. */
export async function globalSetup(): Promise<void> {
  await startTestServer();
}

/** Called by node's test runner after the last file. */
export async function globalTeardown(): Promise<void> {
  await stopTestServer();
}
