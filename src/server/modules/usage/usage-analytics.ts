import type { CalendarDate } from '#shared/time/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import {
  averageOf,
  changeOf,
  type DayOfUse,
  type DayRange,
  daysIn,
  everyDay,
  monthOf,
  type OperationName,
  type OperationUse,
  type Pace,
  paceOf,
  paceRange,
  projectionOf,
  rangeBefore,
  sharesOf,
  totalOf,
  type Used,
  type UsageFilter,
} from './usage.ts';
import { assertFilterKnown, firstDayOfUse, usageByDay, usageByOperation } from './usage-queries.ts';

/** What an operation was used for in all its variants, and its share of the credits in basis points. */
export type OperationShare = Omit<OperationUse, 'variant'> & { readonly shareBasisPoints: bigint };

/** What an account has used in a range, and this month. */
export type UsageAnalytics = {
  readonly totals: Used;
  readonly previous: Used & DayRange & { readonly changeBasisPoints: bigint | null };
  readonly byDay: readonly DayOfUse[];
  readonly byOperation: readonly OperationShare[];
  readonly topOperations: readonly OperationUse[];
  readonly averageDaily: Pace;
  readonly mostUsed: { readonly operation: OperationName; readonly events: bigint } | null;
  readonly month: DayRange & { readonly credits: bigint };
  readonly projected: { readonly credits: bigint; readonly daysLeft: number; readonly pace: Pace };
};

const topOperationsMax = 10;

/**
 * What was used in a range of days of the account's calendar, seen on the day `today` of it. Reads the daily sums alone,
 * so that it costs the same whatever number of uses they hold. @throws NotFound for a site or member of another account
 */
export async function usageAnalytics(
  db: Db,
  filter: UsageFilter,
  range: DayRange,
  today: CalendarDate,
): Promise<UsageAnalytics> {
  await assertFilterKnown(db, filter);
  const before = rangeBefore(range);
  const month = monthOf(today);
  const lately = spanOf(month, paceRange(today));
  const days = await usageByDay(db, filter, spanOf(spanOf(before, range), lately));
  const uses = await usageByOperation(db, filter, range);
  const firstDay = await firstDayOfUse(db, filter);

  const usedIn = (part: DayRange) => totalOf(usesIn(days, part));
  const totals = usedIn(range);
  const used = usedIn(before);
  const monthSoFar = usedIn(month).credits;
  const pace = paceOf(today, firstDay, (part) => usedIn(part).credits);
  const daysLeft = daysIn({ from: today, to: month.to }) - 1;
  const byOperation = sharedOut(uses);
  return {
    totals,
    previous: { ...before, ...used, changeBasisPoints: changeOf(totals.credits, used.credits) },
    byDay: everyDay(range, days),
    byOperation,
    topOperations: uses.slice(0, topOperationsMax),
    averageDaily: averageOf(totals.credits, daysIn(livedThrough(range, today))),
    mostUsed: byOperation.reduce<OperationShare | null>(
      (most, use) => (most === null || use.events > most.events ? use : most),
      null,
    ),
    month: { ...month, credits: monthSoFar },
    projected: { credits: projectionOf(monthSoFar, pace, daysLeft), daysLeft, pace },
  };
}

function* usesIn(days: ReadonlyMap<CalendarDate, Used>, range: DayRange): Iterable<Used> {
  for (const [day, used] of days) if (day >= range.from && day <= range.to) yield used;
}

/** The days of a range up to today, for which an average can be told; of a range to come, its first day. */
function livedThrough(range: DayRange, today: CalendarDate): DayRange {
  if (range.to <= today) return range;
  return { from: range.from, to: today < range.from ? range.from : today };
}

/** The shortest range that holds two others. */
function spanOf(one: DayRange, other: DayRange): DayRange {
  return { from: one.from < other.from ? one.from : other.from, to: one.to > other.to ? one.to : other.to };
}

/** Operations in all their variants with their shares, the most credits first, then the most uses. */
function sharedOut(uses: readonly OperationUse[]): OperationShare[] {
  const byCode = new Map<string, Omit<OperationShare, 'shareBasisPoints'>>();
  for (const { operation, ...use } of uses) {
    const known = byCode.get(operation.code);
    byCode.set(operation.code, {
      operation,
      ...totalOf(known === undefined ? [use] : [known, use]),
      quantity: (known?.quantity ?? 0n) + use.quantity,
    });
  }
  const sorted = [...byCode.values()].toSorted(
    (a, b) => descending(a.credits, b.credits) || descending(a.events, b.events),
  );
  const shares = sharesOf(sorted.map((use) => use.credits));
  return sorted.map((use, index) => ({ ...use, shareBasisPoints: shares[index] ?? 0n }));
}

function descending(a: bigint, b: bigint): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
