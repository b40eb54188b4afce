import { join, resolve } from 'node:path';
import { startPayPalSandbox, startStripeSandbox } from './index.ts';

/** The simulators, by the word that starts them. */
const simulators = {
  stripe: { name: 'Stripe', variable: 'SANDBOX_STRIPE_PORT', port: '3010', start: startStripeSandbox },
  paypal: { name: 'PayPal', variable: 'SANDBOX_PAYPAL_PORT', port: '3011', start: startPayPalSandbox },
} as const;

type Simulator = (typeof simulators)[keyof typeof simulators];

/** Runs one simulator on its own, until it is told to stop. */
async function main({ name, variable, port: standard, start }: Simulator): Promise<void> {
  const port = portFrom(variable, process.env[variable] ?? standard);
  const directory = join(resolve(process.env['PURSER_DATA_DIR'] ?? './data'), 'sandbox');
  const sandbox = await start({ port, directory, log: logLine(process.env['SANDBOX_LOG']) });
  console.log(`${name} sandbox at ${sandbox.url}, journal in ${directory}`);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void sandbox.close().then(() => process.exit(0));
    });
  }
}

function portFrom(variable: string, value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new Error(`${variable} must be a port from 0 to 65535, not "${value}".`);
}

/** With SANDBOX_LOG set, every request is told on standard error. */
function logLine(wanted: string | undefined): (line: string) => void {
  return wanted === undefined || wanted === '' ? () => undefined : (line) => console.error(line);
}

const simulator = process.argv[2] === 'paypal' ? simulators.paypal : simulators.stripe;
main(simulator).catch((error: unknown) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const { name, variable } = simulator;
  console.error(isTaken ? `The port of the ${name} sandbox is taken. Set ${variable} to a free one.` : error);
  process.exitCode = 1;
});
