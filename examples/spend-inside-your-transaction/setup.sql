-- What an administrator runs once, in the database that Purser and the product share: the product's own role and
-- schema, and the right to spend credits. The role sees nothing of Purser's.
do $$ begin
  if not exists (select from pg_roles where rolname = 'saas') then
    create role saas login;
  end if;
end $$;
grant purser_client to saas;
create schema if not exists saas authorization saas;

create table if not exists saas.articles (
  id bigint generated always as identity primary key,
  request_id text not null unique,
  customer_id text not null,
  title text not null,
  words integer not null
);
alter table saas.articles owner to saas;
