import pg from 'pg';
import type { ClientConfig } from 'pg';

/**
 * Prints the schema `purser` of a migrated database from its catalog, as SQL a person reads: functions, then each table
 * with its columns, constraints, indexes, row security, triggers and grants. The order is by name, columns in their own,
 * so that the text changes only when the schema does.
 */
export async function schemaSql(connection: ClientConfig): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    // Names in the answers of the catalog are shown with their schema whatever the caller's search path is.
    await client.query(`begin isolation level repeatable read read only; set local search_path = ''`);
    const read = async (sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
    const schema: Schema = {
      types: await read(TYPES),
      sequences: await read(SEQUENCES),
      routines: await read(ROUTINES),
      relations: await read(RELATIONS),
      columns: await read(COLUMNS),
      constraints: await read(CONSTRAINTS),
      indexes: await read(INDEXES),
      policies: await read(POLICIES),
      triggers: await read(TRIGGERS),
      grants: await read(GRANTS),
      comments: await read(COMMENTS),
    };
    await client.query('commit');
    return print(schema);
  } finally {
    await client.end();
  }
}

/** A part of a relation (`relation` is its name, else null) and the SQL that makes it. */
type Row = { relation: string | null; sql: string };
type Part =
  | 'types'
  | 'sequences'
  | 'routines'
  | 'relations'
  | 'columns'
  | 'constraints'
  | 'indexes'
  | 'policies'
  | 'triggers'
  | 'grants'
  | 'comments';
type Schema = Record<Part, Row[]>;

