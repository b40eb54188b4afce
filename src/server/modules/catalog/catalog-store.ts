import type { Currency } from '#shared/money/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** A package to put on sale, with what it costs in each currency, in minor units. */
export type NewCreditPackage = {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly credits: bigint;
  readonly discountPercentage: number;
  readonly sortOrder: number;
  readonly isActive: boolean;
  readonly isFeatured: boolean;
  readonly pricesMinor: { readonly [currency in Currency]?: bigint };
};

/** Puts a package on sale and answers its id. */
export async function createCreditPackage(tx: Tx, source: Source, item: NewCreditPackage): Promise<string> {
  const id = source.ids.next();
  const now = source.clock.now();
  await tx
    .insertInto('credit_packages')
    .values({
      id,
      name: item.name,
      slug: item.slug,
      description: item.description,
      credits: item.credits,
      discount_percentage: item.discountPercentage,
      sort_order: item.sortOrder,
      is_active: item.isActive,
      is_featured: item.isFeatured,
      created_at: now,
      updated_at: now,
    })
    .execute();
  for (const [currency, priceMinor] of Object.entries(item.pricesMinor)) {
    await tx
      .insertInto('credit_package_prices')
      .values({ package_id: id, currency, price_minor: priceMinor })
      .execute();
  }
  return id;
}
