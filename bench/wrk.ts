import path from 'node:path';
import type { Measurement } from './bench-report.ts';
import { benchOperation, type FilledBooks } from './fill-books.ts';
import { findProgram, runProgram } from './program.ts';

/** A load of consumes driven by wrk, which costs the machine less than our own client. Null without wrk. */
export async function wrkConsumes(
  port: number,
  books: FilledBooks,
  load: { readonly accounts: number; readonly seconds: number; readonly connections: number },
): Promise<Omit<Measurement, 'name'> | null> {
  const wrk = findProgram('wrk');
  if (wrk === null) return null;
  const seconds = `${String(Math.max(1, Math.round(load.seconds)))}s`;
  const script = path.join(import.meta.dirname, 'consume.lua');
  const url = `http://127.0.0.1:${String(port)}/v1/credits/consume/`;
  const how = ['-t', '1', '-c', String(load.connections), '-d', seconds, '--latency', '-s', script];
  const printed = await runProgram(wrk, [...how, url, '--', books.key, benchOperation, String(load.accounts)]);
  if (/Non-2xx/.test(printed)) throw new Error(`The product refused requests of wrk.\n${printed}`);
  return {
    unit: 'consumes',
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)?.[1]),
    p50: msIn(/ 50%\s+([\d.]+)(us|ms|s)/.exec(printed)),
    p99: msIn(/ 99%\s+([\d.]+)(us|ms|s)/.exec(printed)),
  };
}

function msIn(found: RegExpExecArray | null): number | null {
  const [, figure, unit] = found ?? [];
  if (figure === undefined) return null;
  return Number(figure) * (unit === 's' ? 1_000 : unit === 'us' ? 0.001 : 1);
}
