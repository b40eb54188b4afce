import { usageRange } from '#shared/contract/metering.ts';
import type { HandlerInput, HandlerOutput } from '#shared/contract/endpoint.ts';
import type { Contract } from '#shared/contract/contract.ts';
import { addDays, type CalendarDate, calendarDateIn } from '#shared/time/index.ts';
import type { App } from '#server/flows/app.ts';
import { type Account, accountById } from '#server/modules/accounts/index.ts';
import { type AverageCreditPrice, averageCreditPrice } from '#server/modules/invoices/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import {
  assertFilterKnown,
  type DayRange,
  daysIn,
  membersInUse,
  sitesInUse,
  type UsageAnalytics,
  usageAnalytics,
  type UsageFilter,
  usageLines,
  worthMinor,
} from '#server/modules/usage/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { presentVariant } from '../credits/present-credits.ts';
import { sendCsv, wantsCsv } from '../csv.ts';
import { ValidationFailed } from '../problem.ts';
import { route } from '../route.ts';

export const getUsageAnalyticsRoute = route('getUsageAnalytics', async (app, { actor, query, request, reply }) => {
  const filter = { accountId: accountIdOf(actor), siteId: query.site_id, userId: query.user_id };
  if (wantsCsv(request, query.format)) {
    const { range, lines } = await readLines(app, filter, query);
    return await sendCsv(reply, `usage-${range.from}-to-${range.to}.csv`, csvHeading, lines);
  }
  const seen = await inRead(app, { account: filter.accountId }, async (db) => {
    const account = await accountById(db, filter.accountId);
    const today = calendarDateIn(app.clock.now(), account.timeZone);
    const range = rangeOf(query, today);
    return {
      account,
      today,
      range,
      analytics: await usageAnalytics(db, filter, range, today),
      price: await averageCreditPrice(db, account.id, account.currency),
      sites: await sitesInUse(db, account.id, range),
      memberIds: await membersInUse(db, account.id, range),
    };
  });
  const users = await app.identity.usersById(seen.memberIds);
  const members = [...users.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  return {
    ...seen.range,
    time_zone: seen.account.timeZone,
    ...presentAnalytics(seen.analytics),
    cards: presentCards(seen.analytics, seen.account, seen.today, seen.price),
    sites: seen.sites,
    members: members.map(({ id, name }) => ({ id, name })),
  };
});

type Query = HandlerInput<Contract['getUsageAnalytics']>['query'];
type Answer = HandlerOutput<Contract['getUsageAnalytics']>;

const defaultDays = 30;

/** The days a request asks for. @throws ValidationFailed when they are none, too many, or too long ago */
function rangeOf(query: Query, today: CalendarDate): DayRange {
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  if (to < usageRange.earliest) throw invalid('to', `must not be before ${usageRange.earliest}`);
  const from = query.from ?? laterOf(addDays(to, 1 - defaultDays), usageRange.earliest);
  if (from < usageRange.earliest) throw invalid('from', `must not be before ${usageRange.earliest}`);
  if (from > to) throw invalid('from', 'must not be after the last day');
  if (daysIn({ from, to }) > usageRange.daysMax) {
    throw invalid('from', `must be at most ${String(usageRange.daysMax)} days before the last day`);
  }
  return { from, to };
}

function laterOf(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}

function invalid(parameter: 'from' | 'to', message: string): ValidationFailed {
  return new ValidationFailed([{ pointer: `/query/${parameter}`, message }]);
}

function presentAnalytics(
  analytics: UsageAnalytics,
): Pick<Answer, 'totals' | 'previous' | 'by_day' | 'by_operation' | 'top_operations'> {
  const { changeBasisPoints, ...previous } = analytics.previous;
  return {
    totals: analytics.totals,
    previous: { ...previous, change_basis_points: changeBasisPoints === null ? null : Number(changeBasisPoints) },
    by_day: [...analytics.byDay],
    by_operation: analytics.byOperation.map(({ shareBasisPoints, ...use }) => ({
      ...use,
      share_basis_points: Number(shareBasisPoints),
    })),
    top_operations: analytics.topOperations.map((use) => ({ ...use, variant: presentVariant(use.variant) })),
  };
}

function presentCards(
  { averageDaily, mostUsed, month, projected }: UsageAnalytics,
  { currency }: Account,
  today: CalendarDate,
  price: AverageCreditPrice | null,
): Answer['cards'] {
  return {
    used_this_month: { from: month.from, to: today, credits: month.credits },
    average_daily: { milli_credits: averageDaily.milliCredits, days: averageDaily.days },
    most_used_operation: mostUsed === null ? null : { operation: mostUsed.operation, events: mostUsed.events },
    projected_month: {
      credits: projected.credits,
      days_left: projected.daysLeft,
      pace: { milli_credits: projected.pace.milliCredits, days: projected.pace.days },
      amount: price === null ? null : { amount: worthMinor(projected.credits, price), currency },
    },
  };
}

const csvHeading = ['day', 'operation', 'operation_name', 'variant', 'quantity', 'unit', 'events', 'credits'];
const csvLinesMax = 100_000;

async function readLines(app: App, filter: UsageFilter, query: Query) {
  return await inRead(app, { account: filter.accountId }, async (db) => {
    const { timeZone } = await accountById(db, filter.accountId);
    const range = rangeOf(query, calendarDateIn(app.clock.now(), timeZone));
    await assertFilterKnown(db, filter);
    const lines = await usageLines(db, filter, range, csvLinesMax + 1);
    if (lines.length > csvLinesMax) throw invalid('from', `leads to more than ${String(csvLinesMax)} lines`);
    return {
      range,
      lines: lines.map(({ day, operation, variant, quantity, events, credits }) => {
        return [day, operation.code, operation.name, variant, quantity, operation.unit, events, credits];
      }),
    };
  });
}
