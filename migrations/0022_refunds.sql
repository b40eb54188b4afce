-- Refunds: money given back for a payment, which part of which invoice each corrects, and the credit notes that say so.
-- A refund is written down before its gateway is called, and the credits it takes back leave with it.

-- The policies look at the scope for the owner of the tables too.
select set_config('purser.scope', 'system', true);

create table purser.refunds (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  payment_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('pending', 'succeeded', 'failed')),
  -- Who wanted it: staff, somebody in the gateway's own dashboard, Purser itself for money nobody owed, or a bank that
  -- decided a dispute for its card holder.
  origin text not null check (origin in ('staff', 'gateway', 'automatic', 'dispute')),
  gateway text not null,
  -- Its name at the gateway: re_… at Stripe; null until the gateway has answered, and for what staff gave back by hand.
  gateway_reference text,
  reason text,
  requested_by uuid,
  -- What it took back of the credits the payment had brought; nothing once it has failed.
  credits_taken_back bigint not null check (credits_taken_back >= 0),
  failure text,
  created_at timestamptz not null,
  succeeded_at timestamptz,
  failed_at timestamptz,
  -- When the sweep asks the gateway next; null when there is nothing left to ask.
  check_due_at timestamptz,
  checks integer not null check (checks >= 0),
  unique (gateway, gateway_reference),
  unique (account_id, id),
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  check (status <> 'succeeded' or succeeded_at is not null),
  check ((status = 'failed') = (failed_at is not null)),
  check (status <> 'failed' or credits_taken_back = 0)
);
create index refunds_payment on purser.refunds (payment_id, id);
create index refunds_due_checks on purser.refunds (check_due_at) where check_due_at is not null;
call purser.protect_tenant_table('purser.refunds');

-- Which part of a refund corrects which invoice. What a payment brought beyond its invoices is given back without a
-- correction and has no row here.
create table purser.refund_invoices (
  refund_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (refund_id, invoice_id),
  foreign key (account_id, refund_id) references purser.refunds (account_id, id),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id)
);
create index refund_invoices_invoice on purser.refund_invoices (invoice_id);
call purser.make_append_only('purser.refund_invoices');
call purser.protect_tenant_table('purser.refund_invoices');

-- A credit note has a number from the moment it exists: CN-2026-11-00001, without gaps in its series and month.
create table purser.credit_notes (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  seller_id uuid not null references purser.sellers (id),
  invoice_id uuid not null,
  refund_id uuid not null,
  series text not null,
  period char(7) not null,
  sequence bigint not null,
  number text not null unique,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  issued_on date not null,
  issued_at timestamptz not null,
  subtotal_minor bigint not null check (subtotal_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null check (total_minor = subtotal_minor + tax_minor and total_minor > 0),
  reason text,
  -- Both parties as they were when the invoice was issued.
  seller jsonb not null,
  buyer jsonb not null,
  -- Set when the money came back after all: it keeps its number and corrects nothing.
  voided_at timestamptz,
  void_reason text,
  unique (seller_id, series, period, sequence),
  unique (refund_id, invoice_id),
  unique (account_id, id),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id),
  foreign key (account_id, refund_id) references purser.refunds (account_id, id),
  check ((voided_at is null) = (void_reason is null))
);
create index credit_notes_invoice on purser.credit_notes (invoice_id, id);
call purser.protect_tenant_table('purser.credit_notes');

create function purser.keep_credit_note() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a credit note cannot be deleted' using errcode = 'restrict_violation';
  end if;
  if old.voided_at is not null
    or (to_jsonb(new) - 'voided_at' - 'void_reason') is distinct from (to_jsonb(old) - 'voided_at' - 'void_reason')
  then
    raise exception 'an issued credit note cannot be changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_credit_note before update or delete on purser.credit_notes
  for each row execute function purser.keep_credit_note();

alter table purser.invoice_lines add unique (account_id, id);

create table purser.credit_note_lines (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  credit_note_id uuid not null,
  position integer not null check (position > 0),
  -- The line of the invoice that is corrected.
  invoice_line_id uuid not null,
  description text not null,
  quantity bigint not null check (quantity > 0),
  unit_amount_minor bigint not null check (unit_amount_minor >= 0),
  amount_minor bigint not null check (amount_minor = quantity * unit_amount_minor),
  tax_category text not null check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
  tax_rate_basis_points integer not null check (tax_rate_basis_points between 0 and 10000),
  tax_minor bigint not null check (tax_minor >= 0),
  period_start date,
  period_end date,
  unique (credit_note_id, position),
  unique (credit_note_id, invoice_line_id),
  foreign key (account_id, invoice_line_id) references purser.invoice_lines (account_id, id),
  foreign key (account_id, credit_note_id) references purser.credit_notes (account_id, id)
);
call purser.make_append_only('purser.credit_note_lines');
call purser.protect_tenant_table('purser.credit_note_lines');

create table purser.credit_note_documents (
  credit_note_id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  file_id uuid not null,
  rendered_at timestamptz not null,
  foreign key (account_id, credit_note_id) references purser.credit_notes (account_id, id),
  foreign key (account_id, file_id) references purser.files (account_id, id)
);
call purser.make_append_only('purser.credit_note_documents');
call purser.protect_tenant_table('purser.credit_note_documents');

-- Credits that leave with a refund, come back when it fails, and stand still while a payment is disputed: each moves in
-- the very lots the payment had brought.
alter table purser.ledger_entries
  drop constraint ledger_entries_movement,
  add constraint ledger_entries_movement check ((kind, debit_account, credit_account) in (
    ('grant', 'counter', 'available'),
    ('consumption', 'available', 'counter'),
    ('hold', 'available', 'held'),
    ('capture', 'held', 'counter'),
    ('release', 'held', 'available'),
    ('expiry', 'available', 'counter'),
    ('adjustment', 'counter', 'available'),
    ('adjustment', 'available', 'counter'),
    ('clawback', 'available', 'counter'),
    ('reinstatement', 'counter', 'available'),
    ('freeze', 'available', 'held'),
    ('unfreeze', 'held', 'available')
  ));
-- What was taken back of a lot, without reading everything that was spent of it.
create index ledger_entries_clawback on purser.ledger_entries (account_id) where kind in ('clawback', 'reinstatement');
-- From the line of an invoice to the lot it brought.
create index credit_lots_source on purser.credit_lots (source_id) where source_type = 'invoice_line';
