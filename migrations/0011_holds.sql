-- Holds: credits set aside for work whose cost is known only afterwards. A hold names the lots it reserves, and the
-- cost version it was priced by, which also prices its capture.

create table purser.holds (
  id uuid primary key,
  account_id uuid not null references purser.accounts (id),
  status text not null check (status in ('open', 'captured', 'released', 'expired')),
  operation_id uuid not null references purser.operations (id),
  variant text not null,
  -- What was estimated, and the credits reserved for it.
  quantity bigint not null check (quantity between 1 and 1000000000),
  units bigint not null check (units >= 0),
  cost_id uuid not null references purser.operation_costs (id),
  site_id uuid,
  user_id uuid,
  reference text,
  metadata jsonb,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  -- The Idempotency-Key of the request that ended it; null when its time ran out.
  ended_key text,
  captured_quantity bigint check (captured_quantity between 1 and 1000000000),
  captured_units bigint check (captured_units between 0 and units),
  -- The balance once it had ended, for the same answer to a repetition.
  available_after bigint,
  held_after bigint,
  unique (account_id, id),
  check ((status = 'open') = (ended_at is null)),
  check ((status = 'captured') = (captured_quantity is not null and captured_units is not null))
);
create index holds_open on purser.holds (account_id, created_at) where status = 'open';
create index holds_expiring on purser.holds (expires_at) where status = 'open';
call purser.protect_tenant_table('purser.holds');

-- The reserved lots in the order they will be spent in.
create table purser.hold_lots (
  hold_id uuid not null,
  position integer not null,
  lot_id uuid not null,
  account_id uuid not null references purser.accounts (id),
  units bigint not null check (units > 0),
  primary key (hold_id, position),
  unique (hold_id, lot_id),
  foreign key (account_id, hold_id) references purser.holds (account_id, id),
  foreign key (account_id, lot_id) references purser.credit_lots (account_id, id)
);
create index hold_lots_lot on purser.hold_lots (lot_id);
call purser.make_append_only('purser.hold_lots');
call purser.protect_tenant_table('purser.hold_lots');
