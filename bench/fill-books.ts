import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ClientConfig } from 'pg';
import { hashOfApiKey, newApiKey } from '#server/modules/accounts/index.ts';

/** How large the books are to be. */
export type BooksSize = {
  readonly accounts: number;
  /** Consumption entries in all, spread evenly over the accounts and over the last 180 days. */
  readonly entries: number;
};

/** What a bench needs to know to use the books. */
export type FilledBooks = {
  /** The accounts' public names: `ext:bench-1` and so on. */
  readonly accountNames: readonly string[];
  /** A platform key that may consume and read. */
  readonly key: string;
};

/** The operation every use is one of, at one credit for each unit. */
export const benchOperation = 'bench.consume';

/** What every account is given beyond what its entries spend, as the last to be spent. */
const spareUnits = 1_000_000_000;

/**
 * Fills an empty database with books that are in order (`purser verify` holds): accounts with three lots each, and
 * consumption entries with their lots and roll-ups, in the order of time, as an installation would have them after half
 * a year. Written by a few statements, with the indexes made afterwards.
 */
export async function fillBooks(owner: ClientConfig, size: BooksSize): Promise<FilledBooks> {
  const each = Math.floor(size.entries / size.accounts);
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `set local purser.scope = 'system'; set local maintenance_work_mem = '1GB'; set local work_mem = '256MB'`,
    );
    const key = newApiKey('test');
    await client.query(catalog, [randomUUID(), randomUUID(), benchOperation]);
    await client.query(
      `insert into purser.api_keys (id, name, hint, key_hash, scopes, created_at)
       values ($1, 'Bench', 'bench', $2, '{consume,read}', now())`,
      [randomUUID(), hashOfApiKey(key)],
    );
    await client.query(accounts, [size.accounts]);
    const rebuild = size.entries > 50_000 ? await dropIndexes(client, ['ledger_entries', 'ledger_entry_lots']) : [];
    await client.query(lotsAndGrants, [consumedBy(each), spareUnits]);
    if (each > 0) {
      await client.query(entries, [size.accounts, each, consumedBy(each) + 2 * lotUnits + spareUnits]);
      await client.query(rollUps);
    }
    for (const statement of rebuild) await client.query(statement);
    await client.query(balances);
    await client.query(namesForPgbench);
    await client.query('drop table bench_account');
    await client.query('commit');
    await client.query('vacuum analyze');
    return { accountNames: Array.from({ length: size.accounts }, (_, index) => `ext:bench-${String(index + 1)}`), key };
  } finally {
    await client.end();
  }
}

/** The units of the lots that are there beside the one that is spent. */
const lotUnits = 1_000_000;

/** What the first `count` entries of an account spend: 2, 3, 4, 5, 1 and again. */
function consumedBy(count: number): number {
  const rest = count % 5;
  return 15 * Math.floor(count / 5) + (rest * (rest + 3)) / 2;
}

/** An id as Purser's own: its instant, then what it counts. `kind` keeps ids of different tables apart. */
const idOf = (kind: string, at: string, account: string, count: string) => `
  (lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7${kind}8' || lpad(to_hex(${account}), 7, '0')
    || lpad(to_hex(${count}), 8, '0'))::uuid`;

const catalog = `
  with operation as (
    insert into purser.operations (id, code, name, description, unit, is_active, created_at, updated_at)
    values ($1, $3, 'Bench', '', 'unit', true, now(), now()) returning id
  )
  insert into purser.operation_costs (id, operation_id, variant, version, milli_credits_per_unit, minimum_credits,
    rounding, effective_from, created_at)
  select $2, id, '', 1, 1000, 0, 'up', now() - interval '1 year', now() from operation`;

const accounts = `
  create temporary table bench_account as
  select n, ${idOf('aaa', `now() - interval '181 days'`, 'n', '0')} as id from generate_series(1, $1::integer) n`;

