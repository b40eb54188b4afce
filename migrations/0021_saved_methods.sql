-- Saved payment methods: how one comes to be saved, which card is which, and the warning before one expires.

-- The policies look at the scope for the owner of the tables too.
select set_config('purser.scope', 'system', true);

alter table purser.saved_payment_methods
  -- What stays the same when the same card is saved again; null when its gateway does not tell.
  add column fingerprint text,
  -- The last day on which it can pay; null for what does not expire.
  add column expires_on date,
  -- When its account is to be told that it expires; null when it was told, or has nothing to be told.
  add column warn_at timestamptz,
  -- When its gateway has forgotten it, after its removal.
  add column forgotten_at timestamptz;

update purser.saved_payment_methods
  set expires_on = (make_date((details ->> 'expYear')::integer, (details ->> 'expMonth')::integer, 1)
    + interval '1 month' - interval '1 day')::date
  where details ? 'expYear' and details ? 'expMonth';

-- One row for one card: saved again, it takes the place of the one before.
create unique index saved_payment_methods_one_card
  on purser.saved_payment_methods (account_id, gateway, fingerprint) where removed_at is null;
create index saved_payment_methods_warnings on purser.saved_payment_methods (warn_at)
  where warn_at is not null and removed_at is null;

alter table purser.payments
  -- Whether its payer is there when a saved method is charged, and can answer their bank.
  add column payer_is_present boolean not null default true,
  -- Whether its method is kept for later once it has paid.
  add column keeps_method boolean not null default false;
update purser.payments set payer_is_present = false where saved_method_id is not null;

-- The saving of a method, from the first click to the gateway's word, written down before the gateway is asked.
create table purser.method_setups (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  gateway text not null,
  method text not null,
  status text not null check (status in ('open', 'succeeded', 'failed')),
  -- Its name at the gateway: seti_… at Stripe. Null until the gateway has answered.
  gateway_reference text,
  -- What was saved by it.
  saved_method_id uuid,
  last_error jsonb,
  created_by uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  -- When the gateway is asked next by itself; null when there is nothing left to ask.
  check_due_at timestamptz,
  checks integer not null check (checks >= 0),
  unique (gateway, gateway_reference),
  unique (account_id, id),
  foreign key (account_id, saved_method_id) references purser.saved_payment_methods (account_id, id),
  check ((status = 'open') = (ended_at is null)),
  check ((status = 'succeeded') = (saved_method_id is not null))
);
create index method_setups_account on purser.method_setups (account_id, created_at desc);
create index method_setups_due_checks on purser.method_setups (check_due_at) where check_due_at is not null;
call purser.protect_tenant_table('purser.method_setups');
