-- The schema of Purser’s own tables, printed from a migrated database. Generated; the migrations are what counts.

create schema purser;

CREATE OR REPLACE FUNCTION purser.in_system_scope()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(current_setting('purser.scope'::text, true), ''::text) = 'system'::text);

CREATE OR REPLACE FUNCTION purser.keep_fixed_currency()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.currency_fixed_at is not null and new.currency is distinct from old.currency then
    raise exception 'the currency of the account is fixed by its first invoice' using errcode = 'check_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION purser.keep_issued_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION purser.keep_issued_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  owner_id uuid := case when tg_op = 'INSERT' then new.invoice_id else old.invoice_id end;
begin
  if coalesce((select status from purser.invoices where id = owner_id), 'unseen') <> 'draft' then
    raise exception 'the lines of an issued invoice cannot be changed' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE PROCEDURE purser.make_append_only(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create trigger refuse_change before update or delete on %s
    for each row execute function purser.refuse_change()', target);
  execute format('create trigger refuse_truncate before truncate on %s
    for each statement execute function purser.refuse_change()', target);
  execute format('revoke update, delete, truncate on %s from purser_app', target);
end $procedure$;

CREATE OR REPLACE PROCEDURE purser.protect_system_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy system_only on %s
    using ((select purser.in_system_scope())) with check ((select purser.in_system_scope()))', target);
end $procedure$;

CREATE OR REPLACE PROCEDURE purser.protect_tenant_table(IN target regclass, IN account_column text DEFAULT 'account_id'::text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s
    using ((select purser.in_system_scope()) or %I = (select purser.scope_account_id()))
    with check ((select purser.in_system_scope()) or %I = (select purser.scope_account_id()))',
    target, account_column, account_column);
end $procedure$;

CREATE OR REPLACE FUNCTION purser.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only: a correction is a new row', tg_table_name
    using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION purser.refuse_clock_backwards()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.offset_ms < old.offset_ms then
    raise exception 'the clock only moves forward' using errcode = 'check_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION purser.scope_account_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('purser.account_id'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION purser.scope_user_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('purser.user_id'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION purser.take_invoice_number(seller uuid, wanted_series text, wanted_period text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;

create table purser.accounts (
  id uuid not null,
  external_id text,
  name text not null,
  slug text not null,
  status text not null,
  billing_email text not null,
  line1 text,
  line2 text,
  city text,
  state text,
  postal_code text,
  country character(2) not null,
  tax_id text,
  tax_id_status text,
  time_zone text not null,
  locale text not null,
  currency character(3) not null,
  currency_fixed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_external_id_key UNIQUE (external_id),
  constraint accounts_slug_key UNIQUE (slug),
  constraint accounts_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint accounts_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  constraint accounts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text]))),
  constraint accounts_tax_id_status_check CHECK ((tax_id_status = ANY (ARRAY['valid'::text, 'invalid'::text, 'unverified'::text])))
);
alter table purser.accounts enable row level security;
alter table purser.accounts force row level security;
create policy tenant on purser.accounts
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (id = ( SELECT purser.scope_account_id() AS scope_account_id)) OR (id IN ( SELECT memberships.account_id
   FROM purser.memberships
  WHERE (memberships.user_id = ( SELECT purser.scope_user_id() AS scope_user_id))))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER keep_fixed_currency BEFORE UPDATE ON purser.accounts FOR EACH ROW EXECUTE FUNCTION purser.keep_fixed_currency();
grant delete, insert, select, update on purser.accounts to purser_app;

create table purser.api_keys (
  id uuid not null,
  account_id uuid,
  name text not null,
  hint text not null,
  key_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id)
);
CREATE INDEX api_keys_account ON purser.api_keys USING btree (account_id, created_at DESC);
alter table purser.api_keys enable row level security;
alter table purser.api_keys force row level security;
create policy tenant on purser.api_keys
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.api_keys to purser_app;

