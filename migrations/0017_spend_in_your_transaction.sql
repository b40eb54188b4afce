-- Spending credits inside a transaction of the product that Purser bills for, when both share a database: the work and
-- the debit are committed together or not at all. `purser.consume` is what POST /v1/credits/consume/ is, with the same
-- keys, prices, order of spending and refusals; a refusal is an exception, so that work without its debit cannot be
-- committed by oversight. Its SQLSTATE is PU and the HTTP status, its DETAIL the problem as JSON.
--
-- The role purser_client may call it and read nothing. The operator grants that role to the product's own.

-- The twin of publicId() in src/shared/ids: 128 bits in 26 digits of Crockford's base32.
create function purser.public_id(p_prefix text, p_id uuid) returns text
  language sql immutable strict parallel safe
  return p_prefix || '_' || (
    select string_agg(
      substr('0123456789abcdefghjkmnpqrstvwxyz', substring(id.bits from 5 * place + 1 for 5)::bit(5)::integer + 1, 1), ''
      order by place)
    from (select b'00' || ('x' || replace(p_id::text, '-', ''))::bit(128) as bits) id, generate_series(0, 25) place
  );

-- The twin of uuidOfPublicId(): null for what is not a well-formed id with this prefix.
create function purser.uuid_of_public_id(p_prefix text, p_public_id text) returns uuid
  language sql immutable strict parallel safe
  return case when p_public_id ~ ('^' || p_prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$') then (
    select string_agg(lpad(to_hex(substring(id.bits from 32 * place + 3 for 32)::bit(32)::integer), 8, '0'), ''
      order by place)
    from (
      select string_agg(
        (strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(p_public_id, length(p_prefix) + 1 + digit, 1)) - 1)::bit(5)::text,
        '' order by digit)::varbit as bits
      from generate_series(1, 26) digit
    ) id, generate_series(0, 3) place
  )::uuid end;

-- Ends the transaction's statement with a problem of the API.
create function purser.refuse(p_status integer, p_code text, p_detail text, p_members jsonb default '{}')
  returns void language plpgsql as $$
begin
  raise exception using
    errcode = 'PU' || p_status, message = p_detail,
    detail = (jsonb_build_object('code', p_code, 'status', p_status, 'detail', p_detail) || p_members)::text;
end $$;

-- What was spent, with the names and public ids of the API.
create type purser.spent_credits as (
  id text,
  operation text,
  variant text,
  quantity bigint,
  credits bigint,
  balance bigint,
  held bigint,
  occurred_at timestamptz
);

-- The account a caller names: acc_… or ext: and the id the product itself has given it.
create function purser.account_named(p_name text) returns uuid language plpgsql stable as $$
declare
  v_account uuid;
begin
  if starts_with(p_name, 'ext:') then
    select id into v_account from purser.accounts where external_id = substr(p_name, 5);
  else
    select id into v_account from purser.accounts where id = purser.uuid_of_public_id('acc', p_name);
  end if;
  if v_account is null then
    perform purser.refuse(404, 'not_found', 'There is no account with this id.');
  end if;
  return v_account;
end $$;

-- Refuses what the API would not read: the same bounds as its contract.
create function purser.refuse_malformed_use(p_key text, p_operation text, p_quantity bigint, p_variant text, p_site text,
  p_user text, p_reference text, p_metadata jsonb) returns void language plpgsql immutable as $$
