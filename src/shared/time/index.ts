export {
  addDays,
  type CalendarDate,
  calendarDateIn,
  daysBetween,
  formatCalendarDate,
  formatInstant,
  isTimeZone,
} from './calendar.ts';
