import type { Invariant } from './invariant.ts';

/** Operations and what they cost, holds, and the roll-ups of usage. */
export const meteringInvariants: readonly Invariant[] = [
  {
    // What an entry names is not bound by foreign keys, which would cost the hot path four locks for each entry.
    name: 'a metered entry costs what its cost version says',
    tables: ['ledger_entries', 'operation_costs'],
    offenders: `
      select 'entry ' || entry.id, case
        when cost.id is null then 'its cost version does not exist'
        when cost.operation_id <> entry.operation_id then 'its cost version is that of another operation'
        when cost.variant not in (entry.variant, '') then format('its cost version is that of the variant “%s”', cost.variant)
        when cost.effective_from > entry.occurred_at then 'its cost version came into force only later'
        else format('it spends %s credits for %s units, which cost %s', entry.units, entry.quantity,
          purser.credits_for(entry.quantity, cost.milli_credits_per_unit, cost.minimum_credits, cost.rounding)) end
      from purser.ledger_entries entry left join purser.operation_costs cost on cost.id = entry.cost_id
      where entry.operation_id is not null and (cost.id is null or cost.operation_id <> entry.operation_id
        or cost.variant not in (entry.variant, '') or cost.effective_from > entry.occurred_at
        or entry.units <> purser.credits_for(entry.quantity, cost.milli_credits_per_unit, cost.minimum_credits,
          cost.rounding))`,
  },
  {
    name: 'a hold has the entries of its state',
    tables: ['holds', 'hold_lots', 'ledger_entries'],
    offenders: `
      select 'hold ' || coalesce(hold.id, written.hold_id), case
        when hold.id is null then 'entries belong to it and it does not exist'
        else format('it is %s, %s credits of which %s captured; its lots reserve %s, its entries held %s, captured %s and released %s',
          hold.status, hold.units, coalesce(hold.captured_units, 0), coalesce(reserved.units, 0), coalesce(written.held, 0),
          coalesce(written.captured, 0), coalesce(written.released, 0)) end
      from purser.holds hold
      full join (
        select hold_id, sum(units) filter (where kind = 'hold') as held,
          sum(units) filter (where kind = 'capture') as captured, count(*) filter (where kind = 'capture') as captures,
          sum(units) filter (where kind = 'release') as released
        from purser.ledger_entries where hold_id is not null group by hold_id
      ) written on written.hold_id = hold.id
      left join (
        select hold_id, sum(units) as units from purser.hold_lots group by hold_id
      ) reserved on reserved.hold_id = hold.id
      where hold.id is null
        or (coalesce(reserved.units, 0), coalesce(written.held, 0)) is distinct from (hold.units, hold.units)
        or (coalesce(written.captured, 0), coalesce(written.captures, 0)) is distinct from
          (coalesce(hold.captured_units, 0), case hold.status when 'captured' then 1 else 0 end)
        or coalesce(written.released, 0) is distinct from
          case hold.status when 'open' then 0 else hold.units - coalesce(hold.captured_units, 0) end`,
  },
  {
    name: 'the roll-ups of usage equal the ledger',
    tables: ['usage_daily', 'ledger_entries'],
    offenders: `
      select format('usage of account %s on %s', account_id, day),
        format('operation %s, variant “%s”, site %s, user %s: %s credits, %s units, %s events too many in the roll-up',
          operation_id, variant, coalesce(site_id::text, 'none'), coalesce(user_id::text, 'none'), sum(credits),
          sum(quantity), sum(events))
      from (
        select account_id, day, operation_id, variant, site_id, user_id, credits::numeric, quantity::numeric, events::numeric
        from purser.usage_daily
        union all
        select entry.account_id, (entry.occurred_at at time zone account.time_zone)::date, entry.operation_id,
          entry.variant, entry.site_id, entry.user_id, -sum(entry.units), -sum(entry.quantity), -count(*)
        from purser.ledger_entries entry join purser.accounts account on account.id = entry.account_id
        where entry.kind in ('consumption', 'capture')
        group by 1, 2, 3, 4, 5, 6
      ) both_sides
      group by account_id, day, operation_id, variant, site_id, user_id
      having sum(credits) <> 0 or sum(quantity) <> 0 or sum(events) <> 0`,
  },
];
