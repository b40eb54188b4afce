import type { Db, Tx } from '#server/platform/db/index.ts';

/** Who sells: the party every invoice is from. */
export type Seller = {
  readonly id: string;
  readonly name: string;
  readonly legalName: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly taxId: string | null;
  readonly email: string;
  readonly website: string | null;
  /** The zone whose calendar dates and numbers the invoices. */
  readonly timeZone: string;
  readonly invoiceTerms: string;
  readonly invoiceFooter: string;
};

const sellerColumns = [
  'id',
  'name',
  'legal_name',
  'line1',
  'line2',
  'city',
  'state',
  'postal_code',
  'country',
  'tax_id',
  'email',
  'website',
  'time_zone',
  'invoice_terms',
  'invoice_footer',
] as const;

/** The seller of this installation. */
export async function sellerOf(db: Db): Promise<Seller> {
  const row = await db.selectFrom('sellers').select(sellerColumns).orderBy('id').limit(1).executeTakeFirst();
  if (row === undefined) throw new Error('No seller is set up: run `npm run purser seed` or restart Purser.');
  return {
    id: row.id,
    name: row.name,
    legalName: row.legal_name,
    line1: row.line1,
    line2: row.line2,
    city: row.city,
    state: row.state,
    postalCode: row.postal_code,
    country: row.country,
    taxId: row.tax_id,
    email: row.email,
    website: row.website,
    timeZone: row.time_zone,
    invoiceTerms: row.invoice_terms,
    invoiceFooter: row.invoice_footer,
  };
}

/** Writes the seller down if there is none yet. Answers whether it did. */
export async function createFirstSeller(tx: Tx, seller: Seller, now: Date): Promise<boolean> {
  const known = await tx.selectFrom('sellers').select('id').limit(1).executeTakeFirst();
  if (known !== undefined) return false;
  await tx
    .insertInto('sellers')
    .values({
      id: seller.id,
      name: seller.name,
      legal_name: seller.legalName,
      line1: seller.line1,
      line2: seller.line2,
      city: seller.city,
      state: seller.state,
      postal_code: seller.postalCode,
      country: seller.country,
      tax_id: seller.taxId,
      email: seller.email,
      website: seller.website,
      time_zone: seller.timeZone,
      invoice_terms: seller.invoiceTerms,
      invoice_footer: seller.invoiceFooter,
      updated_at: now,
    })
    .execute();
  return true;
}
