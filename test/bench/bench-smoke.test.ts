import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { isMet, median, reportOf } from '../../bench/bench-report.ts';
import { benchSizes } from '../../bench/bench-size.ts';
import { percentile } from '../../bench/http-load.ts';
import { benchParts, runBench } from '../../bench/run-bench.ts';

/** That the bench runs, whatever its figures: a test that measures time would fail on a busy machine. */
describe('the bench', () => {
  for (const part of benchParts) {
    test(`measures ${part} on books that are in order afterwards`, async () => {
      using directory = temporaryDirectory();
      const findings = await runBench(directory.path, benchSizes.tiny, [part], () => undefined);
      assert.ok(findings.measurements.length > 0 && findings.comparisons.length > 0);
      for (const { name, perSecond } of findings.measurements) assert.ok(perSecond > 0, name);
      for (const { name, value } of findings.comparisons) assert.ok(Number.isFinite(value) && value > 0, name);
      assert.match(findings.notes.join('\n'), /ledger entries were verified in \d+ s: every check/);
      const report = reportOf(findings, 'tiny', new Date('2026-11-22T08:00:00Z'));
      assert.match(report, /^# Bench of 2026-11-22 08:00 UTC, size tiny\n/);
      assert.ok(!report.includes(directory.path), 'a report names no place of the machine');
    });
  }

  test('takes the middle, the percentile and the side of a target as one would', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.equal(percentile(hundred, 0.5), 50);
    assert.equal(percentile(hundred, 0.99), 99);
    assert.equal(percentile([7], 0.99), 7);
    assert.ok(isMet({ name: '', value: 8, target: 8, kind: 'at least' }));
    assert.ok(!isMet({ name: '', value: 1.01, target: 1, kind: 'at most' }));
  });
});
