import { sql } from 'kysely';
import type { Db } from '#server/platform/db/index.ts';
import type { Invariant } from './invariant.ts';
import { invoiceInvariants } from './invoice-invariants.ts';
import { ledgerInvariants } from './ledger-invariants.ts';
import { meteringInvariants } from './metering-invariants.ts';
import { paymentInvariants } from './payment-invariants.ts';
import { refundInvariants } from './refund-invariants.ts';
import { systemInvariants } from './system-invariants.ts';

/** A row that breaks an invariant: which one, and what is wrong with it. */
export type Offender = { readonly subject: string; readonly problem: string };

/** What came of one invariant. */
export type InvariantResult = {
  readonly name: string;
  readonly rowsLookedAt: bigint;
  /** How many rows break it. */
  readonly problems: bigint;
  /** The first of them. */
  readonly offenders: readonly Offender[];
};

/** How many offenders are named; the rest is counted. */
const namedMax = 20;

const invariants: readonly Invariant[] = [
  ...ledgerInvariants,
  ...meteringInvariants,
  ...invoiceInvariants,
  ...paymentInvariants,
  ...refundInvariants,
  ...systemInvariants,
];

/** Checks every invariant, one after the other, on the snapshot of `db`, which must see all accounts. */
export async function* checkInvariants(db: Db): AsyncGenerator<InvariantResult> {
  const sizes = new Map<string, bigint>();
  for (const { name, tables, offenders } of invariants) {
    let rowsLookedAt = 0n;
    for (const table of tables) {
      const size = sizes.get(table) ?? (await sizeOf(db, table));
      sizes.set(table, size);
      rowsLookedAt += size;
    }
    const { rows } = await sql<Offender & { readonly problems: bigint }>`
      select subject, problem, count(*) over () as problems
      from (${sql.raw(offenders)}) as found (subject, problem) order by subject limit ${sql.lit(namedMax)}`.execute(db);
    yield {
      name,
      rowsLookedAt,
      problems: rows[0]?.problems ?? 0n,
      offenders: rows.map(({ subject, problem }) => ({ subject, problem })),
    };
  }
}

async function sizeOf(db: Db, table: string): Promise<bigint> {
  const { rows } = await sql<{
    readonly size: bigint;
  }>`select count(*) as size from ${sql.id('purser', table)}`.execute(db);
  return rows[0]?.size ?? 0n;
}
