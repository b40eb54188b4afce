-- Invoices, their lines, gapless numbers, files and rendered documents.
-- A draft has no number. What is issued never changes but for what has been paid and its fate; corrections are
-- credit notes.
-- Foreign keys look past row security, so those between rows of tenants carry the account: the row of one account
-- cannot hang on the row of another.

create table purser.invoice_number_counters (
  seller_id uuid not null references purser.sellers (id),
  series text not null,
  -- Year and month of the issue date in the seller's time zone: '2026-11'.
  period char(7) not null check (period ~ '^[0-9]{4}-[0-9]{2}$'),
  last_number bigint not null check (last_number > 0),
  primary key (seller_id, series, period)
);
call purser.protect_system_table('purser.invoice_number_counters');

-- Takes the next number of a series and month. The counter row stays locked until the transaction ends, so that a
-- rolled-back invoice gives its number back and no number is ever missing. Runs as its owner because the counters
-- belong to no tenant.
create function purser.take_invoice_number(seller uuid, wanted_series text, wanted_period text) returns bigint
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  taken bigint;
  scope_before text := coalesce(current_setting('purser.scope', true), '');
begin
  perform set_config('purser.scope', 'system', true);
  insert into purser.invoice_number_counters (seller_id, series, period, last_number)
    values (seller, wanted_series, wanted_period, 1)
    on conflict (seller_id, series, period)
    do update set last_number = purser.invoice_number_counters.last_number + 1
    returning last_number into taken;
  perform set_config('purser.scope', scope_before, true);
  return taken;
end $$;
revoke execute on function purser.take_invoice_number(uuid, text, text) from public;
grant execute on function purser.take_invoice_number(uuid, text, text) to purser_app;

create table purser.invoices (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  seller_id uuid not null references purser.sellers (id),
  status text not null check (status in ('draft', 'pending', 'paid', 'void', 'uncollectible')),
  purpose text not null check (purpose in ('credit_purchase', 'manual')),
  series text,
  period char(7),
  sequence bigint,
  number text unique,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  issued_on date,
  due_on date,
  issued_at timestamptz,
  subtotal_minor bigint not null check (subtotal_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null check (total_minor = subtotal_minor + tax_minor),
  amount_paid_minor bigint not null check (amount_paid_minor between 0 and total_minor),
  -- Both parties as they were at issue.
  seller jsonb not null,
  buyer jsonb not null,
  paid_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  last_payment_error jsonb,
  -- When the invoice is told by e-mail if it is still unpaid, and when an unpaid purchase is voided; null once settled.
  announce_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (seller_id, series, period, sequence),
  unique (account_id, id),
  check ((status = 'draft') = (number is null)),
  check (status = 'draft' or (series is not null and period is not null and sequence is not null
    and issued_on is not null and due_on is not null and issued_at is not null)),
  check (status <> 'paid' or (amount_paid_minor = total_minor and paid_at is not null)),
  check (status <> 'void' or (voided_at is not null and void_reason is not null))
);
create index invoices_account_issued on purser.invoices (account_id, issued_on desc, id desc);
create index invoices_account_status on purser.invoices (account_id, status, issued_on desc, id desc);
create index invoices_due_announcements on purser.invoices (announce_at) where announce_at is not null;
create index invoices_due_expiries on purser.invoices (expires_at) where expires_at is not null;
call purser.protect_tenant_table('purser.invoices');

create function purser.keep_issued_invoice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.status <> 'draft' then
      raise exception 'an issued invoice cannot be deleted' using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if old.status <> 'draft' and (
    new.account_id, new.seller_id, new.purpose, new.series, new.period, new.sequence, new.number, new.currency,
    new.issued_on, new.due_on, new.issued_at, new.subtotal_minor, new.tax_minor, new.total_minor, new.seller, new.buyer
  ) is distinct from (
    old.account_id, old.seller_id, old.purpose, old.series, old.period, old.sequence, old.number, old.currency,
    old.issued_on, old.due_on, old.issued_at, old.subtotal_minor, old.tax_minor, old.total_minor, old.seller, old.buyer
  ) then
    raise exception 'an issued invoice cannot be changed: a correction is a credit note' using errcode = 'restrict_violation';
  end if;
  if new.amount_paid_minor < old.amount_paid_minor then
    raise exception 'what was paid on an invoice is not taken back: a refund is a row of its own' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_issued_invoice before update or delete on purser.invoices
  for each row execute function purser.keep_issued_invoice();

create table purser.invoice_lines (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  invoice_id uuid not null,
  position integer not null check (position > 0),
  description text not null,
  quantity bigint not null check (quantity > 0),
  unit_amount_minor bigint not null check (unit_amount_minor >= 0),
  amount_minor bigint not null check (amount_minor = quantity * unit_amount_minor),
  tax_category text not null check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
  tax_rate_basis_points integer not null check (tax_rate_basis_points between 0 and 10000),
  tax_minor bigint not null check (tax_minor >= 0),
  period_start date,
  period_end date,
  credit_package_id uuid references purser.credit_packages (id),
  -- Credits that are granted when the invoice is paid.
  credits bigint check (credits > 0),
  unique (invoice_id, position),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id)
);
call purser.protect_tenant_table('purser.invoice_lines');

create function purser.keep_issued_lines() returns trigger language plpgsql as $$
declare
  owner_id uuid := case when tg_op = 'INSERT' then new.invoice_id else old.invoice_id end;
begin
  if coalesce((select status from purser.invoices where id = owner_id), 'unseen') <> 'draft' then
    raise exception 'the lines of an issued invoice cannot be changed' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_issued_lines before insert or update or delete on purser.invoice_lines
  for each row execute function purser.keep_issued_lines();

-- Documents, proofs and logos: one thing to back up.
create table purser.files (
  id uuid primary key,
  account_id uuid references purser.accounts (id),
  filename text not null,
  content_type text not null,
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  created_at timestamptz not null,
  -- A file of the platform has no account, so that nothing of a tenant can name it by this key.
  unique (account_id, id)
);
call purser.make_append_only('purser.files');
call purser.protect_tenant_table('purser.files');

create table purser.invoice_documents (
  invoice_id uuid not null,
  rendition text not null check (rendition in ('issued', 'paid')),
  account_id uuid not null references purser.accounts (id),
  file_id uuid not null,
  rendered_at timestamptz not null,
  primary key (invoice_id, rendition),
  foreign key (account_id, invoice_id) references purser.invoices (account_id, id),
  foreign key (account_id, file_id) references purser.files (account_id, id)
);
call purser.make_append_only('purser.invoice_documents');
call purser.protect_tenant_table('purser.invoice_documents');
