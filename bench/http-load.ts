import { connect, type Socket } from 'node:net';

/** A load: who asks for what, and for how long. */
export type Load = {
  readonly port: number;
  /** Keep-alive connections, each with one request under way. */
  readonly connections: number;
  /** The whole request of the nth call, headers and body. */
  request(n: number): string;
  /** What is not counted yet, and what is, in seconds. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Ends the load after so many requests, whatever the time. */
  readonly requestsMax?: number;
};

/** What came of a load. */
export type LoadResult = {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds within which half, and 99 of 100, were answered. */
  readonly p50: number;
  readonly p99: number;
  /** How many were answered with each status. */
  readonly statuses: Readonly<Record<number, number>>;
};

/**
 * Asks for as much as is answered, over connections that stay open, with as little work of its own as possible: client,
 * product and database share the machine. Latencies are those of every request, none is left out.
 *
 * @throws Error when a request is answered with anything but 2xx: a number about refusals would be no number
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const startedAt = performance.now();
  const countFrom = startedAt + load.warmUpSeconds * 1_000;
  const until = countFrom + load.seconds * 1_000;
  let asked = 0;
  const hasMore = () => performance.now() < until && asked < (load.requestsMax ?? Number.POSITIVE_INFINITY);
  const one = (socket: Socket) =>
    converse(socket, {
      next: () => (hasMore() ? load.request(asked++) : null),
      answered: (status, ms) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (performance.now() >= countFrom) latencies.push(ms);
      },
    });
  await Promise.all(
    Array.from({ length: load.connections }, () => one(connect({ host: '127.0.0.1', port: load.port, noDelay: true }))),
  );
  const refused = Object.keys(statuses).filter((status) => !status.startsWith('2'));
  if (refused.length > 0) throw new Error(`The product answered ${JSON.stringify(statuses)}.`);
  const seconds = (performance.now() - countFrom) / 1_000;
  latencies.sort((one_, other) => one_ - other);
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    statuses,
  };
}

/** The value that a share of the sorted values does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** One connection: asks, waits for the whole answer, and asks again until there is nothing more to ask. */
async function converse(
  socket: Socket,
  calls: { next(): string | null; answered(status: number, ms: number): void },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let sentAt = 0;
    let pending = '';
    const send = () => {
      const request = calls.next();
      if (request === null) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error('The product closed a connection.'));
    });
    socket.on('data', (text: string) => {
      pending = pending === '' ? text : pending + text;
      const status = statusOfWhole(pending);
      if (status === null) return;
      pending = '';
      calls.answered(status, performance.now() - sentAt);
      send();
    });
  });
}

/** The status of an answer that has arrived whole; null while there is more to come. */
function statusOfWhole(text: string): number | null {
  const bodyAt = text.indexOf('\r\n\r\n');
  if (bodyAt === -1) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, bodyAt))?.[1];
  if (length === undefined) throw new Error('The product answered without a length.');
  return text.length - bodyAt - 4 >= Number(length) ? Number(text.slice(9, 12)) : null;
}
