-- Payment options: what kind of way to pay each is, and the currencies and amounts it takes.

-- The policies look at the scope for the owner of the tables too.
select set_config('purser.scope', 'system', true);

alter table purser.payment_options
  -- What the page shows for it: a card form, PayPal's buttons, or where to transfer the money.
  add column kind text not null default 'card' check (kind in ('card', 'paypal', 'transfer', 'wallet'));
update purser.payment_options set kind = 'paypal' where gateway = 'paypal';
update purser.payment_options set kind = 'transfer' where gateway = 'manual';

-- Without rows an option takes every currency and amount.
create table purser.payment_option_limits (
  option_id uuid not null references purser.payment_options (id) on delete cascade,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  min_minor bigint check (min_minor > 0),
  max_minor bigint check (max_minor > 0),
  primary key (option_id, currency),
  check (min_minor is null or max_minor is null or min_minor <= max_minor)
);