create table purser.audit_entries (
  id uuid not null,
  account_id uuid,
  actor_type text not null,
  actor_id uuid,
  action text not null,
  subject_type text not null,
  subject_id uuid,
  details jsonb not null,
  request_id text,
  happened_at timestamp with time zone not null,
  constraint audit_entries_pkey PRIMARY KEY (id),
  constraint audit_entries_actor_type_check CHECK ((actor_type = ANY (ARRAY['user'::text, 'staff'::text, 'account_key'::text, 'platform_key'::text, 'system'::text])))
);
CREATE INDEX audit_entries_account ON purser.audit_entries USING btree (account_id, happened_at DESC, id DESC);
CREATE INDEX audit_entries_subject ON purser.audit_entries USING btree (subject_type, subject_id);
alter table purser.audit_entries enable row level security;
alter table purser.audit_entries force row level security;
create policy tenant on purser.audit_entries
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.audit_entries FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.audit_entries to purser_app;

create table purser.clock (
  only_row boolean default true not null,
  offset_ms bigint not null,
  constraint clock_pkey PRIMARY KEY (only_row),
  constraint clock_offset_ms_check CHECK ((offset_ms >= 0)),
  constraint clock_only_row_check CHECK (only_row)
);
CREATE TRIGGER forward_only BEFORE UPDATE ON purser.clock FOR EACH ROW EXECUTE FUNCTION purser.refuse_clock_backwards();
grant delete, insert, select, update on purser.clock to purser_app;

create table purser.credit_balances (
  account_id uuid not null,
  available bigint not null,
  held bigint not null,
  constraint credit_balances_pkey PRIMARY KEY (account_id),
  constraint credit_balances_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint credit_balances_available_check CHECK ((available >= 0)),
  constraint credit_balances_held_check CHECK ((held >= 0))
);
alter table purser.credit_balances enable row level security;
alter table purser.credit_balances force row level security;
create policy tenant on purser.credit_balances
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.credit_balances to purser_app;

create table purser.credit_lots (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  units bigint not null,
  remaining bigint not null,
  expires_at timestamp with time zone,
  source_type text not null,
  source_id uuid,
  granted_at timestamp with time zone not null,
  constraint credit_lots_pkey PRIMARY KEY (id),
  constraint credit_lots_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint credit_lots_check CHECK (((remaining >= 0) AND (remaining <= units))),
  constraint credit_lots_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'purchased'::text, 'bonus'::text, 'adjustment'::text]))),
  constraint credit_lots_units_check CHECK ((units > 0))
);
CREATE INDEX credit_lots_account ON purser.credit_lots USING btree (account_id, granted_at DESC, id DESC);
alter table purser.credit_lots enable row level security;
alter table purser.credit_lots force row level security;
create policy tenant on purser.credit_lots
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.credit_lots to purser_app;

create table purser.credit_package_prices (
  package_id uuid not null,
  currency character(3) not null,
  price_minor bigint not null,
  constraint credit_package_prices_pkey PRIMARY KEY (package_id, currency),
  constraint credit_package_prices_package_id_fkey FOREIGN KEY (package_id) REFERENCES purser.credit_packages(id),
  constraint credit_package_prices_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint credit_package_prices_price_minor_check CHECK ((price_minor > 0))
);
grant delete, insert, select, update on purser.credit_package_prices to purser_app;

create table purser.credit_packages (
  id uuid not null,
  name text not null,
  slug text not null,
  description text not null,
  credits bigint not null,
  discount_percentage integer not null,
  sort_order integer not null,
  is_active boolean not null,
  is_featured boolean not null,
  stripe_product_id text,
  paypal_product_id text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint credit_packages_pkey PRIMARY KEY (id),
  constraint credit_packages_slug_key UNIQUE (slug),
  constraint credit_packages_credits_check CHECK ((credits > 0)),
  constraint credit_packages_discount_percentage_check CHECK (((discount_percentage >= 0) AND (discount_percentage <= 99)))
);
grant delete, insert, select, update on purser.credit_packages to purser_app;

