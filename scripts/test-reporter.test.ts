import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { addCounts, countsLine } from './run-tests.ts';
import { countsOf, type TestCounts } from './test-reporter.ts';

const begin = "import { after, before, describe, test } from 'node:test';\nvoid [after, before, describe, test];\n";

/** Runs one planted test file with the reporter. */
function report(source: string): { counts: TestCounts | null; rest: string } {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-reporter-'));
  try {
    const file = path.join(directory, 'planted.test.mjs');
    writeFileSync(file, begin + source);
    const reporter = path.join(import.meta.dirname, 'test-reporter.ts');
    const run = spawnSync(
      process.execPath,
      ['--test', '--test-isolation=none', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', file],
      { encoding: 'utf8', timeout: 30_000, env: { PATH: process.env['PATH'] } },
    );
    return countsOf(run.stdout);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const cases: readonly (readonly [name: string, source: string, counts: TestCounts, said: RegExp | null])[] = [
  [
    'passed and skipped tests',
    "test('a', () => {}); describe('s', () => { test('b', () => {}); test('c', { skip: 'no door' }, () => {}); });",
    { passed: 2, failed: 0, skipped: 1 },
    /skipped .*s › c \(no door\)/,
  ],
  [
    'a failure, in full with its cause',
    "test('a', () => { throw new Error('outer', { cause: new Error('inner') }); });",
    { passed: 0, failed: 1, skipped: 0 },
    /FAILED .*planted\.test\.mjs:3 a\n +Error: outer[^]*inner/,
  ],
  [
    'a failed subtest once',
    "test('a', async (t) => { await t.test('b', () => { throw new Error('deep'); }); });",
    { passed: 0, failed: 1, skipped: 0 },
    /deep/,
  ],
  [
    'a broken before hook and the test it kept from running',
    "describe('s', () => { before(() => { throw new Error('hook'); }); test('a', () => {}); });",
    { passed: 0, failed: 2, skipped: 0 },
    /hook/,
  ],
  [
    'a broken after hook though every test passed',
    "describe('s', () => { after(() => { throw new Error('hook'); }); test('a', () => {}); });",
    { passed: 1, failed: 1, skipped: 0 },
    /hook/,
  ],
  ['a file that cannot be loaded', "import './missing.mjs';", { passed: 0, failed: 1, skipped: 0 }, /missing\.mjs/],
  ['a test still to be written as skipped', "test.todo('a');", { passed: 0, failed: 0, skipped: 1 }, null],
];

for (const [name, source, counts, said] of cases) {
  test(`the reporter counts ${name}`, () => {
    const result = report(source);
    assert.deepEqual(result.counts, counts);
    assert.match(result.rest, said ?? /^/);
  });
}

test('a run that breaks off has no counts', () => {
  assert.equal(report("test('a', () => process.exit(0));").counts, null);
});

test('a test cannot pretend to be the counts', () => {
  const counts = report(`test('a', () => console.log('counts: {"passed":9,"failed":0,"skipped":0}'));`).counts;
  assert.deepEqual(counts, { passed: 1, failed: 0, skipped: 0 });
});

test('the last line names what was skipped only when something was', () => {
  const counts = addCounts({ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 });
  assert.equal(countsLine(counts), '3 passed, 1 failed');
  assert.equal(countsLine({ ...counts, skipped: 4 }), '3 passed, 1 failed, 4 skipped');
});
