-- Disputes: a payer's bank takes a payment back until it is decided who is right.

select set_config('purser.scope', 'system', true);

create table purser.disputes (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  payment_id uuid not null,
  gateway text not null,
  -- Its name at the gateway: dp_… at Stripe.
  gateway_reference text not null,
  status text not null check (status in ('needs_response', 'under_review', 'won', 'lost')),
  -- Whether the money is held back meanwhile; an inquiry asks first, and may become more.
  takes_money boolean not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  reason text not null,
  evidence_due_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  created_at timestamptz not null,
  -- Credits that cannot be spent while it is open; zero once it is closed.
  credits_frozen bigint not null check (credits_frozen >= 0),
  -- When the sweep asks the gateway next; null when there is nothing left to ask.
  check_due_at timestamptz,
  checks integer not null check (checks >= 0),
  unique (gateway, gateway_reference),
  unique (account_id, id),
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  check ((status in ('won', 'lost')) = (closed_at is not null)),
  check (closed_at is null or credits_frozen = 0)
);
create index disputes_payment on purser.disputes (payment_id, id);
create index disputes_newest on purser.disputes (opened_at desc, id desc);
create index disputes_due_checks on purser.disputes (check_due_at) where check_due_at is not null;
call purser.protect_tenant_table('purser.disputes');

-- What a dispute froze, lot by lot; written once, when it first takes the money.
create table purser.dispute_lots (
  dispute_id uuid not null,
  lot_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  units bigint not null check (units > 0),
  primary key (dispute_id, lot_id),
  foreign key (account_id, dispute_id) references purser.disputes (account_id, id),
  foreign key (account_id, lot_id) references purser.credit_lots (account_id, id)
);
create index dispute_lots_lot on purser.dispute_lots (lot_id);
call purser.make_append_only('purser.dispute_lots');
call purser.protect_tenant_table('purser.dispute_lots');

-- Why a person has to look at an account; null when nobody has to.
alter table purser.accounts add column attention text;
