import { join, resolve } from 'node:path';
import { startStripeSandbox } from './index.ts';

/** Runs the Stripe sandbox on its own, until it is told to stop. */
async function main(): Promise<void> {
  const port = portFrom(process.env['SANDBOX_STRIPE_PORT']);
  const directory = join(resolve(process.env['PURSER_DATA_DIR'] ?? './data'), 'sandbox');
  const sandbox = await startStripeSandbox({ port, directory, log: logLine(process.env['SANDBOX_LOG']) });
  console.log(`Stripe sandbox at ${sandbox.url}, journal in ${directory}`);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void sandbox.close().then(() => process.exit(0));
    });
  }
}

function portFrom(value = '3010'): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new Error(`SANDBOX_STRIPE_PORT must be a port from 0 to 65535, not "${value}".`);
}

/** With SANDBOX_LOG set, every request is told on standard error. */
function logLine(wanted: string | undefined): (line: string) => void {
  return wanted === undefined || wanted === '' ? () => undefined : (line) => console.error(line);
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(isTaken ? 'The port of the Stripe sandbox is taken. Set SANDBOX_STRIPE_PORT to a free one.' : error);
  process.exitCode = 1;
});
