import type { BenchServer } from './bench-database.ts';
import { type Comparison, type Findings, type Measurement, measurementOf, median, medianOf } from './bench-report.ts';
import type { BenchSize } from './bench-size.ts';
import { consumeRequests, eventRequests, hot, uniform } from './consume-requests.ts';
import type { FilledBooks } from './fill-books.ts';
import { runLoad } from './http-load.ts';
import { pgbenchBatches } from './pgbench.ts';
import { type Product, startProduct } from './product.ts';
import { wrkConsumes } from './wrk.ts';

/** What is measured in every round, by name. */
type Round = ReadonlyMap<string, Measurement>;

const patterns = [
  { name: 'one hot account', pick: hot, accounts: 1, faster: 8 },
  { name: 'many accounts at random', pick: uniform, accounts: null, faster: 2.5 },
] as const;

/**
 * The hot path against one transaction per request and against bare PostgreSQL, in turns, so that what else the machine
 * does meets all of them alike.
 */
export async function measureConsume(
  bench: BenchServer,
  database: string,
  books: FilledBooks,
  size: BenchSize,
  directory: string,
): Promise<Findings> {
  const connections = bench.connections(database);
  const batched = await startProduct({ design: 'batched', directory, connections });
  const single = await startProduct({ design: 'one by one', directory, connections });
  const notes = new Set<string>();
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < size.rounds; round += 1) {
      const found = await oneRound({ bench, database, books, size, batched, single, note: (text) => notes.add(text) });
      rounds.push(new Map(found.map((one) => [one.name, one])));
    }
    const names = [...(rounds[0]?.keys() ?? [])];
    return {
      measurements: names.map((name) => medianOf(rounds.flatMap((round) => round.get(name) ?? []))),
      comparisons: comparisonsOf(rounds),
      notes: [...notes],
    };
  } finally {
    await batched.stop();
    await single.stop();
  }
}

type Stage = {
  readonly bench: BenchServer;
  readonly database: string;
  readonly books: FilledBooks;
  readonly size: BenchSize;
  readonly batched: Product;
  readonly single: Product;
  note(text: string): void;
};

async function oneRound(stage: Stage): Promise<Measurement[]> {
  const { books, size, batched, single } = stage;
  const found: Measurement[] = [];
  const common = { warmUpSeconds: size.warmUpSeconds, seconds: size.seconds };
  for (const { name, pick, accounts } of patterns) {
    for (const [design, { port }] of [
      ['batched', batched],
      ['one by one', single],
    ] as const) {
      const load = { ...common, port, connections: size.connections, request: consumeRequests(books, pick) };
      found.push(measurementOf(`consume, ${name}, ${design}`, 'consumes', await runLoad(load)));
    }
    const wanted = { accounts: accounts ?? size.accounts, seconds: size.seconds };
    const viaWrk = await wrkConsumes(batched.port, books, { ...wanted, connections: size.connections });
    if (viaWrk === null) stage.note('wrk is not installed: the loads driven by wrk were SKIPPED.');
    else found.push({ ...viaWrk, name: `consume, ${name}, batched, driven by wrk` });
    const bare = await pgbenchBatches(stage.bench.server.url(stage.database, 'purser_app'), wanted);
    if (bare === null) stage.note('pgbench is not installed: the comparison with bare PostgreSQL was SKIPPED.');
    else found.push({ ...bare, name: `bare batches by pgbench, ${name}` });
  }
  for (const [design, { port }] of [
    ['batched', batched],
    ['one by one', single],
  ] as const) {
    const load = { ...common, port, connections: 1, request: consumeRequests(books, hot) };
    found.push(measurementOf(`consume, a single caller alone, ${design}`, 'consumes', await runLoad(load)));
  }
  for (const [callers, connections] of [
    ['one caller', 1],
    ['four callers', 4],
  ] as const) {
    const request = eventRequests(books, uniform, size.eventsInRequest);
    const result = await runLoad({ ...common, port: batched.port, connections, request });
    const name = `events, ${String(size.eventsInRequest)} in a request, ${callers}`;
    found.push(measurementOf(name, 'events', result, size.eventsInRequest));
  }
  return found;
}

function comparisonsOf(rounds: readonly Round[]): Comparison[] {
  const ratio = (figure: 'perSecond' | 'p50' | 'p99', above: string, below: string): number | null => {
    const values = rounds.flatMap((round) => {
      const [one, other] = [nameStarting(round, above)?.[figure], nameStarting(round, below)?.[figure]];
      return one == null || other == null || other === 0 ? [] : [one / other];
    });
    return values.length === 0 ? null : median(values);
  };
  const compared: Comparison[] = [];
  const compare = (name: string, value: number | null, kind: Comparison['kind'], target: number) => {
    if (value !== null) compared.push({ name, value, kind, target });
  };
  for (const { name, faster } of patterns) {
    const [batched, single] = [`consume, ${name}, batched`, `consume, ${name}, one by one`];
    compare(`${name}: batched against one by one`, ratio('perSecond', batched, single), 'at least', faster);
    compare(`${name}: p99 batched against one by one`, ratio('p99', batched, single), 'at most', 1);
    const bare = `bare batches by pgbench, ${name}`;
    compare(`${name}: product against bare PostgreSQL`, ratio('perSecond', batched, bare), 'at least', 0.3);
  }
  const alone = 'consume, a single caller alone, ';
  compare(
    'a single caller: p50 batched against one by one',
    ratio('p50', `${alone}batched`, `${alone}one`),
    'at most',
    1.1,
  );
  const callers = [
    { name: 'one caller', events: /^events.*one caller$/, consumes: `${alone}batched` },
    {
      name: 'several callers',
      events: /^events.*four callers$/,
      consumes: 'consume, many accounts at random, batched',
    },
  ];
  for (const { name, events, consumes } of callers) {
    const title = [...(rounds[0]?.keys() ?? [])].find((known) => events.test(known)) ?? '';
    compare(`${name}: events in requests against single consumes`, ratio('perSecond', title, consumes), 'at least', 5);
  }
  return compared;
}

function nameStarting(round: Round, start: string): Measurement | undefined {
  for (const [name, measurement] of round) if (name.startsWith(start)) return measurement;
  return undefined;
}
