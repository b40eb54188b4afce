import type { Invariant } from './invariant.ts';

/** What an entry adds to a ledger account of its tenant. */
const change = (account: string) =>
  `case '${account}' when credit_account then units when debit_account then -units else 0 end`;

/** The ledger, the balances it is summed up in, and the lots it is divided into. */
export const ledgerInvariants: readonly Invariant[] = [
  {
    name: 'a balance is the sum of its postings',
    tables: ['credit_balances', 'ledger_entries'],
    offenders: `
      select 'account ' || coalesce(balance.account_id, ledger.account_id),
        format('its balance says %s available and %s held, its postings %s and %s', balance.available, balance.held,
          coalesce(ledger.available, 0), coalesce(ledger.held, 0))
      from purser.credit_balances balance
      full join (
        select account_id, sum(${change('available')}) as available, sum(${change('held')}) as held
        from purser.ledger_entries group by account_id
      ) ledger on ledger.account_id = balance.account_id
      where (balance.available, balance.held) is distinct from (coalesce(ledger.available, 0), coalesce(ledger.held, 0))`,
  },
  {
    name: 'nothing is below zero',
    tables: ['credit_balances', 'ledger_entries', 'credit_lots'],
    offenders: `
      select 'account ' || account_id, format('%s available, %s held', available, held)
      from purser.credit_balances where available < 0 or held < 0
      union all
      select 'entry ' || id, format('%s available, %s held after it', available_after, held_after)
      from purser.ledger_entries where available_after < 0 or held_after < 0 or units < 0
      union all
      select 'lot ' || id, format('%s remaining, %s held of %s', remaining, held, units)
      from purser.credit_lots where remaining < 0 or held < 0 or remaining + held > units`,
  },
  {
    // In the order of the instants, which the index has, so that ten million entries need no sorting.
    name: 'an entry follows the one before it',
    tables: ['ledger_entries'],
    offenders: `
      select 'entry ' || id, case
        when sequence <> sequence_before + 1
          then format('it is number %s of account %s and follows number %s', sequence, account_id, sequence_before)
        else format('%s available and %s held after it do not follow from %s and %s', available_after, held_after,
          available_before, held_before) end
      from (
        select id, account_id, sequence, available_after, held_after,
          lag(sequence, 1, 0::bigint) over line as sequence_before,
          lag(available_after, 1, 0::bigint) over line as available_before,
          lag(held_after, 1, 0::bigint) over line as held_before,
          ${change('available')} as available_change, ${change('held')} as held_change
        from purser.ledger_entries window line as (partition by account_id order by occurred_at, sequence)
      ) entry
      where sequence <> sequence_before + 1 or available_after <> available_before + available_change
        or held_after <> held_before + held_change`,
  },
  {
    name: 'a balance stands at its last entry',
    tables: ['credit_balances', 'ledger_entries'],
    offenders: `
      select 'account ' || balance.account_id, format('its balance stands at entry %s of %s, the ledger at %s of %s',
        balance.entries, balance.last_entry_at, coalesce(ledger.entries, 0), ledger.last_entry_at)
      from purser.credit_balances balance
      left join (
        select account_id, count(*) as entries, max(occurred_at) as last_entry_at
        from purser.ledger_entries group by account_id
      ) ledger on ledger.account_id = balance.account_id
      where (balance.entries, balance.last_entry_at) is distinct from (coalesce(ledger.entries, 0), ledger.last_entry_at)`,
  },
  {
    // Of its own account: no foreign key says so.
    name: 'an entry moves its units in lots',
    tables: ['ledger_entries', 'ledger_entry_lots'],
    offenders: `
      select 'entry ' || coalesce(entry.id, moved.entry_id), case
        when entry.id is null then format('it moves lots of account %s and does not exist there', moved.account_id)
        else format('it moves %s credits, and %s in its lots', entry.units, coalesce(moved.units, 0)) end
      from purser.ledger_entries entry
      full join (
        select entry_id, account_id, sum(units) as units from purser.ledger_entry_lots group by entry_id, account_id
      ) moved on moved.entry_id = entry.id and moved.account_id = entry.account_id
      where coalesce(moved.units, 0) is distinct from
        case entry.credit_account when 'available' then entry.units else -entry.units end`,
  },
  {
    // A hold reserves in the lot what it takes from what remains, and so does a dispute; a capture takes what is reserved.
    name: 'a lot is the sum of what moved in it',
    tables: ['credit_lots', 'ledger_entry_lots', 'hold_lots', 'dispute_lots'],
    offenders: `
      select 'lot ' || coalesce(lot.id, moved.lot_id), case
        when lot.id is null then format('entries of account %s move it, and it does not exist there', moved.account_id)
        else format('%s remaining and %s held; its entries say %s and %s, its open holds and disputes %s', lot.remaining, lot.held,
          coalesce(moved.remaining, 0), coalesce(moved.held, 0), coalesce(reserved.units, 0)) end
      from purser.credit_lots lot
      full join (
        select part.lot_id, part.account_id, sum(case entry.kind when 'capture' then 0 else part.units end) as remaining,
          sum(case when entry.kind in ('hold', 'release', 'freeze', 'unfreeze') then -part.units
            when entry.kind = 'capture' then part.units else 0 end) as held
        from purser.ledger_entry_lots part join purser.ledger_entries entry on entry.id = part.entry_id
        group by part.lot_id, part.account_id
      ) moved on moved.lot_id = lot.id and moved.account_id = lot.account_id
      left join (
        select lot_id, sum(units) as units
        from (
          select part.lot_id, part.units
          from purser.hold_lots part join purser.holds hold on hold.id = part.hold_id and hold.status = 'open'
          union all
          select part.lot_id, part.units
          from purser.dispute_lots part join purser.disputes dispute on dispute.id = part.dispute_id
          where dispute.closed_at is null
        ) part
        group by lot_id
      ) reserved on reserved.lot_id = lot.id
      where (lot.remaining, lot.held, lot.held) is distinct from
        (coalesce(moved.remaining, 0), coalesce(moved.held, 0), coalesce(reserved.units, 0))`,
  },
];
