import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { datePresets } from './date-presets.ts';

function span(today: string, name: string): string | undefined {
  const preset = datePresets(today).find((candidate) => candidate.name === name);
  return preset && `${preset.from}..${preset.to}`;
}

describe('the spans of the date filter', () => {
  it('count today as one of the days', () => {
    assert.equal(span('2026-11-22', 'today'), '2026-11-22..2026-11-22');
    assert.equal(span('2026-11-22', 'last7Days'), '2026-11-16..2026-11-22');
    assert.equal(span('2026-03-01', 'last30Days'), '2026-01-31..2026-03-01');
  });

  it('cross the turn of the year and end in a leap February', () => {
    assert.equal(span('2027-01-15', 'lastMonth'), '2026-12-01..2026-12-31');
    assert.equal(span('2028-03-31', 'lastMonth'), '2028-02-01..2028-02-29');
  });

  it('begin quarters in January, April, July and October', () => {
    const starts = ['01', '02', '03', '04', '06', '07', '09', '10', '12'].map((month) =>
      span(`2026-${month}-20`, 'thisQuarter')?.slice(5, 7),
    );
    assert.deepEqual(starts, ['01', '01', '01', '04', '04', '07', '07', '10', '10']);
  });
});
