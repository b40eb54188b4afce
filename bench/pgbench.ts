import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Measurement } from './bench-report.ts';
import { benchOperation } from './fill-books.ts';
import { findProgram, runProgram } from './program.ts';

/** Requests in a batch, about what forms of itself under 64 connections. */
const batchSize = 50;

/** Batches under way at once: the most that helped. */
const clients = 4;

/**
 * What PostgreSQL itself makes of the same batches, with nothing of the product around it: the function the product
 * calls, with requests made in SQL. Null without pgbench.
 */
export async function pgbenchBatches(
  url: string,
  load: { readonly accounts: number; readonly seconds: number },
): Promise<Omit<Measurement, 'name'> | null> {
  const pgbench = findProgram('pgbench');
  if (pgbench === null) return null;
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-pgbench-'));
  try {
    const script = path.join(directory, 'batch.sql');
    writeFileSync(script, batch(load.accounts));
    const seconds = String(Math.max(1, Math.round(load.seconds)));
    const args = ['-n', '-f', script, '-c', String(clients), '-j', '1', '-T', seconds, '-M', 'prepared', url];
    const printed = await runProgram(pgbench, args);
    const batches = Number(/^tps = ([\d.]+)/m.exec(printed)?.[1]);
    if (!Number.isFinite(batches)) throw new Error(`pgbench did not say how fast it was.\n${printed}`);
    return { unit: 'consumes', perSecond: batches * batchSize, p50: null, p99: null };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function batch(accounts: number): string {
  return `select count(*) from purser.consume_batch(clock_timestamp(), (
  select json_agg(json_build_object('position', number, 'id', gen_random_uuid(), 'account', account.id,
    'key', gen_random_uuid(), 'operation', '${benchOperation}', 'variant', '', 'quantity', '1',
    'actor_type', 'platform_key'))
  from (
    select number, 1 + floor(random() * ${String(accounts)})::integer as account
    from generate_series(0, ${String(batchSize - 1)}) number offset 0
  ) chosen join bench.accounts account on account.n = chosen.account));
`;
}