/** Three lots: the first to expire pays for everything, so that each entry draws from one. */
const lotsAndGrants = `
  with account as (
    insert into purser.accounts (id, external_id, name, slug, status, billing_email, country, time_zone, locale, currency,
      created_at, updated_at)
    select id, 'bench-' || n, 'Bench ' || n, 'bench-' || n, 'active', 'bench@example.com', 'US', 'UTC', 'en', 'USD',
      now() - interval '181 days', now() - interval '181 days'
    from bench_account
  ), lot as (
    insert into purser.credit_lots (id, account_id, kind, units, remaining, expires_at, source_type, granted_at)
    select ${idOf('bbb', `now() - interval '181 days'`, 'n', 'place')}, id, kind,
      units, units - case place when 1 then $1::bigint else 0 end, expires_at, 'bench', now() - interval '181 days'
    from bench_account, (values
      (1, 'bonus', $1::bigint + $2::bigint, now() + interval '1 year'),
      (2, 'purchased', ${String(lotUnits)}, now() + interval '2 years'),
      (3, 'purchased', ${String(lotUnits)}, null)
    ) as lot (place, kind, units, expires_at)
    returning *
  ), entry as (
    insert into purser.ledger_entries (id, account_id, kind, debit_account, credit_account, units, available_after,
      held_after, reason_key, details, actor_type, occurred_at, sequence)
    select gen_random_uuid(), account_id, 'grant', 'counter', 'available', units,
      sum(units) over (partition by account_id order by id), 0, 'bench:' || id, '{}', 'system', granted_at,
      row_number() over (partition by account_id order by id)
    from lot returning *
  )
  insert into purser.ledger_entry_lots (entry_id, lot_id, account_id, units)
  select entry.id, substr(entry.reason_key, 7)::uuid, entry.account_id, entry.units from entry`;

/** One entry of every account after the other, n times over: the order of time. */
const entries = `
  with written as (
    insert into purser.ledger_entries (id, account_id, kind, debit_account, credit_account, units, available_after,
      held_after, reason_key, details, actor_type, occurred_at, sequence, operation_id, variant, quantity, cost_id)
    select ${idOf('ccc', 'use.at', 'use.n', 'use.count')}, use.account_id, 'consumption', 'available', 'counter', use.units,
      $3::bigint - (15 * (use.count / 5) + (use.count % 5) * (use.count % 5 + 3) / 2), 0,
      'consume:bench-' || use.count, '{}', 'platform_key', use.at, use.count + 3, cost.operation_id, '', use.units, cost.id
    from (
      select bench_account.id as account_id, bench_account.n, count, 1 + count % 5 as units,
        date_trunc('milliseconds', now() - interval '180 days' + count * (interval '180 days' / $2::integer)) as at
      from generate_series(1, $2::integer) count, generate_series(1, $1::integer) number
      join bench_account on bench_account.n = number
    ) use, purser.operation_costs cost
    returning id, account_id, units
  )
  insert into purser.ledger_entry_lots (entry_id, lot_id, account_id, units)
  select written.id, lot.id, written.account_id, -written.units
  from written join purser.credit_lots lot on lot.account_id = written.account_id and lot.kind = 'bonus'`;

const rollUps = `
  insert into purser.usage_daily (account_id, day, operation_id, variant, credits, quantity, events)
  select account_id, (occurred_at at time zone 'UTC')::date, operation_id, variant, sum(units), sum(quantity), count(*)
  from purser.ledger_entries where kind = 'consumption' group by 1, 2, 3, 4`;

const balances = `
  insert into purser.credit_balances (account_id, available, held, entries, last_entry_at)
  select account_id, sum(case kind when 'grant' then units else -units end), 0, count(*), max(occurred_at)
  from purser.ledger_entries group by account_id`;

/** What pgbench chooses accounts from; a schema of its own, because it is nothing of the product's. */
const namesForPgbench = `
  create schema bench;
  create table bench.accounts as select n, id from bench_account;
  alter table bench.accounts add primary key (n);
  grant usage on schema bench to purser_app;
  grant select on bench.accounts to purser_app`;

/** Drops the indexes of tables that are about to be filled. Answers the statements that make them again. */
async function dropIndexes(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ dropping: string; making: string }>(
    `select 'alter table purser.' || relname || ' drop constraint ' || quote_ident(conname) as dropping,
       'alter table purser.' || relname || ' add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(c.oid) as making
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where t.relnamespace = 'purser'::regnamespace and relname = any ($1) and contype in ('p', 'u')
     union all
     select 'drop index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
     from pg_index i join pg_class t on t.oid = i.indrelid
     where t.relnamespace = 'purser'::regnamespace and relname = any ($1)
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [tables],
  );
  for (const { dropping } of rows) await client.query(dropping);
  return rows.map((row) => row.making);
}