create table purser.email_messages (
  id uuid not null,
  account_id uuid,
  template text not null,
  locale text not null,
  recipient text not null,
  reason_key text not null,
  data jsonb not null,
  status text not null,
  sender text,
  subject text,
  html text,
  text text,
  attachment_file_ids uuid[] not null,
  attempts integer not null,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint email_messages_pkey PRIMARY KEY (id),
  constraint email_messages_reason_key_key UNIQUE (reason_key),
  constraint email_messages_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint email_messages_attempts_check CHECK ((attempts >= 0)),
  constraint email_messages_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX email_messages_recent ON purser.email_messages USING btree (created_at DESC, id DESC);
CREATE INDEX email_messages_recipient ON purser.email_messages USING btree (recipient, created_at DESC);
alter table purser.email_messages enable row level security;
alter table purser.email_messages force row level security;
create policy tenant on purser.email_messages
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.email_messages to purser_app;

create table purser.files (
  id uuid not null,
  account_id uuid,
  filename text not null,
  content_type text not null,
  sha256 bytea not null,
  content bytea not null,
  created_at timestamp with time zone not null,
  constraint files_pkey PRIMARY KEY (id),
  constraint files_account_id_id_key UNIQUE (account_id, id),
  constraint files_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint files_sha256_check CHECK ((length(sha256) = 32))
);
alter table purser.files enable row level security;
alter table purser.files force row level security;
create policy tenant on purser.files
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.files FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.files FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.files to purser_app;

create table purser.gateway_customers (
  account_id uuid not null,
  gateway text not null,
  customer_reference text not null,
  created_at timestamp with time zone not null,
  constraint gateway_customers_pkey PRIMARY KEY (account_id, gateway),
  constraint gateway_customers_gateway_customer_reference_key UNIQUE (gateway, customer_reference),
  constraint gateway_customers_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id)
);
alter table purser.gateway_customers enable row level security;
alter table purser.gateway_customers force row level security;
create policy tenant on purser.gateway_customers
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.gateway_customers to purser_app;

create table purser.gateway_events (
  id uuid not null,
  gateway text not null,
  gateway_event_id text not null,
  type text not null,
  payload bytea not null,
  status text not null,
  outcome text,
  attempts integer not null,
  received_at timestamp with time zone not null,
  processed_at timestamp with time zone,
  constraint gateway_events_pkey PRIMARY KEY (id),
  constraint gateway_events_gateway_gateway_event_id_key UNIQUE (gateway, gateway_event_id),
  constraint gateway_events_attempts_check CHECK ((attempts >= 0)),
  constraint gateway_events_status_check CHECK ((status = ANY (ARRAY['received'::text, 'processed'::text, 'ignored'::text, 'failed'::text])))
);
CREATE INDEX gateway_events_recent ON purser.gateway_events USING btree (received_at DESC, id DESC);
CREATE INDEX gateway_events_status ON purser.gateway_events USING btree (status, received_at DESC, id DESC);
alter table purser.gateway_events enable row level security;
alter table purser.gateway_events force row level security;
create policy system_only on purser.gateway_events
  using (( SELECT purser.in_system_scope() AS in_system_scope))
  with check (( SELECT purser.in_system_scope() AS in_system_scope));
grant delete, insert, select, update on purser.gateway_events to purser_app;

create table purser.idempotency_keys (
  owner text not null,
  key text not null,
  account_id uuid,
  operation text not null,
  body_hash bytea not null,
  result_id uuid not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (owner, key),
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
CREATE INDEX idempotency_keys_age ON purser.idempotency_keys USING btree (created_at);
alter table purser.idempotency_keys enable row level security;
alter table purser.idempotency_keys force row level security;
create policy tenant on purser.idempotency_keys
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.idempotency_keys to purser_app;

create table purser.installation (
  only_row boolean default true not null,
  mode text not null,
  samples_unfinished boolean not null,
  created_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (only_row),
  constraint installation_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'test'::text, 'live'::text]))),
  constraint installation_only_row_check CHECK (only_row)
);
grant delete, insert, select, update on purser.installation to purser_app;

