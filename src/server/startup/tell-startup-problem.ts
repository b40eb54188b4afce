import { StartupProblem } from '../platform/config/index.ts';

/** Tells why Purser cannot start: what the operator can put right in words, a fault of the program with its stack. */
export function tellStartupProblem(thrown: unknown): void {
  if (thrown instanceof StartupProblem) console.error(`\nPurser cannot start.\n${thrown.message}\n`);
  else console.error(thrown);
  process.exit(1);
}
