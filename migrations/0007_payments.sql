-- Payments, what they are for, what they brought, and what the gateways told us.

-- Who the account is at a gateway.
create table purser.gateway_customers (
  account_id uuid not null references purser.accounts (id),
  gateway text not null,
  customer_reference text not null,
  created_at timestamptz not null,
  primary key (account_id, gateway),
  unique (gateway, customer_reference)
);
call purser.protect_tenant_table('purser.gateway_customers');

create table purser.payments (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  method text not null,
  gateway text not null,
  status text not null check (status in ('created', 'requires_payment_method', 'requires_action', 'processing',
    'awaiting_transfer', 'pending_approval', 'succeeded', 'failed', 'rejected', 'canceled')),
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  -- The payment's name at the gateway: pi_… at Stripe.
  gateway_reference text,
  method_details jsonb,
  last_error jsonb,
  -- Why a person has to look at it; null when nobody has to.
  attention text,
  created_at timestamptz not null,
  status_changed_at timestamptz not null,
  succeeded_at timestamptz,
  -- When the sweep asks the gateway next; null when there is nothing left to ask.
  check_due_at timestamptz,
  checks integer not null check (checks >= 0),
  unique (gateway, gateway_reference),
  unique (account_id, id)
);
create index payments_account on purser.payments (account_id, created_at desc, id desc);
create index payments_due_checks on purser.payments (check_due_at) where check_due_at is not null;
call purser.protect_tenant_table('purser.payments');

-- Every step of a payment: from, to, why and when.
create table purser.payment_transitions (
  id uuid primary key,
  payment_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  from_status text not null,
  to_status text not null,
  cause text not null,
  occurred_at timestamptz not null,
  foreign key (account_id, payment_id) references purser.payments (account_id, id)
);
create index payment_transitions_payment on purser.payment_transitions (payment_id, id);
call purser.make_append_only('purser.payment_transitions');
call purser.protect_tenant_table('purser.payment_transitions');

-- What a payment is meant to pay. At most one payment that can still collect per invoice.
create table purser.payment_invoices (
  payment_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  amount_minor bigint not null check (amount_minor > 0),
  is_collectable boolean not null,
  primary key (payment_id, invoice_id),
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id)
);
create unique index payment_invoices_one_collectable on purser.payment_invoices (invoice_id) where is_collectable;
call purser.protect_tenant_table('purser.payment_invoices');

-- What a payment has paid.
create table purser.payment_allocations (
  payment_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  amount_minor bigint not null check (amount_minor > 0),
  allocated_at timestamptz not null,
  primary key (payment_id, invoice_id),
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id)
);
create index payment_allocations_invoice on purser.payment_allocations (invoice_id);
call purser.make_append_only('purser.payment_allocations');
call purser.protect_tenant_table('purser.payment_allocations');

-- Webhooks as they came, byte for byte, once per event.
create table purser.gateway_events (
  id uuid primary key,
  gateway text not null,
  gateway_event_id text not null,
  type text not null,
  payload bytea not null,
  status text not null check (status in ('received', 'processed', 'ignored', 'failed')),
  outcome text,
  attempts integer not null check (attempts >= 0),
  received_at timestamptz not null,
  processed_at timestamptz,
  unique (gateway, gateway_event_id)
);
create index gateway_events_recent on purser.gateway_events (received_at desc, id desc);
create index gateway_events_status on purser.gateway_events (status, received_at desc, id desc);
call purser.protect_system_table('purser.gateway_events');

-- Every e-mail, from the moment its cause is committed.
create table purser.email_messages (
  id uuid primary key,
  account_id uuid references purser.accounts (id),
  template text not null,
  locale text not null,
  recipient text not null,
  -- One message per reason: 'payment_success:<payment>'.
  reason_key text not null unique,
  data jsonb not null,
  status text not null check (status in ('queued', 'sent', 'failed')),
  sender text,
  subject text,
  html text,
  text text,
  attachment_file_ids uuid[] not null,
  attempts integer not null check (attempts >= 0),
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index email_messages_recent on purser.email_messages (created_at desc, id desc);
create index email_messages_recipient on purser.email_messages (recipient, created_at desc);
call purser.protect_tenant_table('purser.email_messages');
