-- What an account has used, by its own calendar day, operation, variant, site and user: the sums of its consumption and
-- capture entries, written in the transaction of each entry, so that they equal the ledger at every instant.

create table purser.usage_daily (
  account_id uuid not null,
  day date not null,
  operation_id uuid not null,
  variant text not null,
  site_id uuid,
  user_id uuid,
  credits bigint not null check (credits >= 0),
  quantity bigint not null check (quantity > 0),
  events bigint not null check (events > 0),
  unique nulls not distinct (account_id, day, operation_id, variant, site_id, user_id)
) with (fillfactor = 50);
call purser.protect_tenant_table('purser.usage_daily');
