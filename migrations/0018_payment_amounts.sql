-- What a payment brought and what of it was given back, and the terms a transfer was started with.

-- The policies look at the scope for the owner of the tables too.
select set_config('purser.scope', 'system', true);

alter table purser.payments
  -- What arrived: a transfer may bring less or more than was asked.
  add column received_minor bigint not null default 0 check (received_minor >= 0),
  -- What was given back or is on its way back; refunds that failed are not in it.
  add column refunded_minor bigint not null default 0,
  -- The payment option as it stood when the payment was started; null for what a gateway's own form asks.
  add column terms jsonb;

update purser.payments set received_minor = amount_minor where status = 'succeeded';

alter table purser.payments
  add check (refunded_minor between 0 and received_minor),
  add check (status <> 'succeeded' or received_minor > 0);
