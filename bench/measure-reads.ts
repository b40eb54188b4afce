import type { BenchServer } from './bench-database.ts';
import { type Findings, type Measurement, measurementOf, median, medianOf } from './bench-report.ts';
import type { BenchSize } from './bench-size.ts';
import { readRequests } from './consume-requests.ts';
import type { FilledBooks } from './fill-books.ts';
import { runLoad } from './http-load.ts';
import { startProduct } from './product.ts';

/** Books to be read, and how many entries they have. */
export type BooksToRead = { readonly database: string; readonly books: FilledBooks; readonly entries: number };

const pages = [
  { name: 'balance', address: '/v1/credits/balance/' },
  { name: 'statement', address: '/v1/credits/statement/' },
  { name: 'analytics of 30 days', address: '/v1/account/usage/analytics/' },
];

/** How much longer reading takes in large books than in small ones, one reader at a time, in turns. */
export async function measureReads(
  bench: BenchServer,
  small: BooksToRead,
  large: BooksToRead,
  size: BenchSize,
  directory: string,
): Promise<Findings> {
  const measurements: Measurement[] = [];
  const comparisons = [];
  const products = [];
  for (const { database } of [small, large]) {
    products.push(await startProduct({ design: 'batched', directory, connections: bench.connections(database) }));
  }
  try {
    for (const { name, address } of pages) {
      const runs: Measurement[][] = [[], []];
      for (let round = 0; round < size.rounds; round += 1) {
        for (const [index, { books, entries }] of [small, large].entries()) {
          const result = await runLoad({
            port: products[index]?.port ?? 0,
            connections: 1,
            request: readRequests(books, address),
            warmUpSeconds: size.warmUpSeconds,
            seconds: size.seconds / 2,
          });
          const title = `${name} at ${entries.toLocaleString('en')} entries`;
          runs[index]?.push(measurementOf(title, 'requests', result));
        }
      }
      const [ofSmall = [], ofLarge = []] = runs;
      measurements.push(medianOf(ofSmall), medianOf(ofLarge));
      const ratios = ofLarge.map((run, round) => (run.p50 ?? 0) / (ofSmall[round]?.p50 ?? 1));
      comparisons.push({
        name: `${name}: large books against small`,
        value: median(ratios),
        kind: 'at most',
        target: 1.5,
      } as const);
    }
  } finally {
    for (const product of products) await product.stop();
  }
  return { measurements, comparisons, notes: [] };
}
