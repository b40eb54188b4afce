import { sql } from 'kysely';
import type { Currency } from '#shared/money/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/** What was paid for how many credits, all purchases together: an average price without a rounding. */
export type AverageCreditPrice = { readonly priceMinor: bigint; readonly priceCredits: bigint };

/**
 * The average price of the credits an account has bought: the lines with credits of all its paid invoices in a currency,
 * without tax, in minor units. Null before the first.
 */
export async function averageCreditPrice(
  db: Db,
  accountId: string,
  currency: Currency,
): Promise<AverageCreditPrice | null> {
  const { price, bought } = await db
    .selectFrom('invoice_lines')
    .innerJoin('invoices', 'invoices.id', 'invoice_id')
    .select([
      sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('price'),
      sql<bigint>`coalesce(sum(credits), 0)::bigint`.as('bought'),
    ])
    .where('invoices.account_id', '=', accountId)
    .where('invoices.status', '=', 'paid')
    .where('invoices.currency', '=', currency)
    .where('credits', 'is not', null)
    .executeTakeFirstOrThrow();
  return bought === 0n ? null : { priceMinor: price, priceCredits: bought };
}
