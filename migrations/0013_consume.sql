-- Spending credits. `consume_one` is one request in the caller's transaction and scope; `consume_batch` is many
-- requests of many accounts, in one statement and so in one commit. Both run with the rights of the caller.
--
-- The balance row is locked first, and everything else of the account's credits changes only under that lock. Each
-- statement of a function sees what was committed before it, so that lots are never read from before the wait.

-- A UUIDv7 for what the database itself has to write down: 48 bits of the instant, then chance.
create function purser.new_id(at timestamptz) returns uuid
  language sql volatile parallel safe
  return encode(
    set_byte(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
      6, (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112
    ), 'hex')::uuid;

-- What became of one request. Of a success, also of a repeated one, the entry, what it spent and the balance after it;
-- of a refusal for want of credits, what was needed and what there is; of any other refusal, the status alone.
create type purser.consumption as (
  position integer,
  status text,
  entry_id uuid,
  units bigint,
  available bigint,
  held bigint,
  cost_id uuid,
  occurred_at timestamptz
);

-- The version that prices a variant at an instant: its own, else that of every variant. No row when there is none.
create function purser.cost_in_force(p_operation uuid, p_variant text, p_at timestamptz)
  returns setof purser.operation_costs language sql stable parallel safe rows 1
begin atomic
  select cost.* from purser.operation_costs cost
  where operation_id = p_operation and variant in (p_variant, '') and effective_from <= p_at and withdrawn_at is null
  order by variant <> p_variant, effective_from desc, version desc
  limit 1;
end;

-- Writes the expiry of what can no longer be spent. The caller holds the lock of the balance row; what holds have
-- reserved expires when they end. Answers how many lots it was.
create function purser.expire_due_lots(p_account uuid, p_now timestamptz) returns integer language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  v_lot record;
  v_balance purser.credit_balances;
  v_entry uuid;
  v_count integer := 0;
begin
  select * into strict v_balance from purser.credit_balances where account_id = p_account;
  for v_lot in
    select id, kind, remaining, expires_at from purser.credit_lots
    where account_id = p_account and is_open and expires_at <= p_now
    order by expires_at, (kind = 'purchased'), granted_at, id
  loop
    v_entry := purser.new_id(p_now);
    v_balance.available := v_balance.available - v_lot.remaining;
    v_balance.entries := v_balance.entries + 1;
    v_count := v_count + 1;
    insert into purser.ledger_entries (id, account_id, kind, debit_account, credit_account, units, available_after,
      held_after, reason_key, details, actor_type, occurred_at, sequence)
    values (v_entry, p_account, 'expiry', 'available', 'counter', v_lot.remaining, v_balance.available, v_balance.held,
      'expiry:' || v_lot.id || ':' || v_balance.entries,
      jsonb_build_object('lot_id', v_lot.id, 'lot_kind', v_lot.kind, 'expires_at', v_lot.expires_at),
      'system', p_now, v_balance.entries);
    insert into purser.ledger_entry_lots (entry_id, lot_id, account_id, units)
    values (v_entry, v_lot.id, p_account, -v_lot.remaining);
    update purser.credit_lots set remaining = 0 where id = v_lot.id;
  end loop;
  if v_count > 0 then
    update purser.credit_balances
    set available = v_balance.available, entries = v_balance.entries, last_entry_at = p_now
    where account_id = p_account;
  end if;
  return v_count;
end $$;

-- Counts one use in the roll-up of its day, on the account's calendar.
create function purser.count_usage(p_account uuid, p_day date, p_operation uuid, p_variant text, p_site uuid,
  p_user uuid, p_units bigint, p_quantity bigint) returns void language plpgsql as $$
begin
  insert into purser.usage_daily as daily (account_id, day, operation_id, variant, site_id, user_id, credits, quantity, events)
  values (p_account, p_day, p_operation, p_variant, p_site, p_user, p_units, p_quantity, 1)
  on conflict (account_id, day, operation_id, variant, site_id, user_id) do update
  set credits = daily.credits + excluded.credits, quantity = daily.quantity + excluded.quantity, events = daily.events + 1;
end $$;

-- Spends credits for one use of an operation, at most once for each key of the account. A refusal changes nothing but
-- the expiry that was due anyway. Raises only when the books are broken.
--
-- The planner must not take today's small tables as a reason to read tomorrow's large ones whole: a connection keeps the
-- plans it made first.
create function purser.consume_one(
  p_now timestamptz, p_id uuid, p_account uuid, p_key text, p_operation text, p_variant text, p_quantity bigint,
  p_site uuid, p_user uuid, p_reference text, p_metadata jsonb, p_actor_type text, p_actor uuid, p_request text
) returns purser.consumption language plpgsql
set jit = off set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  v_result purser.consumption;
  v_balance record;
  v_known record;
  v_price record;
  v_lot record;
  v_left bigint;
  v_taken bigint;
begin
  select balance.available, balance.held, balance.entries, greatest(p_now, balance.last_entry_at) as now,
    account.status, account.time_zone
  into v_balance
  from purser.credit_balances balance join purser.accounts account on account.id = balance.account_id
  where balance.account_id = p_account
  for no key update of balance;
  if not found then
    v_result.status := 'account_unknown';
    return v_result;
  end if;

  select entry.*, operation.code into v_known
  from purser.ledger_entries entry join purser.operations operation on operation.id = entry.operation_id
  where entry.account_id = p_account and entry.reason_key = 'consume:' || p_key;
  if found then
    if (v_known.code, v_known.variant, v_known.quantity, v_known.site_id, v_known.user_id, v_known.reference, v_known.metadata)
      is distinct from (p_operation, p_variant, p_quantity, p_site, p_user, p_reference, p_metadata)
    then
      v_result.status := 'key_reused';
      return v_result;
    end if;
    return (null::integer, 'replayed', v_known.id, v_known.units, v_known.available_after, v_known.held_after,
      v_known.cost_id, v_known.occurred_at)::purser.consumption;
  end if;

  if v_balance.status <> 'active' then
    v_result.status := 'account_' || v_balance.status;
    return v_result;
  end if;
  select operation.id, operation.is_active, cost.id as cost_id,
    purser.credits_for(p_quantity, cost.milli_credits_per_unit, cost.minimum_credits, cost.rounding) as units
  into v_price
  from purser.operations operation
  left join purser.cost_in_force(operation.id, p_variant, v_balance.now) cost on true
  where operation.code = p_operation;
  v_result.status := case
    when v_price.id is null then 'operation_unknown'
    when not v_price.is_active then 'operation_inactive'
    when v_price.cost_id is null then 'operation_unpriced'
  end;
  if v_result.status is not null then
    return v_result;
  end if;
  if p_site is not null
    and not exists (select from purser.sites where id = p_site and account_id = p_account and archived_at is null)
  then
    v_result.status := 'site_unknown';
    return v_result;
  end if;
  if p_user is not null
    and not exists (select from purser.memberships where account_id = p_account and user_id = p_user)
  then
    v_result.status := 'user_unknown';
    return v_result;
  end if;

  if exists (select from purser.credit_lots where account_id = p_account and is_open and expires_at <= v_balance.now) then
    perform purser.expire_due_lots(p_account, v_balance.now);
    select available, entries into strict v_balance.available, v_balance.entries
    from purser.credit_balances where account_id = p_account;
  end if;
  if v_price.units > v_balance.available then
    return (null::integer, 'insufficient', null::uuid, v_price.units, v_balance.available, v_balance.held,
      v_price.cost_id, null::timestamptz)::purser.consumption;
  end if;

  v_result := (null::integer, 'done', p_id, v_price.units, v_balance.available - v_price.units, v_balance.held,
    v_price.cost_id, v_balance.now)::purser.consumption;
  insert into purser.ledger_entries (id, account_id, kind, debit_account, credit_account, units, available_after,
    held_after, reason_key, details, actor_type, actor_id, occurred_at, sequence, operation_id, variant, quantity,
    cost_id, site_id, user_id, reference, metadata, request_id)
  values (p_id, p_account, 'consumption', 'available', 'counter', v_price.units, v_result.available, v_balance.held,
    'consume:' || p_key, '{}', p_actor_type, p_actor, v_balance.now, v_balance.entries + 1, v_price.id, p_variant,
    p_quantity, v_price.cost_id, p_site, p_user, p_reference, p_metadata, p_request);
  v_left := v_price.units;
  if v_left > 0 then
    for v_lot in
      select id, remaining from purser.credit_lots where account_id = p_account and is_open
      order by expires_at, (kind = 'purchased'), granted_at, id
    loop
      v_taken := least(v_lot.remaining, v_left);
      update purser.credit_lots set remaining = v_lot.remaining - v_taken where id = v_lot.id;
      insert into purser.ledger_entry_lots (entry_id, lot_id, account_id, units)
      values (p_id, v_lot.id, p_account, -v_taken);
      v_left := v_left - v_taken;
      exit when v_left = 0;
    end loop;
    if v_left > 0 then
      raise exception 'the lots of account % hold less than its balance', p_account using errcode = 'data_corrupted';
    end if;
  end if;
  update purser.credit_balances
  set available = v_result.available, entries = v_balance.entries + 1, last_entry_at = v_balance.now
  where account_id = p_account;
  perform purser.count_usage(p_account, (v_balance.now at time zone v_balance.time_zone)::date, v_price.id, p_variant,
    p_site, p_user, v_price.units, p_quantity);
  return v_result;
end $$;
