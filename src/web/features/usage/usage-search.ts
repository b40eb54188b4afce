import { addDays, type CalendarDate } from '#shared/time/index.ts';
import type { ApiArguments } from '#web/lib/api.ts';
import { calendarDateOf, publicIdOf } from '#web/lib/search-values.ts';

/** The periods offered by name; the second one is shown unless the address says otherwise. */
export const usagePeriods = ['last7Days', 'last30Days', 'last90Days', 'thisMonth', 'lastMonth'] as const;

/** A period that is picked by name. */
export type UsagePeriod = (typeof usagePeriods)[number];

/** What the address of the usage page says: a period by name or by its days, and whose use. */
export type UsageSearch = {
  period?: Exclude<UsagePeriod, 'last30Days'>;
  from?: CalendarDate;
  to?: CalendarDate;
  /** A site of the account (`sit_…`). */
  site?: string;
  /** A member of the account (`usr_…`). */
  member?: string;
};

/** Reads the address of the usage page; what it cannot mean is left out. */
export function usageSearch(search: Record<string, unknown>): UsageSearch {
  const period = usagePeriods.find((known) => known === search['period']);
  const from = calendarDateOf(search['from']);
  const to = calendarDateOf(search['to']);
  const site = publicIdOf('sit', search['site']);
  const member = publicIdOf('usr', search['member']);
  const isRange = from !== null && to !== null && from <= to;
  return {
    ...(isRange ? { from, to } : period === undefined || period === 'last30Days' ? {} : { period }),
    ...(site === null ? {} : { site }),
    ...(member === null ? {} : { member }),
  };
}

/** The first and the last day of a period, seen from `today` in the account's time zone. */
export function daysOf(period: UsagePeriod, today: CalendarDate): { from: CalendarDate; to: CalendarDate } {
  const monthStart = `${today.slice(0, 7)}-01`;
  const lastMonthEnd = addDays(monthStart, -1);
  switch (period) {
    case 'last7Days':
      return { from: addDays(today, -6), to: today };
    case 'last30Days':
      return { from: addDays(today, -29), to: today };
    case 'last90Days':
      return { from: addDays(today, -89), to: today };
    case 'thisMonth':
      return { from: monthStart, to: today };
    case 'lastMonth':
      return { from: `${lastMonthEnd.slice(0, 7)}-01`, to: lastMonthEnd };
    default:
      return period satisfies never;
  }
}

/** The period an address names, or null for days of its own. */
export function periodOf(search: UsageSearch): UsagePeriod | null {
  return search.from === undefined ? (search.period ?? 'last30Days') : null;
}

/** The query of the API for an address, seen from `today` in the account's time zone. */
export function usageQuery(
  search: UsageSearch,
  today: CalendarDate,
): NonNullable<ApiArguments<'getUsageAnalytics'>['query']> & { from: CalendarDate; to: CalendarDate } {
  const days =
    search.from === undefined || search.to === undefined
      ? daysOf(search.period ?? 'last30Days', today)
      : { from: search.from, to: search.to };
  return {
    ...days,
    ...(search.site === undefined ? {} : { site_id: search.site }),
    ...(search.member === undefined ? {} : { user_id: search.member }),
  };
}
