-- What metering adds to the credits: the order of an account's entries, why credits were spent, and lots in the order
-- they are spent in.

-- The rows that are there belong to every account.
set local purser.scope = 'system';

-- Every entry of an account has the next number, and no earlier instant than the one before it, so that the statement
-- is one chain of balances however many processes write. Both are kept in the row that is locked.
alter table purser.credit_balances
  add column entries bigint not null default 0 check (entries >= 0),
  add column last_entry_at timestamptz;

alter table purser.ledger_entries
  add column sequence bigint,
  add column operation_id uuid,
  add column variant text,
  add column quantity bigint check (quantity between 1 and 1000000000),
  add column cost_id uuid,
  add column hold_id uuid,
  add column site_id uuid,
  add column user_id uuid,
  add column reference text,
  add column metadata jsonb,
  add column request_id text;

alter table purser.ledger_entries disable trigger refuse_change;
update purser.ledger_entries entry set sequence = numbered.sequence
from (
  select id, row_number() over (partition by account_id order by occurred_at, id) as sequence from purser.ledger_entries
) numbered where numbered.id = entry.id;
alter table purser.ledger_entries enable trigger refuse_change;

update purser.credit_balances balance set entries = written.entries, last_entry_at = written.last_entry_at
from (
  select account_id, count(*) as entries, max(occurred_at) as last_entry_at from purser.ledger_entries group by account_id
) written where written.account_id = balance.account_id;

alter table purser.ledger_entries
  alter column sequence set not null,
  drop constraint ledger_entries_units_check,
  -- What costs nothing is written down all the same: it is counted, and its key is taken.
  add check (units > 0 or (units = 0 and kind in ('consumption', 'hold', 'capture'))),
  add constraint ledger_entries_movement check ((kind, debit_account, credit_account) in (
    ('grant', 'counter', 'available'),
    ('consumption', 'available', 'counter'),
    ('hold', 'available', 'held'),
    ('capture', 'held', 'counter'),
    ('release', 'held', 'available'),
    ('expiry', 'available', 'counter'),
    ('adjustment', 'counter', 'available'),
    ('adjustment', 'available', 'counter')
  )),
  add constraint ledger_entries_metered check (
    (kind in ('consumption', 'hold', 'capture'))
      = (operation_id is not null and variant is not null and quantity is not null and cost_id is not null)
  );

-- The statement, newest first, and any span of time in it.
drop index purser.ledger_entries_account;
create unique index ledger_entries_statement on purser.ledger_entries (account_id, occurred_at, sequence);

-- Referential checks would lock and look up four rows for every entry, the account's own among them, which a hot
-- account's writers then queue for. What an entry names is looked up by the transaction that writes it under the lock
-- of the balance row, and is never deleted.
alter table purser.ledger_entries drop constraint ledger_entries_account_id_fkey;
alter table purser.ledger_entry_lots
  drop constraint ledger_entry_lots_entry_id_fkey,
  drop constraint ledger_entry_lots_lot_id_fkey,
  drop constraint ledger_entry_lots_account_id_fkey;

-- `remaining` can be spent, `held` is reserved by holds; both together have not left the lot. Whether a lot is open is
-- a column of its own, because an index over `remaining` would have to follow every unit that is spent.
alter table purser.credit_lots
  add column held bigint not null default 0 check (held >= 0),
  add column is_open boolean not null generated always as (remaining > 0) stored,
  add check (remaining + held <= units),
  add unique (account_id, id);

drop index purser.credit_lots_account;
-- The public order of spending: soonest expiry, free before paid, oldest.
create index credit_lots_spend_order on purser.credit_lots (account_id, expires_at, (kind = 'purchased'), granted_at, id)
  where is_open;
create index credit_lots_expiring on purser.credit_lots (expires_at) where is_open and expires_at is not null;
create index credit_lots_held on purser.credit_lots (account_id) where held > 0;
