import type { CalendarDate } from '#shared/time/index.ts';

/** A calendar date from an address, or null when it is none. */
export function calendarDateOf(value: unknown): CalendarDate | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const instant = new Date(`${value}T00:00:00Z`);
  // 2026-02-30 reads as a day in March, and is no date.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value) ? value : null;
}

/** A public id with this prefix from an address, or null when it is none. */
export function publicIdOf(prefix: string, value: unknown): string | null {
  return typeof value === 'string' && new RegExp(`^${prefix}_\\w{26}$`).test(value) ? value : null;
}
