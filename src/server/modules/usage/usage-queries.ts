import { sql } from 'kysely';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { DayOfUse, DayRange, OperationUse, Used, UsageFilter } from './usage.ts';

const credits = sql<bigint>`sum(credits)::bigint`.as('credits');
const quantity = sql<bigint>`sum(quantity)::bigint`.as('quantity');
const events = sql<bigint>`sum(events)::bigint`.as('events');

function usageQuery(db: Db, filter: UsageFilter, range: DayRange) {
  let query = db
    .selectFrom('usage_daily')
    .where('usage_daily.account_id', '=', filter.accountId)
    .where('day', '>=', range.from)
    .where('day', '<=', range.to);
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId);
  if (filter.userId !== undefined) query = query.where('user_id', '=', filter.userId);
  return query;
}

/** What was used on each day of a range; days without use are left out. */
export async function usageByDay(db: Db, filter: UsageFilter, range: DayRange): Promise<Map<CalendarDate, Used>> {
  const rows = await usageQuery(db, filter, range).select(['day', credits, events]).groupBy('day').execute();
  return new Map(rows.map(({ day, ...used }) => [day, used]));
}

/** What a range was used for, by operation and variant, the most credits first. */
export async function usageByOperation(db: Db, filter: UsageFilter, range: DayRange): Promise<OperationUse[]> {
  const rows = await usageQuery(db, filter, range)
    .innerJoin('operations', 'operations.id', 'operation_id')
    .select(['code', 'name', 'unit', 'variant', credits, quantity, events])
    .groupBy(['code', 'name', 'unit', 'variant'])
    .orderBy(sql`sum(credits)`, 'desc')
    .orderBy(sql`sum(events)`, 'desc')
    .orderBy('code')
    .orderBy('variant')
    .execute();
  return rows.map(({ code, name, unit, ...use }) => ({ operation: { code, name, unit }, ...use }));
}

/** What a range was used for, by day, operation and variant, in their order, at most `limit` rows. */
export async function usageLines(
  db: Db,
  filter: UsageFilter,
  range: DayRange,
  limit: number,
): Promise<(OperationUse & DayOfUse)[]> {
  const rows = await usageQuery(db, filter, range)
    .innerJoin('operations', 'operations.id', 'operation_id')
    .select(['day', 'code', 'name', 'unit', 'variant', credits, quantity, events])
    .groupBy(['day', 'code', 'name', 'unit', 'variant'])
    .orderBy('day')
    .orderBy('code')
    .orderBy('variant')
    .limit(limit)
    .execute();
  return rows.map(({ code, name, unit, ...use }) => ({ operation: { code, name, unit }, ...use }));
}

/** The first day anything was used; null when nothing ever was. */
export async function firstDayOfUse(db: Db, filter: UsageFilter): Promise<CalendarDate | null> {
  const row = await usageQuery(db, filter, { from: '-infinity', to: 'infinity' })
    .select('day')
    .orderBy('day')
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** A site by its name. */
export type NamedSite = { readonly id: string; readonly name: string };

/** The sites something was used for in a range, by name. */
export async function sitesInUse(db: Db, accountId: string, range: DayRange): Promise<NamedSite[]> {
  return await usageQuery(db, { accountId }, range)
    .innerJoin('sites', 'sites.id', 'site_id')
    .select(['sites.id', 'sites.name'])
    .distinct()
    .orderBy('sites.name')
    .orderBy('sites.id')
    .execute();
}

/** The ids of the users something was used for in a range. */
export async function membersInUse(db: Db, accountId: string, range: DayRange): Promise<string[]> {
  const rows = await usageQuery(db, { accountId }, range)
    .select('user_id')
    .distinct()
    .where('user_id', 'is not', null)
    .execute();
  return rows.flatMap((row) => row.user_id ?? []);
}

/** Checks that a filter names the account's own. A member who has left still has use. @throws NotFound */
export async function assertFilterKnown(db: Db, { accountId, siteId, userId }: UsageFilter): Promise<void> {
  if (siteId !== undefined) {
    const sites = db.selectFrom('sites').select('id').where('account_id', '=', accountId).where('id', '=', siteId);
    if ((await sites.executeTakeFirst()) === undefined) throw new NotFound('site');
  }
  if (userId !== undefined) {
    const known = await db
      .selectFrom('memberships')
      .select('user_id')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .unionAll(
        db
          .selectFrom('usage_daily')
          .select(sql<string>`user_id`.as('user_id'))
          .where('account_id', '=', accountId)
          .where('user_id', '=', userId),
      )
      .limit(1)
      .executeTakeFirst();
    if (known === undefined) throw new NotFound('member');
  }
}
