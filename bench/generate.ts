import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startBenchServer } from './bench-database.ts';
import { fillBooks } from './fill-books.ts';

const help = `Usage: npm run bench:generate -- --directory D [--entries 10000000] [--accounts 1000]

Makes a data directory whose books have so many ledger entries, to look at with
  PURSER_DATA_DIR=D npm start        and        PURSER_DATA_DIR=D npm run purser -- verify
`;

const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    entries: { type: 'string', default: '10000000' },
    accounts: { type: 'string', default: '1000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const [entries, accounts] = [Number(values.entries), Number(values.accounts)];
if (values.help || values.directory === undefined || !(entries >= 0) || !(accounts >= 1)) {
  console.log(help);
  process.exitCode = values.help ? 0 : 1;
} else {
  const directory = path.resolve(values.directory);
  mkdirSync(directory, { recursive: true });
  const bench = await startBenchServer(directory);
  try {
    await bench.createDatabase('purser');
    const startedAt = performance.now();
    const books = await fillBooks(bench.connections('purser').owner, { accounts, entries });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    console.log(
      `${entries.toLocaleString('en')} entries of ${accounts.toLocaleString('en')} accounts, in ${String(seconds)} s.`,
    );
    console.log(`Accounts are ${books.accountNames[0] ?? ''} and so on; the platform key is ${books.key}`);
  } finally {
    await bench.stop();
  }
}
