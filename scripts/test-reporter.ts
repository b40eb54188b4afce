import path from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/** How the tests of a run ended. A test with subtests counts once, beside them. */
export type TestCounts = { readonly passed: number; readonly failed: number; readonly skipped: number };

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];

const shownSlowest = 5;

/**
 * A reporter for node's test runner that is quiet about what works: failures in full as they happen, then what was
 * skipped, the slowest tests, and last a line that {@link countsOf} reads.
 */
export default async function* testReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const timed: { name: string; milliseconds: number }[] = [];
  const skipped: string[] = [];
  for await (const event of source) {
    if (event.type === 'test:stdout' || event.type === 'test:stderr') yield event.data.message;
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const outcome = outcomeOf(event);
    if (outcome === null) continue;
    counts[outcome] += 1;
    if (outcome === 'failed') yield failureText(event);
    if (outcome === 'skipped') skipped.push(`${placeOf(event.data)} ${reasonOf(event.data)}`);
    timed.push({ name: placeOf(event.data), milliseconds: event.data.details.duration_ms });
  }
  for (const line of skipped) yield `skipped ${line}\n`;
  const slowest = timed.toSorted((left, right) => right.milliseconds - left.milliseconds).slice(0, shownSlowest);
  for (const { name, milliseconds } of slowest) yield `${Math.round(milliseconds).toString().padStart(6)} ms ${name}\n`;
  yield `${countsPrefix}${JSON.stringify(counts)}\n`;
}

const countsPrefix = 'counts: ';

/** The counts in the last line of a run's output, and the output without that line; null when the run broke off. */
export function countsOf(output: string): { counts: TestCounts | null; rest: string } {
  const start = output.lastIndexOf(countsPrefix);
  if (start === -1 || (start > 0 && output[start - 1] !== '\n')) return { counts: null, rest: output };
  const end = output.indexOf('\n', start);
  if (end === -1) return { counts: null, rest: output };
  const counts: TestCounts = JSON.parse(output.slice(start + countsPrefix.length, end));
  return { counts, rest: output.slice(0, start) + output.slice(end + 1) };
}

function outcomeOf(event: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): keyof TestCounts | null {
  const { data } = event;
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  const isSuite = data.details.type === 'suite';
  if (event.type === 'test:pass') return isSuite ? null : 'passed';
  // A parent that failed only through its subtests has been counted by them.
  return failureKind(data) === 'subtestsFailed' ? null : 'failed';
}

function failureText(event: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): string {
  const error = event.type === 'test:fail' ? event.data.details.error : undefined;
  // The runner wraps what was thrown; a cancelled test has nothing inside.
  const shown =
    failureKind(event.data) === 'cancelledByParent' ? 'not run' : inspect(error?.cause ?? error, { depth: 8 });
  const ownFrames = shown.replaceAll(/\n +at [^\n{]*node:internal[^\n{]*/g, '');
  return `\nFAILED ${placeOf(event.data)}\n${ownFrames.replaceAll(/^/gm, '  ')}\n\n`;
}

function failureKind(data: Ended): unknown {
  const error: unknown = 'error' in data.details ? data.details.error : undefined;
  return error instanceof Error && 'failureType' in error ? error.failureType : undefined;
}

/** File, line and full name of a test: `src/shared/money/money.test.ts:12 allocate › adds up`. */
function placeOf(data: Ended): string {
  const suite = 'classname' in data && typeof data.classname === 'string' ? `${data.classname} › ` : '';
  const file = data.file === undefined ? '' : path.relative(process.cwd(), data.file);
  return `${file}:${data.line ?? 0} ${suite}${data.name}`;
}

function reasonOf(data: Ended): string {
  const reason = data.skip ?? data.todo;
  return typeof reason === 'string' ? `(${reason})` : '';
}
