-- The scope every query runs in, and the two guards the later tables use.
-- A transaction names its scope by local settings (purser.scope, purser.account_id, purser.user_id); row-level security
-- compares rows with them. Without a scope nothing is visible: the second wall behind the application's own checks.

create function purser.in_system_scope() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('purser.scope', true), '') = 'system';

create function purser.scope_account_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('purser.account_id', true), '')::uuid;

create function purser.scope_user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('purser.user_id', true), '')::uuid;

-- Refuses every change of a row that must stay as it was written.
create function purser.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: a correction is a new row', tg_table_name
    using errcode = 'restrict_violation';
end $$;

-- Makes a table append-only for everyone, its owner included.
create procedure purser.make_append_only(target regclass) language plpgsql as $$
begin
  execute format('create trigger refuse_change before update or delete on %s
    for each row execute function purser.refuse_change()', target);
  execute format('create trigger refuse_truncate before truncate on %s
    for each statement execute function purser.refuse_change()', target);
  execute format('revoke update, delete, truncate on %s from purser_app', target);
end $$;

-- Puts a tenant table behind row-level security: rows of the scope's account, or all in system scope.
-- The sub-selects are evaluated once per query, so that the index on account_id is used.
create procedure purser.protect_tenant_table(target regclass, account_column text default 'account_id') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s
    using ((select purser.in_system_scope()) or %I = (select purser.scope_account_id()))
    with check ((select purser.in_system_scope()) or %I = (select purser.scope_account_id()))',
    target, account_column, account_column);
end $$;

-- Puts a table without a tenant behind row-level security: visible in system scope only.
create procedure purser.protect_system_table(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy system_only on %s
    using ((select purser.in_system_scope())) with check ((select purser.in_system_scope()))', target);
end $$;

-- The offset of the system's clock to wall time. It only grows; it moves in sandbox mode alone.
create table purser.clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null check (offset_ms >= 0)
);
insert into purser.clock (offset_ms) values (0);

create function purser.refuse_clock_backwards() returns trigger language plpgsql as $$
begin
  if new.offset_ms < old.offset_ms then
    raise exception 'the clock only moves forward' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger forward_only before update on purser.clock
  for each row execute function purser.refuse_clock_backwards();

-- What this database is for: the sandbox with its simulated payments and demo logins, or the gateways' real test or live
-- mode. Written at the first start and never changed: data of the one is no data of the other.
create table purser.installation (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('sandbox', 'test', 'live')),
  -- Set while sample data is being made; such a database has nobody's data in it and may be emptied.
  samples_unfinished boolean not null,
  created_at timestamptz not null
);

-- What happened, by whom, and to what. Written in the transaction of the deed.
create table purser.audit_entries (
  id uuid primary key,
  account_id uuid,
  actor_type text not null check (actor_type in ('user', 'staff', 'account_key', 'platform_key', 'system')),
  actor_id uuid,
  action text not null,
  subject_type text not null,
  subject_id uuid,
  details jsonb not null,
  request_id text,
  happened_at timestamptz not null
);
create index audit_entries_account on purser.audit_entries (account_id, happened_at desc, id desc);
create index audit_entries_subject on purser.audit_entries (subject_type, subject_id);
call purser.make_append_only('purser.audit_entries');
call purser.protect_tenant_table('purser.audit_entries');
