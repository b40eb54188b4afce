import path from 'node:path';
import { repositoryRoot, runTool } from './run-tool.ts';
import { countsOf, type TestCounts } from './test-reporter.ts';

export type TestRun = {
  readonly files: readonly string[];
  /** Seconds one test may take. */
  readonly testSeconds: number;
  /** Seconds the whole run may take before it is killed: a leaked handle would keep it alive for ever. */
  readonly runSeconds: number;
};

/**
 * Runs test files in one process, with a real PostgreSQL made once for all of them, and prints what the reporter says.
 * A run that breaks off, finds no test or ends badly after its last test counts as one failure more.
 */
export async function runTests({ files, testSeconds, runSeconds }: TestRun): Promise<TestCounts> {
  const result = await runTool(
    [
      '--test',
      '--test-isolation=none',
      '--test-global-setup=test/support/global-setup.ts',
      `--test-timeout=${testSeconds * 1000}`,
      '--test-reporter=./scripts/test-reporter.ts',
      '--test-reporter-destination=stdout',
      ...files,
    ],
    {
      env: { NODE_COMPILE_CACHE: path.join(repositoryRoot, '.cache/compiled') },
      deadlineMs: runSeconds * 1000,
    },
  );
  const { counts, rest } = countsOf(result.output);
  process.stdout.write(rest);
  if (counts === null) return failedOnce('The run broke off before its end.');
  if (counts.passed + counts.failed + counts.skipped === 0) return failedOnce('No test was found in these files.');
  if (!result.ok && counts.failed === 0)
    return failedOnce('Every test passed and the run failed all the same.', counts);
  return counts;
}

const nothing: TestCounts = { passed: 0, failed: 0, skipped: 0 };

function failedOnce(sentence: string, counts: TestCounts = nothing): TestCounts {
  console.log(`FAILED ${sentence}`);
  return addCounts(counts, { passed: 0, failed: 1, skipped: 0 });
}

/** The sum of two runs. */
export function addCounts(left: TestCounts, right: TestCounts): TestCounts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** The counts as the one line that ends every run: `12 passed, 0 failed`, and what was skipped if anything was. */
export function countsLine(counts: TestCounts): string {
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}
