import { addDays, type CalendarDate, daysBetween } from '#shared/time/index.ts';
import { allocate } from '#shared/money/index.ts';

/** Days of the account's calendar; both ends belong to it. */
export type DayRange = { readonly from: CalendarDate; readonly to: CalendarDate };

/** Whose use is looked at: all of an account, or that of one site, of one member, or of both. */
export type UsageFilter = {
  readonly accountId: string;
  readonly siteId?: string | undefined;
  readonly userId?: string | undefined;
};

/** What was used: credits spent, and how many uses they were. */
export type Used = { readonly credits: bigint; readonly events: bigint };

/** What was used on one day. */
export type DayOfUse = Used & { readonly day: CalendarDate };

/** An operation by its names. */
export type OperationName = { readonly code: string; readonly name: string; readonly unit: string };

/** What one operation was used for, in one variant ('' is none in particular), with its units. */
export type OperationUse = Used & {
  readonly operation: OperationName;
  readonly variant: string;
  readonly quantity: bigint;
};

/** What is used on an ordinary day, in thousandths of a credit, and over how many days that was measured. */
export type Pace = { readonly milliCredits: bigint; readonly days: number };

const paceDaysMax = 30;

/** How many days a range has. */
export function daysIn(range: DayRange): number {
  return daysBetween(range.from, range.to) + 1;
}

/** The range of as many days that ends on the day before. */
export function rangeBefore(range: DayRange): DayRange {
  return { from: addDays(range.from, -daysIn(range)), to: addDays(range.from, -1) };
}

/** Every day of a range with what was used on it, days without use included. */
export function everyDay(range: DayRange, used: ReadonlyMap<CalendarDate, Used>): DayOfUse[] {
  return Array.from({ length: daysIn(range) }, (_, index) => {
    const day = addDays(range.from, index);
    return { day, ...(used.get(day) ?? { credits: 0n, events: 0n }) };
  });
}

/** The sum of several uses. */
export function totalOf(uses: Iterable<Used>): Used {
  let credits = 0n;
  let events = 0n;
  for (const use of uses) {
    credits += use.credits;
    events += use.events;
  }
  return { credits, events };
}

/**
 * What part of the credits each share is, in basis points by largest remainder, so that they add up to exactly 10000;
 * all 0 when no credits were spent.
 */
export function sharesOf(credits: readonly bigint[]): bigint[] {
  return credits.some((part) => part > 0n) ? allocate(10_000n, credits) : credits.map(() => 0n);
}

/** How much more (or less) was used than before, in basis points rounded half away from zero; null after nothing. */
export function changeOf(credits: bigint, before: bigint): bigint | null {
  if (before === 0n) return null;
  const change = (credits - before) * 10_000n;
  return change < 0n ? -roundedQuotient(-change, before) : roundedQuotient(change, before);
}

/** The daily average of a total over some days, in thousandths of a credit, rounded half up. */
export function averageOf(credits: bigint, days: number): Pace {
  return { milliCredits: roundedQuotient(credits * 1_000n, BigInt(days)), days };
}

/** The days before `today` that the pace is measured over. */
export function paceRange(today: CalendarDate): DayRange {
  return { from: addDays(today, -paceDaysMax), to: addDays(today, -1) };
}

/**
 * What an ordinary day uses: the average of the last 30 full days, or of those since the first day of use when that is
 * younger. As long as no day is full, what today has used so far.
 */
export function paceOf(
  today: CalendarDate,
  firstDay: CalendarDate | null,
  creditsOf: (range: DayRange) => bigint,
): Pace {
  const { from, to } = paceRange(today);
  if (firstDay === null) return { milliCredits: 0n, days: 0 };
  if (firstDay >= today) return averageOf(creditsOf({ from: today, to: today }), 1);
  const range = { from: firstDay > from ? firstDay : from, to };
  return averageOf(creditsOf(range), daysIn(range));
}

/** The month of a day, from its first to its last. */
export function monthOf(day: CalendarDate): DayRange {
  const from = `${day.slice(0, 7)}-01`;
  const inNextMonth = addDays(from, 31);
  return { from, to: addDays(`${inNextMonth.slice(0, 7)}-01`, -1) };
}

/** The credits a month comes to: what was used so far, and the pace for each day left, rounded half up once. */
export function projectionOf(usedSoFar: bigint, pace: Pace, daysLeft: number): bigint {
  return usedSoFar + roundedQuotient(pace.milliCredits * BigInt(daysLeft), 1_000n);
}

/** What credits are worth at an average price of `priceMinor` for `priceCredits`, in minor units, rounded half up. */
export function worthMinor(credits: bigint, average: { priceMinor: bigint; priceCredits: bigint }): bigint {
  return roundedQuotient(credits * average.priceMinor, average.priceCredits);
}

/** A quotient of two whole numbers that are not negative, rounded half up. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}