create table purser.invoice_documents (
  invoice_id uuid not null,
  rendition text not null,
  account_id uuid not null,
  file_id uuid not null,
  rendered_at timestamp with time zone not null,
  constraint invoice_documents_pkey PRIMARY KEY (invoice_id, rendition),
  constraint invoice_documents_account_id_file_id_fkey FOREIGN KEY (account_id, file_id) REFERENCES purser.files(account_id, id),
  constraint invoice_documents_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint invoice_documents_account_id_invoice_id_fkey FOREIGN KEY (account_id, invoice_id) REFERENCES purser.invoices(account_id, id),
  constraint invoice_documents_rendition_check CHECK ((rendition = ANY (ARRAY['issued'::text, 'paid'::text])))
);
alter table purser.invoice_documents enable row level security;
alter table purser.invoice_documents force row level security;
create policy tenant on purser.invoice_documents
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.invoice_documents FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.invoice_documents FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.invoice_documents to purser_app;

create table purser.invoice_lines (
  id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  "position" integer not null,
  description text not null,
  quantity bigint not null,
  unit_amount_minor bigint not null,
  amount_minor bigint not null,
  tax_category text not null,
  tax_rate_basis_points integer not null,
  tax_minor bigint not null,
  period_start date,
  period_end date,
  credit_package_id uuid,
  credits bigint,
  constraint invoice_lines_pkey PRIMARY KEY (id),
  constraint invoice_lines_invoice_id_position_key UNIQUE (invoice_id, "position"),
  constraint invoice_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint invoice_lines_account_id_invoice_id_fkey FOREIGN KEY (account_id, invoice_id) REFERENCES purser.invoices(account_id, id),
  constraint invoice_lines_credit_package_id_fkey FOREIGN KEY (credit_package_id) REFERENCES purser.credit_packages(id),
  constraint invoice_lines_check CHECK ((amount_minor = (quantity * unit_amount_minor))),
  constraint invoice_lines_credits_check CHECK ((credits > 0)),
  constraint invoice_lines_position_check CHECK (("position" > 0)),
  constraint invoice_lines_quantity_check CHECK ((quantity > 0)),
  constraint invoice_lines_tax_category_check CHECK ((tax_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
  constraint invoice_lines_tax_minor_check CHECK ((tax_minor >= 0)),
  constraint invoice_lines_tax_rate_basis_points_check CHECK (((tax_rate_basis_points >= 0) AND (tax_rate_basis_points <= 10000))),
  constraint invoice_lines_unit_amount_minor_check CHECK ((unit_amount_minor >= 0))
);
alter table purser.invoice_lines enable row level security;
alter table purser.invoice_lines force row level security;
create policy tenant on purser.invoice_lines
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER keep_issued_lines BEFORE INSERT OR DELETE OR UPDATE ON purser.invoice_lines FOR EACH ROW EXECUTE FUNCTION purser.keep_issued_lines();
grant delete, insert, select, update on purser.invoice_lines to purser_app;

create table purser.invoice_number_counters (
  seller_id uuid not null,
  series text not null,
  period character(7) not null,
  last_number bigint not null,
  constraint invoice_number_counters_pkey PRIMARY KEY (seller_id, series, period),
  constraint invoice_number_counters_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES purser.sellers(id),
  constraint invoice_number_counters_last_number_check CHECK ((last_number > 0)),
  constraint invoice_number_counters_period_check CHECK ((period ~ '^[0-9]{4}-[0-9]{2}$'::text))
);
alter table purser.invoice_number_counters enable row level security;
alter table purser.invoice_number_counters force row level security;
create policy system_only on purser.invoice_number_counters
  using (( SELECT purser.in_system_scope() AS in_system_scope))
  with check (( SELECT purser.in_system_scope() AS in_system_scope));
grant delete, insert, select, update on purser.invoice_number_counters to purser_app;

create table purser.invoices (
  id uuid not null,
  account_id uuid not null,
  seller_id uuid not null,
  status text not null,
  purpose text not null,
  series text,
  period character(7),
  sequence bigint,
  number text,
  currency character(3) not null,
  issued_on date,
  due_on date,
  issued_at timestamp with time zone,
  subtotal_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  amount_paid_minor bigint not null,
  seller jsonb not null,
  buyer jsonb not null,
  paid_at timestamp with time zone,
  voided_at timestamp with time zone,
  void_reason text,
  last_payment_error jsonb,
  announce_at timestamp with time zone,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint invoices_pkey PRIMARY KEY (id),
  constraint invoices_account_id_id_key UNIQUE (account_id, id),
  constraint invoices_number_key UNIQUE (number),
  constraint invoices_seller_id_series_period_sequence_key UNIQUE (seller_id, series, period, sequence),
  constraint invoices_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint invoices_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES purser.sellers(id),
  constraint invoices_check CHECK ((total_minor = (subtotal_minor + tax_minor))),
  constraint invoices_check1 CHECK (((amount_paid_minor >= 0) AND (amount_paid_minor <= total_minor))),
  constraint invoices_check2 CHECK (((status = 'draft'::text) = (number IS NULL))),
  constraint invoices_check3 CHECK (((status = 'draft'::text) OR ((series IS NOT NULL) AND (period IS NOT NULL) AND (sequence IS NOT NULL) AND (issued_on IS NOT NULL) AND (due_on IS NOT NULL) AND (issued_at IS NOT NULL)))),
  constraint invoices_check4 CHECK (((status <> 'paid'::text) OR ((amount_paid_minor = total_minor) AND (paid_at IS NOT NULL)))),
  constraint invoices_check5 CHECK (((status <> 'void'::text) OR ((voided_at IS NOT NULL) AND (void_reason IS NOT NULL)))),
  constraint invoices_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint invoices_purpose_check CHECK ((purpose = ANY (ARRAY['credit_purchase'::text, 'manual'::text]))),
  constraint invoices_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'pending'::text, 'paid'::text, 'void'::text, 'uncollectible'::text]))),
  constraint invoices_subtotal_minor_check CHECK ((subtotal_minor >= 0)),
  constraint invoices_tax_minor_check CHECK ((tax_minor >= 0))
);
CREATE INDEX invoices_account_issued ON purser.invoices USING btree (account_id, issued_on DESC, id DESC);
CREATE INDEX invoices_account_status ON purser.invoices USING btree (account_id, status, issued_on DESC, id DESC);
CREATE INDEX invoices_due_announcements ON purser.invoices USING btree (announce_at) WHERE (announce_at IS NOT NULL);
CREATE INDEX invoices_due_expiries ON purser.invoices USING btree (expires_at) WHERE (expires_at IS NOT NULL);
alter table purser.invoices enable row level security;
alter table purser.invoices force row level security;
create policy tenant on purser.invoices
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER keep_issued_invoice BEFORE DELETE OR UPDATE ON purser.invoices FOR EACH ROW EXECUTE FUNCTION purser.keep_issued_invoice();
grant delete, insert, select, update on purser.invoices to purser_app;

