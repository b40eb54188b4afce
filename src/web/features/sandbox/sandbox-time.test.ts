import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { oneMonthAfter } from './sandbox-time.ts';

function monthAfter(instant: string): string {
  return oneMonthAfter(new Date(instant)).toISOString();
}

describe('a month later', () => {
  it('is the same day and time of the next month', () => {
    assert.equal(monthAfter('2026-11-22T18:30:00.000Z'), '2026-12-22T18:30:00.000Z');
    assert.equal(monthAfter('2026-12-31T23:59:59.000Z'), '2027-01-31T23:59:59.000Z');
  });

  it('is the last day where the next month is shorter', () => {
    assert.equal(monthAfter('2027-01-31T08:00:00.000Z'), '2027-02-28T08:00:00.000Z');
    assert.equal(monthAfter('2028-01-30T08:00:00.000Z'), '2028-02-29T08:00:00.000Z');
  });
});
