import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import pg from 'pg';
import { createEmptyDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { schemaSql } from './schema-sql.ts';

test('the printed schema is the same for every migrated database', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  try {
    const text = await schemaSql(one.connections.owner);
    assert.match(text, /create table purser\.invoices \(\n {2}id uuid not null,/);
    assert.equal(await schemaSql(other.connections.app), text);
  } finally {
    await Promise.all([one.drop(), other.drop()]);
  }
});

test('every part of a table is printed', async () => {
  const database = await createEmptyDatabase();
  const client = new pg.Client(database.connections.owner);
  await client.connect();
  try {
    await client.query(`
      create schema purser;
      create table purser.parents (id int generated always as identity primary key);
      create table purser.children (
        id uuid constraint named_key primary key,
        parent_id int not null references purser.parents,
        code text not null default 'x' check (code ~ '^[a-z]$'),
        "order" int,
        doubled int generated always as (parent_id * 2) stored
      );
      create index children_by_code on purser.children (code) where parent_id > 0;
      alter table purser.children enable row level security;
      create policy one_or_two on purser.children for select using (parent_id = 1 or parent_id = 2);
      create function purser.stop() returns trigger language plpgsql as 'begin return null; end';
      create trigger stops before delete on purser.children for each row execute function purser.stop();
      grant select, insert on purser.children to purser_app;
      comment on table purser.children is 'what it''s for';
      comment on column purser.children.code is 'a letter';
    `);
    const text = await schemaSql(database.connections.owner);
    const tables = text.slice(text.indexOf('create table'));
    assert.equal(
      tables,
      [
        'create table purser.children (',
        '  id uuid not null,',
        '  parent_id integer not null,',
        "  code text default 'x'::text not null,",
        '  "order" integer,',
        '  doubled integer generated always as ((parent_id * 2)) stored,',
        '  constraint named_key PRIMARY KEY (id),',
        '  constraint children_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES purser.parents(id),',
        "  constraint children_code_check CHECK ((code ~ '^[a-z]$'::text))",
        ');',
        'CREATE INDEX children_by_code ON purser.children USING btree (code) WHERE (parent_id > 0);',
        'alter table purser.children enable row level security;',
        'create policy one_or_two on purser.children for select',
        '  using (((parent_id = 1) OR (parent_id = 2)));',
        'CREATE TRIGGER stops BEFORE DELETE ON purser.children FOR EACH ROW EXECUTE FUNCTION purser.stop();',
        'grant insert, select on purser.children to purser_app;',
        "comment on table purser.children is 'what it''s for';",
        "comment on column purser.children.code is 'a letter';",
        '',
        'create table purser.parents (',
        '  id integer generated always as identity not null,',
        '  constraint parents_pkey PRIMARY KEY (id)',
        ');',
        '',
      ].join('\n'),
    );
    assert.match(text, /CREATE OR REPLACE FUNCTION purser\.stop\(\)/);
  } finally {
    await client.end();
    await database.drop();
  }
});