create table purser.ledger_entries (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  debit_account text not null,
  credit_account text not null,
  units bigint not null,
  available_after bigint not null,
  held_after bigint not null,
  reason_key text not null,
  details jsonb not null,
  actor_type text not null,
  actor_id uuid,
  occurred_at timestamp with time zone not null,
  constraint ledger_entries_pkey PRIMARY KEY (id),
  constraint ledger_entries_account_id_reason_key_key UNIQUE (account_id, reason_key),
  constraint ledger_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint ledger_entries_available_after_check CHECK ((available_after >= 0)),
  constraint ledger_entries_check CHECK ((debit_account <> credit_account)),
  constraint ledger_entries_credit_account_check CHECK ((credit_account = ANY (ARRAY['counter'::text, 'available'::text, 'held'::text]))),
  constraint ledger_entries_debit_account_check CHECK ((debit_account = ANY (ARRAY['counter'::text, 'available'::text, 'held'::text]))),
  constraint ledger_entries_held_after_check CHECK ((held_after >= 0)),
  constraint ledger_entries_units_check CHECK ((units > 0))
);
CREATE INDEX ledger_entries_account ON purser.ledger_entries USING btree (account_id, occurred_at DESC, id DESC);
alter table purser.ledger_entries enable row level security;
alter table purser.ledger_entries force row level security;
create policy tenant on purser.ledger_entries
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.ledger_entries FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.ledger_entries to purser_app;

