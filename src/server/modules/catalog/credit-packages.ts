import type { Currency } from '#shared/money/index.ts';
import { isCurrency } from '#shared/money/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';

/** A bundle of credits on sale, with its price in one currency. */
export type CreditPackage = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly credits: bigint;
  /** What is charged, in minor units. */
  readonly priceMinor: bigint;
  readonly currency: Currency;
  /** Whole per cent; only feeds the badge and the reference price. */
  readonly discountPercentage: number;
  readonly isFeatured: boolean;
  readonly sortOrder: number;
};

/** No package has this id. */
class PackageUnknown extends DomainError {
  constructor() {
    super('package_unknown', 'There is no such credit package. List those on sale at /v1/billing/credits/packages/.');
  }
}

/** The package exists but is no longer sold. */
class PackageInactive extends DomainError {
  constructor(name: string) {
    super('package_inactive', `The package “${name}” is no longer sold. Choose another one.`);
  }
}

/** The package is not priced in the account's currency. */
class PackagePriceMissing extends DomainError {
  constructor(name: string, currency: string) {
    super('package_price_missing', `The package “${name}” has no price in ${currency}. Ask the seller for one.`);
  }
}

const columns = [
  'credit_packages.id',
  'credit_packages.name',
  'slug',
  'description',
  'credits',
  'discount_percentage',
  'is_featured',
  'is_active',
  'sort_order',
] as const;

/** The packages on sale that have a price in `currency`, in their order. */
export async function creditPackagesOnSale(db: Db, currency: Currency): Promise<CreditPackage[]> {
  const rows = await db
    .selectFrom('credit_packages')
    .innerJoin('credit_package_prices', 'credit_package_prices.package_id', 'credit_packages.id')
    .select([...columns, 'price_minor'])
    .where('is_active', '=', true)
    .where('currency', '=', currency)
    .orderBy('sort_order')
    .orderBy('credit_packages.id')
    .limit(100)
    .execute();
  return rows.map((row) => fromRow(row, row.price_minor, currency));
}

/** One package with its price. @throws PackageUnknown, PackageInactive, PackagePriceMissing */
export async function creditPackageForSale(db: Db, id: string, currency: Currency): Promise<CreditPackage> {
  const row = await db
    .selectFrom('credit_packages')
    .leftJoin('credit_package_prices', (join) =>
      join
        .onRef('credit_package_prices.package_id', '=', 'credit_packages.id')
        .on('credit_package_prices.currency', '=', currency),
    )
    .select([...columns, 'price_minor'])
    .where('credit_packages.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new PackageUnknown();
  if (!row.is_active) throw new PackageInactive(row.name);
  if (row.price_minor === null) throw new PackagePriceMissing(row.name, currency);
  return fromRow(row, row.price_minor, currency);
}

/** The currencies some package on sale has a price in, in alphabetical order. */
export async function currenciesOnSale(db: Db): Promise<Currency[]> {
  const rows = await db
    .selectFrom('credit_package_prices')
    .innerJoin('credit_packages', 'credit_packages.id', 'credit_package_prices.package_id')
    .select('currency')
    .distinct()
    .where('is_active', '=', true)
    .orderBy('currency')
    .execute();
  return rows.map((row) => row.currency).filter(isCurrency);
}

/**
 * The price before the discount, for showing struck through: the price divided by what the discount leaves, rounded
 * half up to the minor unit. Null without a discount.
 */
export function referencePriceMinor(creditPackage: CreditPackage): bigint | null {
  if (creditPackage.discountPercentage === 0) return null;
  const left = BigInt(100 - creditPackage.discountPercentage);
  return (creditPackage.priceMinor * 200n + left) / (2n * left);
}

type Row = {
  id: string;
  name: string;
  slug: string;
  description: string;
  credits: bigint;
  discount_percentage: number;
  is_featured: boolean;
  sort_order: number;
};

function fromRow(row: Row, priceMinor: bigint, currency: Currency): CreditPackage {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    credits: row.credits,
    priceMinor,
    currency,
    discountPercentage: row.discount_percentage,
    isFeatured: row.is_featured,
    sortOrder: row.sort_order,
  };
}
