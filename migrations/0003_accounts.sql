-- Accounts (the tenants), who belongs to them, the API keys, and the seller who bills them.

create table purser.sellers (
  id uuid primary key,
  name text not null,
  legal_name text not null,
  line1 text not null,
  line2 text,
  city text not null,
  state text,
  postal_code text,
  country char(2) not null,
  tax_id text,
  email text not null,
  website text,
  time_zone text not null,
  invoice_terms text not null,
  invoice_footer text not null,
  updated_at timestamptz not null
);

create table purser.accounts (
  id uuid primary key,
  external_id text unique,
  name text not null,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  status text not null check (status in ('active', 'suspended', 'closed')),
  billing_email text not null,
  line1 text,
  line2 text,
  city text,
  state text,
  postal_code text,
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  tax_id text,
  tax_id_status text check (tax_id_status in ('valid', 'invalid', 'unverified')),
  time_zone text not null,
  locale text not null,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  -- Set when the first invoice is issued: from then on the currency cannot change.
  currency_fixed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
alter table purser.accounts enable row level security;
alter table purser.accounts force row level security;

create table purser.memberships (
  account_id uuid not null references purser.accounts (id),
  user_id uuid not null references purser_auth."user" ("id"),
  role text not null check (role in ('owner', 'admin', 'billing', 'member', 'viewer')),
  created_at timestamptz not null,
  primary key (account_id, user_id)
);
create index memberships_user on purser.memberships (user_id);
create unique index memberships_one_owner on purser.memberships (account_id) where role = 'owner';
alter table purser.memberships enable row level security;
alter table purser.memberships force row level security;

-- A person sees the accounts they belong to, and their own memberships.
create policy tenant on purser.memberships
  using ((select purser.in_system_scope()) or account_id = (select purser.scope_account_id())
    or user_id = (select purser.scope_user_id()))
  with check ((select purser.in_system_scope()) or account_id = (select purser.scope_account_id()));
create policy tenant on purser.accounts
  using ((select purser.in_system_scope()) or id = (select purser.scope_account_id())
    or id in (select account_id from purser.memberships where user_id = (select purser.scope_user_id())))
  with check ((select purser.in_system_scope()) or id = (select purser.scope_account_id()));

create function purser.keep_fixed_currency() returns trigger language plpgsql as $$
begin
  if old.currency_fixed_at is not null and new.currency is distinct from old.currency then
    raise exception 'the currency of the account is fixed by its first invoice' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_fixed_currency before update on purser.accounts
  for each row execute function purser.keep_fixed_currency();

-- Keys of accounts (account_id set) and of the platform (account_id null). Only the SHA-256 of a key is kept.
create table purser.api_keys (
  id uuid primary key,
  account_id uuid references purser.accounts (id),
  name text not null,
  hint text not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_account on purser.api_keys (account_id, created_at desc);
call purser.protect_tenant_table('purser.api_keys');

-- One row per request that created or moved something and succeeded; a repetition finds what it made.
create table purser.idempotency_keys (
  -- Whose key it is: 'account:<uuid>', 'user:<uuid>' or 'platform'.
  owner text not null,
  key text not null check (length(key) between 1 and 255),
  account_id uuid,
  operation text not null,
  body_hash bytea not null,
  result_id uuid not null,
  created_at timestamptz not null,
  primary key (owner, key)
);
create index idempotency_keys_age on purser.idempotency_keys (created_at);
call purser.protect_tenant_table('purser.idempotency_keys');
