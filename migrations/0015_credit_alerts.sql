-- Alerts on credits: who wants to be told of what, and what has been told.
-- A balance names the range it may move in without anybody having to look: down to `look_below`, up to `look_from`.
-- Whether it has left that range is a column of the row itself, computed in the update that moves the balance anyway,
-- whoever moves it: spending pays nothing for alerts, and the index is touched only when a threshold is crossed.

alter table purser.credit_balances
  add column look_below bigint,
  add column look_from bigint,
  add column needs_look boolean not null generated always as (
    coalesce(available < look_below, false) or coalesce(available >= look_from, false)
  ) stored;
create index credit_balances_needing_look on purser.credit_balances (account_id) where needs_look;

-- The same for the credits a plan includes: somebody looks when no more than `look_at` of a lot is unspent. Null for a
-- lot that nobody has looked at yet, and −1 for one about which nothing is left to tell.
alter table purser.credit_lots
  add column look_at bigint check (look_at >= -1),
  add column needs_look boolean not null generated always as (
    kind = 'plan' and remaining + held <= coalesce(look_at, units)
  ) stored;
create index credit_lots_needing_look on purser.credit_lots (account_id) where needs_look;

-- An account without a row has what is usual: no threshold, and told of the use of what its plan includes.
create table purser.credit_alert_settings (
  account_id uuid primary key references purser.accounts (id),
  -- Told when less than this can be spent; null for never.
  low_balance_credits bigint check (low_balance_credits > 0),
  tells_included_use boolean not null,
  updated_by uuid,
  updated_at timestamptz not null
);
call purser.protect_tenant_table('purser.credit_alert_settings');

-- What was told, once per reason.
create table purser.credit_alerts (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  kind text not null check (kind in ('low_balance', 'included_used', 'top_up_failed', 'top_up_cap_reached')),
  reason_key text not null,
  details jsonb not null,
  happened_at timestamptz not null,
  unique (account_id, reason_key)
);
create index credit_alerts_recent on purser.credit_alerts (account_id, happened_at desc, id desc);
call purser.make_append_only('purser.credit_alerts');
call purser.protect_tenant_table('purser.credit_alerts');