create table purser.ledger_entry_lots (
  entry_id uuid not null,
  lot_id uuid not null,
  account_id uuid not null,
  units bigint not null,
  constraint ledger_entry_lots_pkey PRIMARY KEY (entry_id, lot_id),
  constraint ledger_entry_lots_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint ledger_entry_lots_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES purser.ledger_entries(id),
  constraint ledger_entry_lots_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES purser.credit_lots(id),
  constraint ledger_entry_lots_units_check CHECK ((units <> 0))
);
CREATE INDEX ledger_entry_lots_lot ON purser.ledger_entry_lots USING btree (lot_id);
alter table purser.ledger_entry_lots enable row level security;
alter table purser.ledger_entry_lots force row level security;
create policy tenant on purser.ledger_entry_lots
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.ledger_entry_lots FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.ledger_entry_lots FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.ledger_entry_lots to purser_app;

create view purser.ledger_postings as
 SELECT ledger_entries.id AS entry_id,
    ledger_entries.account_id,
    ledger_entries.debit_account AS ledger_account,
    (- ledger_entries.units) AS units,
    ledger_entries.occurred_at
   FROM purser.ledger_entries
UNION ALL
 SELECT ledger_entries.id AS entry_id,
    ledger_entries.account_id,
    ledger_entries.credit_account AS ledger_account,
    ledger_entries.units,
    ledger_entries.occurred_at
   FROM purser.ledger_entries;
grant delete, insert, select, update on purser.ledger_postings to purser_app;

