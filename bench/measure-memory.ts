import type { BenchServer } from './bench-database.ts';
import { type Findings, measurementOf } from './bench-report.ts';
import type { BenchSize } from './bench-size.ts';
import { consumeRequests, uniform } from './consume-requests.ts';
import type { FilledBooks } from './fill-books.ts';
import { runLoad } from './http-load.ts';
import { startProduct } from './product.ts';

const mebibyte = 2 ** 20;

/** Whether the product's memory stays as it is while very many uses are consumed: after a tenth of them, and after all. */
export async function measureMemory(
  bench: BenchServer,
  database: string,
  books: FilledBooks,
  size: BenchSize,
  directory: string,
): Promise<Findings> {
  const product = await startProduct({ design: 'batched', directory, connections: bench.connections(database) });
  try {
    const consume = async (requestsMax: number) =>
      await runLoad({
        port: product.port,
        connections: size.connections,
        request: consumeRequests(books, uniform),
        warmUpSeconds: 0,
        seconds: 3_600,
        requestsMax,
      });
    await consume(size.memoryConsumes / 10);
    const early = await product.memory();
    const result = await consume((size.memoryConsumes * 9) / 10);
    const late = await product.memory();
    const total = size.memoryConsumes.toLocaleString('en');
    const inMiB = (bytes: number) => String(Math.round(bytes / mebibyte));
    return {
      measurements: [measurementOf(`consume, ${total} in a row`, 'consumes', result)],
      comparisons: [
        {
          name: `heap after ${total} consumes against a tenth of them`,
          value: late.heapUsed / early.heapUsed,
          kind: 'at most',
          target: 1.1,
        },
        {
          name: `resident memory after ${total} consumes against a tenth of them`,
          value: late.rss / early.rss,
          kind: 'at most',
          target: 1.25,
        },
      ],
      notes: [
        `Memory after a tenth and after all of ${total} consumes: heap ${inMiB(early.heapUsed)} and ${inMiB(late.heapUsed)} MiB, resident ${inMiB(early.rss)} and ${inMiB(late.rss)} MiB.`,
      ],
    };
  } finally {
    await product.stop();
  }
}
