-- Operations that spend credits, and what each costs. A cost is never changed: a change is a new version, in force now
-- or from an instant on, so that an old ledger entry still shows the version that priced it.

create table purser.operations (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$' and length(code) <= 80),
  name text not null,
  description text not null,
  -- What is counted: 'word', 'image', 'request'.
  unit text not null,
  is_active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table purser.operation_costs (
  id uuid primary key,
  operation_id uuid not null references purser.operations (id),
  -- The model or grade it is the cost of; '' is the cost of every variant without one of its own.
  variant text not null check (length(variant) <= 80),
  version integer not null check (version > 0),
  -- Thousandths of a credit. The bounds here and of a quantity keep their product within a bigint.
  milli_credits_per_unit bigint not null check (milli_credits_per_unit between 0 and 1000000000),
  minimum_credits bigint not null check (minimum_credits between 0 and 1000000000),
  rounding text not null check (rounding in ('up', 'half_up', 'down')),
  effective_from timestamptz not null,
  created_by uuid,
  created_at timestamptz not null,
  -- A version that was scheduled and taken back before it came into force.
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  unique (operation_id, variant, version),
  check (withdrawn_at is null or withdrawn_at < effective_from)
);
create index operation_costs_in_force on purser.operation_costs (operation_id, variant, effective_from desc, version desc)
  where withdrawn_at is null;

create function purser.keep_cost_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.withdrawn_at is not null
    or (new.id, new.operation_id, new.variant, new.version, new.milli_credits_per_unit, new.minimum_credits,
        new.rounding, new.effective_from, new.created_by, new.created_at)
      is distinct from
       (old.id, old.operation_id, old.variant, old.version, old.milli_credits_per_unit, old.minimum_credits,
        old.rounding, old.effective_from, old.created_by, old.created_at)
  then
    raise exception 'a cost is never changed: a change is a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_cost_version before update or delete on purser.operation_costs
  for each row execute function purser.keep_cost_version();
create trigger refuse_truncate before truncate on purser.operation_costs
  for each statement execute function purser.refuse_change();

-- The price of a whole quantity in whole credits: thousandths of a credit by unit, rounded once for the whole
-- quantity, and never less than the minimum. Its twin is creditsFor() in modules/catalog/operation-cost.ts.
create function purser.credits_for(quantity bigint, milli_credits_per_unit bigint, minimum_credits bigint, rounding text)
  returns bigint language sql immutable parallel safe
  return greatest(minimum_credits, (quantity * milli_credits_per_unit + case rounding
    when 'up' then 999 when 'half_up' then 500 else 0 end) / 1000);
