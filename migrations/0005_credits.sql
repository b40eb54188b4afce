-- Credits: lots, and an append-only double-entry ledger.
-- Each account of a tenant has three ledger accounts: 'available' and 'held', whose balances are kept in the row that
-- is locked, and 'counter', the other side of everything that enters or leaves. A ledger entry moves units from one
-- ledger account to another, so that debits equal credits by its very shape.

create table purser.credit_balances (
  account_id uuid primary key references purser.accounts (id),
  available bigint not null check (available >= 0),
  held bigint not null check (held >= 0)
) with (fillfactor = 50);
call purser.protect_tenant_table('purser.credit_balances');

create table purser.credit_lots (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  kind text not null check (kind in ('plan', 'purchased', 'bonus', 'adjustment')),
  units bigint not null check (units > 0),
  remaining bigint not null check (remaining between 0 and units),
  expires_at timestamptz,
  -- What it was granted for: 'invoice_line' and the line, for instance.
  source_type text not null,
  source_id uuid,
  granted_at timestamptz not null
) with (fillfactor = 70);
create index credit_lots_account on purser.credit_lots (account_id, granted_at desc, id desc);
call purser.protect_tenant_table('purser.credit_lots');

create table purser.ledger_entries (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  kind text not null,
  debit_account text not null check (debit_account in ('counter', 'available', 'held')),
  credit_account text not null check (credit_account in ('counter', 'available', 'held')),
  units bigint not null check (units > 0),
  available_after bigint not null check (available_after >= 0),
  held_after bigint not null check (held_after >= 0),
  -- Why it exists, and the reason it exists only once: 'invoice_line:<uuid>'.
  reason_key text not null,
  details jsonb not null,
  actor_type text not null,
  actor_id uuid,
  occurred_at timestamptz not null,
  unique (account_id, reason_key),
  check (debit_account <> credit_account)
);
create index ledger_entries_account on purser.ledger_entries (account_id, occurred_at desc, id desc);
call purser.make_append_only('purser.ledger_entries');
call purser.protect_tenant_table('purser.ledger_entries');

-- Which lots an entry filled (+) or drew from (−).
create table purser.ledger_entry_lots (
  entry_id uuid not null references purser.ledger_entries (id),
  lot_id uuid not null references purser.credit_lots (id),
  account_id uuid not null references purser.accounts (id),
  units bigint not null check (units <> 0),
  primary key (entry_id, lot_id)
);
create index ledger_entry_lots_lot on purser.ledger_entry_lots (lot_id);
call purser.make_append_only('purser.ledger_entry_lots');
call purser.protect_tenant_table('purser.ledger_entry_lots');

-- The ledger as signed postings: two per entry, adding up to zero.
create view purser.ledger_postings with (security_invoker = true) as
  select id as entry_id, account_id, debit_account as ledger_account, -units as units, occurred_at
  from purser.ledger_entries
  union all
  select id, account_id, credit_account, units, occurred_at
  from purser.ledger_entries;
