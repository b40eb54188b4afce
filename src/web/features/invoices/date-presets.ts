import { addDays, type CalendarDate } from '#shared/time/index.ts';

/** A span of calendar dates that is picked by name; both ends belong to it. */
export type DatePreset = {
  readonly name:
    | 'today'
    | 'last7Days'
    | 'last30Days'
    | 'last90Days'
    | 'thisMonth'
    | 'lastMonth'
    | 'thisQuarter'
    | 'thisYear';
  readonly from: CalendarDate;
  readonly to: CalendarDate;
};

/** The spans offered beside the calendar, seen from `today` in the account's time zone. */
export function datePresets(today: CalendarDate): DatePreset[] {
  const year = today.slice(0, 4);
  const month = Number(today.slice(5, 7));
  const monthStart = `${today.slice(0, 7)}-01`;
  const lastMonthEnd = addDays(monthStart, -1);
  const quarterStart = `${year}-${twoDigits(month - ((month - 1) % 3))}-01`;
  return [
    { name: 'today', from: today, to: today },
    { name: 'last7Days', from: addDays(today, -6), to: today },
    { name: 'last30Days', from: addDays(today, -29), to: today },
    { name: 'last90Days', from: addDays(today, -89), to: today },
    { name: 'thisMonth', from: monthStart, to: today },
    { name: 'lastMonth', from: `${lastMonthEnd.slice(0, 7)}-01`, to: lastMonthEnd },
    { name: 'thisQuarter', from: quarterStart, to: today },
    { name: 'thisYear', from: `${year}-01-01`, to: today },
  ];
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
