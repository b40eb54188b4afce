import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { openPool } from '#server/platform/db/index.ts';
import { type BenchServer, startBenchServer } from './bench-database.ts';
import type { Findings } from './bench-report.ts';
import type { BenchSize } from './bench-size.ts';
import { fillBooks } from './fill-books.ts';
import { measureConsume } from './measure-consume.ts';
import { measureMemory } from './measure-memory.ts';
import { type BooksToRead, measureReads } from './measure-reads.ts';

/** The parts of the bench. */
export const benchParts = ['consume', 'memory', 'reads'] as const;
export type BenchPart = (typeof benchParts)[number];

/**
 * Measures the parts on an empty PostgreSQL in `directory`, which is not kept small: the large books take some
 * gigabytes. Afterwards the books are verified, since speed that costs exactness is none.
 */
export async function runBench(
  directory: string,
  size: BenchSize,
  parts: readonly BenchPart[],
  tell: (line: string) => void,
): Promise<Findings> {
  const bench = await startBenchServer(directory);
  const found: Findings[] = [];
  try {
    if (parts.includes('consume') || parts.includes('memory')) {
      tell('Making accounts …');
      const database = 'consume';
      await bench.createDatabase(database);
      const books = await fillBooks(bench.connections(database).owner, { accounts: size.accounts, entries: 0 });
      if (parts.includes('consume')) {
        tell('Consuming …');
        found.push(await measureConsume(bench, database, books, size, directory));
      }
      if (parts.includes('memory')) {
        tell('Watching the memory …');
        found.push(await measureMemory(bench, database, books, size, directory));
      }
      found.push(await verified(bench, database, tell));
    }
    if (parts.includes('reads')) {
      tell('Making books to read …');
      const small = await booksToRead(bench, 'small', size.readAccounts, size.entries.small);
      const large = await booksToRead(bench, 'large', size.readAccounts, size.entries.large);
      tell('Reading …');
      found.push(await measureReads(bench, small, large, size, directory));
      found.push(await verified(bench, 'large', tell));
    }
  } finally {
    await bench.stop();
  }
  return {
    measurements: found.flatMap((one) => one.measurements),
    comparisons: found.flatMap((one) => one.comparisons),
    notes: found.flatMap((one) => one.notes),
  };
}

async function booksToRead(
  bench: BenchServer,
  database: string,
  accounts: number,
  entries: number,
): Promise<BooksToRead> {
  await bench.createDatabase(database);
  return { database, entries, books: await fillBooks(bench.connections(database).owner, { accounts, entries }) };
}

/** @throws Error naming the checks that found something */
async function verified(bench: BenchServer, database: string, tell: (line: string) => void): Promise<Findings> {
  tell('Verifying the books …');
  const pool = openPool(bench.connections(database).app, 1);
  const startedAt = performance.now();
  const broken: string[] = [];
  let entries = 0n;
  try {
    await verifyBooks({ pool }, ({ name, rowsLookedAt, problems, offenders }) => {
      if (name === 'an entry follows the one before it') entries = rowsLookedAt;
      if (problems > 0n) broken.push(`${name}: ${offenders[0]?.subject ?? ''}: ${offenders[0]?.problem ?? ''}`);
    });
  } finally {
    await pool.close();
  }
  if (broken.length > 0) throw new Error(`The books are not in order.\n${broken.join('\n')}`);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return {
    measurements: [],
    comparisons: [],
    notes: [
      `The books with ${entries.toLocaleString('en')} ledger entries were verified in ${String(seconds)} s: every check of purser verify holds.`,
    ],
  };
}