create table purser.memberships (
  account_id uuid not null,
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  constraint memberships_pkey PRIMARY KEY (account_id, user_id),
  constraint memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES purser_auth."user"(id),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'billing'::text, 'member'::text, 'viewer'::text])))
);
CREATE UNIQUE INDEX memberships_one_owner ON purser.memberships USING btree (account_id) WHERE (role = 'owner'::text);
CREATE INDEX memberships_user ON purser.memberships USING btree (user_id);
alter table purser.memberships enable row level security;
alter table purser.memberships force row level security;
create policy tenant on purser.memberships
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id)) OR (user_id = ( SELECT purser.scope_user_id() AS scope_user_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.memberships to purser_app;

create table purser.payment_allocations (
  payment_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null,
  amount_minor bigint not null,
  allocated_at timestamp with time zone not null,
  constraint payment_allocations_pkey PRIMARY KEY (payment_id, invoice_id),
  constraint payment_allocations_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint payment_allocations_account_id_invoice_id_fkey FOREIGN KEY (account_id, invoice_id) REFERENCES purser.invoices(account_id, id),
  constraint payment_allocations_account_id_payment_id_fkey FOREIGN KEY (account_id, payment_id) REFERENCES purser.payments(account_id, id),
  constraint payment_allocations_amount_minor_check CHECK ((amount_minor > 0))
);
CREATE INDEX payment_allocations_invoice ON purser.payment_allocations USING btree (invoice_id);
alter table purser.payment_allocations enable row level security;
alter table purser.payment_allocations force row level security;
create policy tenant on purser.payment_allocations
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.payment_allocations FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.payment_allocations FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.payment_allocations to purser_app;

create table purser.payment_invoices (
  payment_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null,
  amount_minor bigint not null,
  is_collectable boolean not null,
  constraint payment_invoices_pkey PRIMARY KEY (payment_id, invoice_id),
  constraint payment_invoices_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint payment_invoices_account_id_invoice_id_fkey FOREIGN KEY (account_id, invoice_id) REFERENCES purser.invoices(account_id, id),
  constraint payment_invoices_account_id_payment_id_fkey FOREIGN KEY (account_id, payment_id) REFERENCES purser.payments(account_id, id),
  constraint payment_invoices_amount_minor_check CHECK ((amount_minor > 0))
);
CREATE UNIQUE INDEX payment_invoices_one_collectable ON purser.payment_invoices USING btree (invoice_id) WHERE is_collectable;
alter table purser.payment_invoices enable row level security;
alter table purser.payment_invoices force row level security;
create policy tenant on purser.payment_invoices
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.payment_invoices to purser_app;

create table purser.payment_options (
  id uuid not null,
  country character(2),
  method text not null,
  gateway text not null,
  is_enabled boolean not null,
  display_name text not null,
  instructions text,
  details jsonb not null,
  sort_order integer not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint payment_options_pkey PRIMARY KEY (id),
  constraint payment_options_country_method_key UNIQUE NULLS NOT DISTINCT (country, method),
  constraint payment_options_country_check CHECK ((country ~ '^[A-Z]{2}$'::text))
);
grant delete, insert, select, update on purser.payment_options to purser_app;

create table purser.payment_transitions (
  id uuid not null,
  payment_id uuid not null,
  account_id uuid not null,
  from_status text not null,
  to_status text not null,
  cause text not null,
  occurred_at timestamp with time zone not null,
  constraint payment_transitions_pkey PRIMARY KEY (id),
  constraint payment_transitions_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint payment_transitions_account_id_payment_id_fkey FOREIGN KEY (account_id, payment_id) REFERENCES purser.payments(account_id, id)
);
CREATE INDEX payment_transitions_payment ON purser.payment_transitions USING btree (payment_id, id);
alter table purser.payment_transitions enable row level security;
alter table purser.payment_transitions force row level security;
create policy tenant on purser.payment_transitions
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON purser.payment_transitions FOR EACH ROW EXECUTE FUNCTION purser.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON purser.payment_transitions FOR EACH STATEMENT EXECUTE FUNCTION purser.refuse_change();
grant insert, select on purser.payment_transitions to purser_app;

create table purser.payments (
  id uuid not null,
  account_id uuid not null,
  method text not null,
  gateway text not null,
  status text not null,
  amount_minor bigint not null,
  currency character(3) not null,
  gateway_reference text,
  method_details jsonb,
  last_error jsonb,
  attention text,
  created_at timestamp with time zone not null,
  status_changed_at timestamp with time zone not null,
  succeeded_at timestamp with time zone,
  check_due_at timestamp with time zone,
  checks integer not null,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_account_id_id_key UNIQUE (account_id, id),
  constraint payments_gateway_gateway_reference_key UNIQUE (gateway, gateway_reference),
  constraint payments_account_id_fkey FOREIGN KEY (account_id) REFERENCES purser.accounts(id),
  constraint payments_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payments_checks_check CHECK ((checks >= 0)),
  constraint payments_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payments_status_check CHECK ((status = ANY (ARRAY['created'::text, 'requires_payment_method'::text, 'requires_action'::text, 'processing'::text, 'awaiting_transfer'::text, 'pending_approval'::text, 'succeeded'::text, 'failed'::text, 'rejected'::text, 'canceled'::text])))
);
CREATE INDEX payments_account ON purser.payments USING btree (account_id, created_at DESC, id DESC);
CREATE INDEX payments_due_checks ON purser.payments USING btree (check_due_at) WHERE (check_due_at IS NOT NULL);
alter table purser.payments enable row level security;
alter table purser.payments force row level security;
create policy tenant on purser.payments
  using ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))))
  with check ((( SELECT purser.in_system_scope() AS in_system_scope) OR (account_id = ( SELECT purser.scope_account_id() AS scope_account_id))));
grant delete, insert, select, update on purser.payments to purser_app;

create table purser.schema_migrations (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);
grant select on purser.schema_migrations to purser_app;
comment on table purser.schema_migrations is 'The migrations applied to this database, written by the runner alone';

create table purser.sellers (
  id uuid not null,
  name text not null,
  legal_name text not null,
  line1 text not null,
  line2 text,
  city text not null,
  state text,
  postal_code text,
  country character(2) not null,
  tax_id text,
  email text not null,
  website text,
  time_zone text not null,
  invoice_terms text not null,
  invoice_footer text not null,
  updated_at timestamp with time zone not null,
  constraint sellers_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on purser.sellers to purser_app;

create table purser.staff (
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  constraint staff_pkey PRIMARY KEY (user_id),
  constraint staff_user_id_fkey FOREIGN KEY (user_id) REFERENCES purser_auth."user"(id),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'finance'::text, 'support'::text, 'read_only'::text])))
);
alter table purser.staff enable row level security;
alter table purser.staff force row level security;
create policy system_only on purser.staff
  using (( SELECT purser.in_system_scope() AS in_system_scope))
  with check (( SELECT purser.in_system_scope() AS in_system_scope));
grant delete, insert, select, update on purser.staff to purser_app;
