-- Auto top-up: a credit package bought by a saved payment method when the balance runs low.

-- What an account lets us charge without its being there. At most one of them is the one to charge.
create table purser.saved_payment_methods (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  gateway text not null,
  method text not null,
  -- Its name at the gateway: pm_… at Stripe.
  gateway_reference text not null,
  details jsonb not null,
  is_default boolean not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  unique (gateway, gateway_reference),
  unique (account_id, id)
);
create index saved_payment_methods_account on purser.saved_payment_methods (account_id, created_at desc);
create unique index saved_payment_methods_one_default on purser.saved_payment_methods (account_id)
  where is_default and removed_at is null;
call purser.protect_tenant_table('purser.saved_payment_methods');

-- Null for a payment that its payer makes.
alter table purser.payments
  add column saved_method_id uuid,
  add foreign key (account_id, saved_method_id) references purser.saved_payment_methods (account_id, id);

create table purser.auto_top_ups (
  account_id uuid primary key references purser.accounts (id),
  is_on boolean not null,
  credit_package_id uuid not null references purser.credit_packages (id),
  -- Bought when less than this can be spent.
  threshold_credits bigint not null check (threshold_credits > 0),
  monthly_cap_minor bigint not null check (monthly_cap_minor > 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  -- Top-ups that failed one after the other.
  failures integer not null check (failures >= 0),
  -- Why it was switched off by us; null when it is on or was switched off by the account.
  off_reason text check (off_reason in ('failures', 'saved_method_missing', 'package_unavailable')),
  -- When the cap of the month no longer holds it up; null when it holds nothing up.
  resumes_at timestamptz,
  updated_by uuid,
  updated_at timestamptz not null,
  check (not is_on or off_reason is null)
);
create index auto_top_ups_resuming on purser.auto_top_ups (resumes_at) where resumes_at is not null;
call purser.protect_tenant_table('purser.auto_top_ups');

-- Every top-up with its payment. One at a time, by the index and not by a check.
create table purser.top_ups (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  payment_id uuid not null unique,
  status text not null check (status in ('under_way', 'succeeded', 'failed')),
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  -- By the account's calendar, for the cap of the month.
  started_on date not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  check ((status = 'under_way') = (ended_at is null))
);
create unique index top_ups_one_under_way on purser.top_ups (account_id) where status = 'under_way';
create index top_ups_month on purser.top_ups (account_id, started_on);
call purser.protect_tenant_table('purser.top_ups');
