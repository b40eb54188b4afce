export { type UsageAnalytics, usageAnalytics } from './usage-analytics.ts';
export { type DayRange, daysIn, type UsageFilter, worthMinor } from './usage.ts';
export { assertFilterKnown, membersInUse, sitesInUse, usageLines } from './usage-queries.ts';
