import type { Invariant } from './invariant.ts';

/** Where what a repeatable request made is kept. */
const results = [
  'accounts',
  'api_keys',
  'payments',
  'refunds',
  'holds',
  'operations',
  'operation_costs',
  'ledger_entries',
];

/** What keeps the rest true: the requests that may be repeated, and the database's own guards. */
export const systemInvariants: readonly Invariant[] = [
  {
    name: 'a repeatable request has its result',
    tables: ['idempotency_keys'],
    offenders: `
      select format('key “%s” of %s', key, owner), format('%s made %s, which does not exist', operation, result_id)
      from purser.idempotency_keys request
      where ${results.map((table) => `not exists (select from purser.${table} where id = request.result_id)`).join(' and ')}
        and not exists (
          select from purser.ledger_entries entry
          where entry.account_id = request.account_id and entry.reason_key = 'adjustment:' || request.result_id
        )`,
  },
  {
    name: 'the guards of the tables are in force',
    tables: [],
    offenders: `
      select 'table ' || guard.tgrelid::regclass, format('its guard %s is switched off', guard.tgname)
      from pg_catalog.pg_trigger guard join pg_catalog.pg_class relation on relation.oid = guard.tgrelid
      where relation.relnamespace = 'purser'::regnamespace and not guard.tgisinternal and guard.tgenabled <> 'O'
      union all
      select distinct 'table ' || relation.oid::regclass, 'its row security is switched off'
      from pg_catalog.pg_policy policy join pg_catalog.pg_class relation on relation.oid = policy.polrelid
      where relation.relnamespace = 'purser'::regnamespace
        and not (relation.relrowsecurity and relation.relforcerowsecurity)`,
  },
];
