import { globSync } from 'node:fs';
import { check } from './check.ts';
import { repositoryRoot } from './run-tool.ts';
import { addCounts, countsLine, runTests, type TestRun } from './run-tests.ts';
import type { TestCounts } from './test-reporter.ts';

/** What is tested after the checks, in this order: the quick first, and the browser last. */
const groups: readonly (Omit<TestRun, 'files'> & { readonly name: string; readonly patterns: readonly string[] })[] = [
  {
    name: 'unit, database, contract and scenario tests',
    patterns: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    testSeconds: 90,
    runSeconds: 1200,
  },
  {
    name: 'tests that start and kill the app',
    patterns: ['test/crash/**/*.test.ts', 'test/start/**/*.test.ts'],
    testSeconds: 180,
    runSeconds: 900,
  },
  { name: 'browser tests', patterns: ['test/browser/**/*.test.ts'], testSeconds: 120, runSeconds: 1500 },
];

/** The check and every test; the last line says how many passed and failed. */
async function test(): Promise<TestCounts> {
  console.log('== check');
  const failedChecks = await check();
  let counts: TestCounts = { passed: 0, failed: failedChecks.length, skipped: 0 };
  const later = new Set(groups.slice(1).flatMap((group) => globSync([...group.patterns], { cwd: repositoryRoot })));
  for (const [index, group] of groups.entries()) {
    console.log(`\n== ${group.name}`);
    const found = globSync([...group.patterns], { cwd: repositoryRoot }).toSorted();
    const files = index === 0 ? found.filter((file) => !later.has(file)) : found;
    if (files.length > 0) {
      counts = addCounts(counts, await runTests({ ...group, files }));
      continue;
    }
    // A pattern that finds nothing has gone wrong with a renamed folder, and would look like success.
    console.log(`FAILED ${group.patterns.join(' and ')} found no file.`);
    counts = addCounts(counts, { passed: 0, failed: 1, skipped: 0 });
  }
  if (failedChecks.length > 0) console.log(`\nFailed checks: ${failedChecks.join(', ')}.`);
  return counts;
}

const counts = await test();
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
console.log(`\n${countsLine(counts)}`);
