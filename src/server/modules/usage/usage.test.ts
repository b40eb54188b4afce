import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '#shared/time/index.ts';
import {
  averageOf,
  changeOf,
  type DayRange,
  daysIn,
  everyDay,
  monthOf,
  paceOf,
  projectionOf,
  rangeBefore,
  sharesOf,
  worthMinor,
} from './usage.ts';

describe('ranges of days', () => {
  test('both ends belong to a range, and the range before has as many days', () => {
    assert.equal(daysIn({ from: '2028-02-28', to: '2028-03-01' }), 3);
    assert.deepEqual(rangeBefore({ from: '2026-03-01', to: '2026-03-31' }), { from: '2026-01-29', to: '2026-02-28' });
  });

  test('a month ends on its own last day', () => {
    assert.deepEqual(monthOf('2028-02-10'), { from: '2028-02-01', to: '2028-02-29' });
    assert.deepEqual(monthOf('2026-12-31'), { from: '2026-12-01', to: '2026-12-31' });
    assert.deepEqual(monthOf('2026-04-01'), { from: '2026-04-01', to: '2026-04-30' });
  });

  test('a day without use is a day with nothing', () => {
    const days = everyDay(
      { from: '2026-03-28', to: '2026-03-30' },
      new Map([['2026-03-29', { credits: 5n, events: 2n }]]),
    );
    assert.deepEqual(days, [
      { day: '2026-03-28', credits: 0n, events: 0n },
      { day: '2026-03-29', credits: 5n, events: 2n },
      { day: '2026-03-30', credits: 0n, events: 0n },
    ]);
  });
});

describe('shares', () => {
  test('three thirds are 33.34, 33.33 and 33.33 per cent', () => {
    assert.deepEqual(sharesOf([7n, 7n, 7n]), [3_334n, 3_333n, 3_333n]);
  });

  test('add up to exactly the whole, and are all nothing when nothing was spent', () => {
    assert.deepEqual(sharesOf([]), []);
    assert.deepEqual(sharesOf([0n, 0n]), [0n, 0n]);
    const parts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parts, (credits) => {
        const sum = sharesOf(credits).reduce((total, share) => total + share, 0n);
        assert.equal(sum, credits.some((part) => part > 0n) ? 10_000n : 0n);
      }),
    );
  });
});

describe('averages and projections', () => {
  test('name their rounding: half up', () => {
    assert.deepEqual(averageOf(1n, 3), { milliCredits: 333n, days: 3 });
    assert.deepEqual(averageOf(2n, 3), { milliCredits: 667n, days: 3 });
    assert.deepEqual(averageOf(1n, 2_000), { milliCredits: 1n, days: 2_000 });
    assert.equal(worthMinor(1n, { priceMinor: 3n, priceCredits: 2n }), 2n);
  });

  test('a change is told in basis points, and not at all after nothing', () => {
    assert.equal(changeOf(150n, 100n), 5_000n);
    assert.equal(changeOf(0n, 100n), -10_000n);
    assert.equal(changeOf(2n, 3n), -3_333n);
    assert.equal(changeOf(5n, 0n), null);
  });

  test('the pace is that of the last 30 full days, of fewer since the first use, or of the first day alone', () => {
    const today = '2026-11-22';
    const asked: DayRange[] = [];
    const used = (range: DayRange): bigint => {
      asked.push(range);
      return 300n;
    };
    assert.deepEqual(paceOf(today, '2025-01-01', used), { milliCredits: 10_000n, days: 30 });
    assert.deepEqual(paceOf(today, '2026-11-20', used), { milliCredits: 150_000n, days: 2 });
    assert.deepEqual(paceOf(today, today, used), { milliCredits: 300_000n, days: 1 });
    assert.deepEqual(paceOf(today, null, used), { milliCredits: 0n, days: 0 });
    assert.deepEqual(asked, [
      { from: '2026-10-23', to: '2026-11-21' },
      { from: '2026-11-20', to: '2026-11-21' },
      { from: today, to: today },
    ]);
  });

  test('a month comes to what was used and the pace for the days left; on its last day, to what was used', () => {
    assert.equal(projectionOf(100n, { milliCredits: 1_500n, days: 30 }, 8), 112n);
    assert.equal(projectionOf(100n, { milliCredits: 1_500n, days: 30 }, 0), 100n);
    assert.equal(daysIn({ from: addDays('2026-02-28', 0), to: monthOf('2026-02-28').to }) - 1, 0);
  });
});
