-- Transfers that people look at: what their payers say of them, the proofs they send, and what staff decide.

-- The policies look at the scope for the owner of the tables too.
select set_config('purser.scope', 'system', true);

alter table purser.payments
  -- When a transfer nobody has declared ends, and when its payer is reminded of it; null for every other payment.
  add column expires_at timestamptz,
  add column remind_at timestamptz;
create index payments_expiring on purser.payments (expires_at) where status = 'awaiting_transfer';
create index payments_reminding on purser.payments (remind_at) where status = 'awaiting_transfer';
-- Staff look at those that wait longest first.
create index payments_status on purser.payments (status, status_changed_at, id);

-- What a payer says of the transfer they made. Said anew it is a new row; the last one counts.
create table purser.transfer_declarations (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  payment_id uuid not null,
  method text not null,
  payer_name text,
  payer_account text,
  transaction_id text,
  -- The transaction id without what people write differently: letters and digits, upper case.
  transaction_key text,
  paid_on date,
  note text,
  declared_by uuid,
  declared_at timestamptz not null,
  foreign key (account_id, payment_id) references purser.payments (account_id, id)
);
create index transfer_declarations_payment on purser.transfer_declarations (payment_id, id);
create index transfer_declarations_key on purser.transfer_declarations (method, transaction_key)
  where transaction_key is not null;
call purser.make_append_only('purser.transfer_declarations');
call purser.protect_tenant_table('purser.transfer_declarations');

-- Whether any other payment names the same transaction. It looks at every account and answers yes or no, so that one
-- account learns nothing of another.
create function purser.transaction_is_known(wanted_method text, wanted_key text, besides uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  known boolean;
  scope_before text := coalesce(current_setting('purser.scope', true), '');
begin
  perform set_config('purser.scope', 'system', true);
  known := exists (
    select from purser.transfer_declarations
    where method = wanted_method and transaction_key = wanted_key and payment_id <> besides
  );
  perform set_config('purser.scope', scope_before, true);
  return known;
end $$;
revoke execute on function purser.transaction_is_known(text, text, uuid) from public;
grant execute on function purser.transaction_is_known(text, text, uuid) to purser_app;

create table purser.transfer_proofs (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  payment_id uuid not null,
  file_id uuid not null,
  filename text not null,
  content_type text not null,
  size integer not null check (size > 0),
  uploaded_at timestamptz not null,
  -- Set when its payer took it back before it was looked at.
  removed_at timestamptz,
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  foreign key (account_id, file_id) references purser.files (account_id, id)
);
create index transfer_proofs_payment on purser.transfer_proofs (payment_id, id);
call purser.protect_tenant_table('purser.transfer_proofs');

-- What staff decided, once per payment.
create table purser.transfer_reviews (
  payment_id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  decision text not null check (decision in ('approved', 'rejected')),
  -- What arrived.
  amount_minor bigint check (amount_minor > 0),
  -- What the payer is told of a rejection.
  reason text,
  -- What staff wrote down for themselves.
  note text,
  reviewed_by uuid,
  reviewed_at timestamptz not null,
  foreign key (account_id, payment_id) references purser.payments (account_id, id),
  check ((decision = 'approved') = (amount_minor is not null)),
  check ((decision = 'rejected') = (reason is not null))
);
call purser.make_append_only('purser.transfer_reviews');
call purser.protect_tenant_table('purser.transfer_reviews');
