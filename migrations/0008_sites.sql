-- Sites of an account: what usage can be told apart by. The name is the account's own; the domain may be missing.

create table purser.sites (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  name text not null,
  domain text,
  created_at timestamptz not null,
  archived_at timestamptz
);
create index sites_account on purser.sites (account_id, created_at);
call purser.protect_tenant_table('purser.sites');
