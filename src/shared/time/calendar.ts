/** A calendar date without a time or zone, `YYYY-MM-DD` (ISO 8601). */
export type CalendarDate = string;

/** The calendar date that clocks in `timeZone` (IANA name) show at an instant. */
export function calendarDateIn(instant: Date, timeZone: string): CalendarDate {
  // The Swedish locale writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** The date `days` after (or before, when negative) a calendar date. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}

/** How many days after `from` the date `to` is; negative when it is before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A calendar date in the words of a locale: `22 November 2026`. */
export function formatCalendarDate(date: CalendarDate, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** An instant in the words of a locale and the clock of a time zone. */
export function formatInstant(instant: Date, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(instant);
}

/**
 * Whether a word is an IANA time zone, of the form `Area/Place` or UTC, that this runtime knows. PostgreSQL understands
 * offsets and abbreviations differently (`+05:30` with the sign of POSIX, `IST` as Israel and not as India, `CET` without
 * summer time), so that the two would part days at different hours.
 */
export function isTimeZone(word: string): boolean {
  if (!/^(?:UTC|GMT|(?!SystemV)[A-Z]\w+\/.+)$/i.test(word)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: word });
    return true;
  } catch {
    return false;
  }
}
