export {
  addDays,
  type CalendarDate,
  calendarDateIn,
  formatCalendarDate,
  formatInstant,
  isTimeZone,
} from './calendar.ts';
