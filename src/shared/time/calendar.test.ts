import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays, calendarDateIn, formatCalendarDate, formatInstant, isTimeZone } from './index.ts';

describe('calendar dates', () => {
  test('are those of the zone that is asked, across its midnight and its summer time', () => {
    const cases = [
      ['2027-03-31T22:59:59Z', 'Europe/Dublin', '2027-03-31'],
      ['2027-03-31T23:00:00Z', 'Europe/Dublin', '2027-04-01'],
      ['2027-12-31T23:59:59Z', 'Europe/Dublin', '2027-12-31'],
      ['2028-01-01T00:00:00Z', 'Europe/Dublin', '2028-01-01'],
      ['2027-01-01T07:59:59Z', 'America/Los_Angeles', '2026-12-31'],
      ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
      ['2024-02-29T12:00:00Z', 'UTC', '2024-02-29'],
    ] as const;
    for (const [instant, zone, date] of cases)
      assert.equal(calendarDateIn(new Date(instant), zone), date, `${instant} ${zone}`);
  });

  test('days are added over months, leap years and changes of the clock, and taken away again', () => {
    assert.equal(addDays('2026-12-28', 7), '2027-01-04');
    assert.equal(addDays('2024-02-28', 1), '2024-02-29');
    assert.equal(addDays('2027-03-27', 2), '2027-03-29');
    const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: -4_000, max: 4_000 }), (instant, days) => {
        const date = instant.toISOString().slice(0, 10);
        const later = addDays(date, days);
        assert.equal(addDays(later, -days), date);
        assert.equal(Math.sign(Date.parse(later) - Date.parse(date)), Math.sign(days));
      }),
    );
  });

  test('are read in the words of a locale, the same whatever zone the reader is in', () => {
    assert.equal(formatCalendarDate('2026-11-22', 'en-GB'), '22 November 2026');
    assert.equal(formatCalendarDate('2026-01-01', 'de'), '1. Januar 2026');
    assert.match(formatInstant(new Date('2026-11-22T23:30:00Z'), 'en', 'Europe/Dublin'), /Nov 22, 2026.*11:30/);
    assert.match(formatInstant(new Date('2026-11-22T23:30:00Z'), 'en', 'Asia/Karachi'), /Nov 23, 2026.*4:30/);
  });

  test('a time zone is a name the runtime knows', () => {
    for (const zone of ['UTC', 'Europe/Dublin', 'Asia/Karachi', 'America/Argentina/Ushuaia', 'Etc/GMT+5'])
      assert.ok(isTimeZone(zone), zone);
    const refused = ['', 'Europe/Atlantis', 'local', '\u0000', 'Europe/Dublin\u0000'];
    // Zones to JavaScript, and to PostgreSQL others or none.
    for (const word of [...refused, '+05:30', '-08', '+0530', 'IST', 'PST', 'CET', 'SystemV/AST4'])
      assert.ok(!isTimeZone(word), word);
  });
});