declare
  v_problem text := case
    when p_operation is null or length(p_operation) > 80 or p_operation !~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$'
      then 'operation must be a code such as content.generate'
    when p_quantity is null or p_quantity not between 1 and 1000000000
      then 'quantity must be a whole number from 1 to 1000000000'
    when length(p_variant) > 80 or p_variant !~ '^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$'
      then 'variant must be a name such as large-2, without spaces'
    when p_site is not null and purser.uuid_of_public_id('sit', p_site) is null then 'site must be an id such as sit_…'
    when p_user is not null and purser.uuid_of_public_id('usr', p_user) is null then 'user must be an id such as usr_…'
    when p_reference = '' or length(p_reference) > 200 or p_reference ~ '[\x01-\x1f\x7f-\x9f]'
      then 'reference must be one line of 1 to 200 characters'
    when p_metadata is not null and jsonb_typeof(p_metadata) <> 'object' then 'metadata must be an object'
    when p_metadata is not null and (
      (select count(*) from jsonb_object_keys(p_metadata)) > 20 or exists (
        select from jsonb_each(p_metadata) member
        where length(member.key) not between 1 and 40 or length(member.value #>> '{}') > 500
          or jsonb_typeof(member.value) not in ('string', 'number', 'boolean')
      )) then 'metadata must have at most 20 members of text, numbers or booleans'
  end;
begin
  if p_key is null then
    perform purser.refuse(400, 'idempotency_key_missing', 'A key is needed: an id of the work that is charged.');
  elsif p_key !~ '^[\x21-\x7e]{1,255}$' then
    v_problem := 'key must be 1 to 255 visible ASCII characters';
  end if;
  if v_problem is not null then
    perform purser.refuse(422, 'validation_failed', v_problem || '.');
  end if;
end $$;

-- Spends credits for one use of an operation, at most once for each key of the account, in the caller's transaction.
-- The account's balance stays locked until that transaction ends: call it last.
--
-- Runs as the owner of the books, since the caller may see none of them, and leaves the scope as it was.
create function purser.consume(account text, operation text, key text, quantity bigint default 1,
  variant text default null, site text default null, "user" text default null, reference text default null,
  metadata jsonb default null
) returns purser.spent_credits language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  v_reference constant text := regexp_replace(reference, '^\s+|\s+$', '', 'g');
  v_scope_before constant text := coalesce(current_setting('purser.scope', true), '');
  v_now timestamptz;
  v_spent purser.consumption;
begin
  perform purser.refuse_malformed_use(key, operation, quantity, variant, site, "user", v_reference, metadata);
  perform set_config('purser.scope', 'system', true);
  select date_trunc('milliseconds', clock_timestamp()) + offset_ms * interval '1 millisecond' into strict v_now
  from purser.clock;
  v_spent := purser.consume_one(v_now, purser.new_id(v_now), purser.account_named(account), key, operation,
    coalesce(variant, ''), quantity, purser.uuid_of_public_id('sit', site), purser.uuid_of_public_id('usr', "user"),
    v_reference, metadata, 'platform_key', null, 'database:' || session_user);
  perform set_config('purser.scope', v_scope_before, true);
  case v_spent.status
    when 'done', 'replayed' then
      return (purser.public_id('led', v_spent.entry_id), operation, variant, quantity, v_spent.units, v_spent.available,
        v_spent.held, v_spent.occurred_at)::purser.spent_credits;
    when 'insufficient' then
      perform purser.refuse(402, 'insufficient_credits', format(
        'This takes %s credits and there are %s: %s are missing. Buy credits, or ask for less.',
        v_spent.units, v_spent.available, v_spent.units - v_spent.available),
        jsonb_build_object('balance', v_spent.available, 'required', v_spent.units,
          'shortfall', v_spent.units - v_spent.available));
    when 'key_reused' then
      perform purser.refuse(422, 'idempotency_key_reused',
        'This key was used for another use. Repeat that one, or take a new key.');
    when 'account_suspended' then
      perform purser.refuse(403, 'account_suspended', 'The account is suspended.');
    when 'account_closed' then
      perform purser.refuse(403, 'forbidden', 'The account is closed.');
    when 'account_unknown' then
      perform purser.refuse(404, 'not_found', 'There is no account with this id.');
    when 'operation_unknown' then
      perform purser.refuse(422, v_spent.status, format('There is no operation “%s”.', operation));
    when 'operation_inactive' then
      perform purser.refuse(422, v_spent.status, format('The operation “%s” is not in use.', operation));
    when 'operation_unpriced' then
      perform purser.refuse(422, v_spent.status, format('The operation “%s” has no cost that is in force.', operation));
    when 'site_unknown' then
      perform purser.refuse(422, v_spent.status, 'The account has no site with this id.');
    when 'user_unknown' then
      perform purser.refuse(422, v_spent.status, 'The account has no member with this id.');
  end case;
  return null;
end $$;

revoke execute on function
  purser.consume(text, text, text, bigint, text, text, text, text, jsonb) from public, purser_app;
grant usage on schema purser to purser_client;
grant execute on function purser.consume(text, text, text, bigint, text, text, text, text, jsonb) to purser_client;