function print(schema: Schema): string {
  const loose = (part: Part): string[] => schema[part].filter((row) => row.relation === null).map((row) => row.sql);
  const sections = [
    '-- The schema of Purser’s own tables, printed from a migrated database. Generated; the migrations are what counts.\n\ncreate schema purser;',
    ...loose('types'),
    ...loose('sequences'),
    ...loose('routines'),
    ...schema.relations.map((relation) => printRelation(schema, relation)),
    ...loose('comments'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function printRelation(schema: Schema, { relation, sql }: Row): string {
  const of = (part: Part): string[] => schema[part].filter((row) => row.relation === relation).map((row) => row.sql);
  const isTable = sql.startsWith('create table');
  const inside = [...of('columns'), ...of('constraints')].map((line) => `  ${line}`).join(',\n');
  const created = isTable ? sql.replace('()', () => `(\n${inside}\n)`) : sql;
  return [created, ...of('indexes'), ...of('policies'), ...of('triggers'), ...of('grants'), ...of('comments')].join(
    '\n',
  );
}

const OURS = `'purser'::regnamespace`;

const TYPES = `
  select null as relation, 'create type ' || t.oid::regtype || ' as enum (' ||
      (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid) || ');' as sql
    from pg_catalog.pg_type t where t.typnamespace = ${OURS} and t.typtype = 'e'
  union all
  select null, 'create domain ' || t.oid::regtype || ' as ' || pg_catalog.format_type(t.typbasetype, t.typtypmod) ||
      coalesce((select string_agg(' ' || pg_catalog.pg_get_constraintdef(c.oid), '' order by c.conname)
                  from pg_catalog.pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '') || ';'
    from pg_catalog.pg_type t where t.typnamespace = ${OURS} and t.typtype = 'd'
  order by 2`;

/** Sequences that stand alone; those of identity columns belong to their column. */
const SEQUENCES = `
  select null as relation, 'create sequence ' || s.seqrelid::regclass || ' as ' || pg_catalog.format_type(s.seqtypid, null) ||
      ' increment ' || s.seqincrement || ' start ' || s.seqstart || ';' as sql
    from pg_catalog.pg_sequence s join pg_catalog.pg_class c on c.oid = s.seqrelid
    where c.relnamespace = ${OURS} and not exists
      (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype in ('i', 'a') and d.refobjsubid > 0)
    order by 2`;

const ROUTINES = `
  select null as relation, pg_catalog.btrim(pg_catalog.pg_get_functiondef(p.oid), E'\\n') || ';' as sql
    from pg_catalog.pg_proc p where p.pronamespace = ${OURS} and p.prokind in ('f', 'p')
      and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)`;

const RELATIONS = `
  select c.relname as relation,
      case when c.relkind = 'v' then 'create view ' || c.oid::regclass || ' as' || E'\\n' || pg_catalog.pg_get_viewdef(c.oid)
           when c.relkind = 'm' then 'create materialized view ' || c.oid::regclass || ' as' || E'\\n' || pg_catalog.pg_get_viewdef(c.oid)
           when c.relispartition then 'create table ' || c.oid::regclass || ' partition of ' ||
             (select i.inhparent::regclass::text from pg_catalog.pg_inherits i where i.inhrelid = c.oid) || ' ' ||
             pg_catalog.pg_get_expr(c.relpartbound, c.oid) || ';'
           else 'create table ' || c.oid::regclass || ' ()' ||
             case when c.relkind = 'p' then ' partition by ' || pg_catalog.pg_get_partkeydef(c.oid) else '' end || ';'
      end as sql
    from pg_catalog.pg_class c where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v', 'm') order by c.relname`;

const COLUMNS = `
  select c.relname as relation,
      pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) ||
      case when a.attcollation <> t.typcollation
        then ' collate ' || (select pg_catalog.quote_ident(l.collname) from pg_catalog.pg_collation l where l.oid = a.attcollation) else '' end ||
      case when a.attidentity = 'a' then ' generated always as identity' when a.attidentity = 'd' then ' generated by default as identity'
           when a.attgenerated <> '' then ' generated always as (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ')' ||
             case a.attgenerated when 's' then ' stored' else '' end
           when d.adbin is not null then ' default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) else '' end ||
      case when a.attnotnull then ' not null' else '' end as sql
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = ${OURS} and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`;

/** Not-null constraints stand at their column; PostgreSQL 18 lists them here too, older ones do not. */
const CONSTRAINTS = `
  select c.relname as relation, 'constraint ' || pg_catalog.quote_ident(k.conname) || ' ' || pg_catalog.pg_get_constraintdef(k.oid) as sql
    from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
    where c.relnamespace = ${OURS} and k.contype in ('p', 'u', 'f', 'c', 'x') and not c.relispartition
    order by c.relname, pg_catalog.strpos('pufcx', k.contype::text), k.conname`;

const INDEXES = `
  select c.relname as relation, pg_catalog.pg_get_indexdef(i.indexrelid) || ';' as sql
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indrelid join pg_catalog.pg_class x on x.oid = i.indexrelid
    where c.relnamespace = ${OURS} and not c.relispartition
      and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname, x.relname`;

const POLICIES = `
  select c.relname as relation, 'alter table ' || c.oid::regclass || ' enable row level security;' ||
      case when c.relforcerowsecurity then E'\\n' || 'alter table ' || c.oid::regclass || ' force row level security;' else '' end as sql, '' as name
    from pg_catalog.pg_class c where c.relnamespace = ${OURS} and c.relrowsecurity
  union all
  select p.tablename, 'create policy ' || pg_catalog.quote_ident(p.policyname) || ' on purser.' || pg_catalog.quote_ident(p.tablename) ||
      case when p.permissive = 'RESTRICTIVE' then ' as restrictive' else '' end ||
      case when p.cmd = 'ALL' then '' else ' for ' || pg_catalog.lower(p.cmd) end ||
      case when p.roles = '{public}' then '' else ' to ' || pg_catalog.array_to_string(p.roles, ', ') end ||
      coalesce(E'\\n  using (' || p.qual || ')', '') ||
      coalesce(E'\\n  with check (' || p.with_check || ')', '') || ';', p.policyname
    from pg_catalog.pg_policies p where p.schemaname = 'purser'
  order by 1, 3`;

const TRIGGERS = `
  select c.relname as relation, pg_catalog.pg_get_triggerdef(t.oid) || ';' as sql
    from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
    where c.relnamespace = ${OURS} and not t.tgisinternal and t.tgparentid = 0 order by c.relname, t.tgname`;

/** What the app may do with a table; the owner may do everything. */
const GRANTS = `
  select c.relname as relation, 'grant ' || pg_catalog.string_agg(pg_catalog.lower(g.privilege_type), ', ' order by g.privilege_type) ||
      ' on ' || c.oid::regclass || ' to purser_app;' as sql
    from pg_catalog.pg_class c, lateral pg_catalog.aclexplode(c.relacl) g
    where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v', 'm') and g.grantee = 'purser_app'::regrole
    group by c.oid, c.relname order by c.relname`;

const COMMENTS = `
  select c.relname as relation, 'comment on ' ||
      case when d.objsubid > 0 then 'column ' || c.oid::regclass || '.' || pg_catalog.quote_ident(a.attname)
           when c.relkind = 'v' then 'view ' || c.oid::regclass else 'table ' || c.oid::regclass end ||
      ' is ' || pg_catalog.quote_literal(d.description) || ';' as sql, d.objsubid as place
    from pg_catalog.pg_description d join pg_catalog.pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass
    left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
    where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v')
  union all
  select null, 'comment on ' || case p.prokind when 'p' then 'procedure ' else 'function ' end || p.oid::regprocedure ||
      ' is ' || pg_catalog.quote_literal(d.description) || ';', 0
    from pg_catalog.pg_description d join pg_catalog.pg_proc p on p.oid = d.objoid and d.classoid = 'pg_proc'::regclass
    where p.pronamespace = ${OURS}
  order by 1, 3, 2`;
