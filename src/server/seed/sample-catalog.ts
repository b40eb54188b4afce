import { createCreditPackage, type NewCreditPackage } from '../modules/catalog/index.ts';
import { createFirstSeller, type Seller } from '../modules/invoices/index.ts';
import { createPaymentOption } from '../modules/payments/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Source } from '../platform/ids/index.ts';
import { samplePaymentOptions } from './sample-payment-options.ts';

/** The seller of a new installation, until the operator puts their own in. */
const seller: Omit<Seller, 'id'> = {
  name: 'Lanternworks',
  legalName: 'Lanternworks Ltd (sample seller)',
  line1: '12 Harbour Street',
  line2: null,
  city: 'Dublin',
  state: null,
  postalCode: 'D02 X285',
  country: 'IE',
  taxId: null,
  email: 'billing@lanternworks.example',
  website: 'https://lanternworks.example',
  timeZone: 'Europe/Dublin',
  invoiceTerms: 'Payable within seven days of the invoice date. Please quote the invoice number with your payment.',
  invoiceFooter:
    'Lanternworks Ltd (sample seller) · 12 Harbour Street, Dublin D02 X285, Ireland · billing@lanternworks.example',
};

/** The packages on sale, with prices in minor units. */
const packages: readonly NewCreditPackage[] = [
  {
    name: 'Starter Pack',
    slug: 'starter',
    description: 'To try things out, or for a quiet month.',
    credits: 500n,
    discountPercentage: 0,
    sortOrder: 1,
    isActive: true,
    isFeatured: false,
    pricesMinor: { USD: 9_00n, EUR: 9_00n, PKR: 2_500_00n },
  },
  {
    name: 'Pro Pack',
    slug: 'pro',
    description: 'What most teams use in a month.',
    credits: 2_000n,
    discountPercentage: 10,
    sortOrder: 2,
    isActive: true,
    isFeatured: true,
    pricesMinor: { USD: 29_00n, EUR: 29_00n, PKR: 8_000_00n },
  },
  {
    name: 'Business Pack',
    slug: 'business',
    description: 'For a product with customers of its own.',
    credits: 5_000n,
    discountPercentage: 0,
    sortOrder: 3,
    isActive: true,
    isFeatured: false,
    pricesMinor: { USD: 59_00n, EUR: 59_00n, PKR: 16_500_00n },
  },
  {
    name: 'Enterprise Pack',
    slug: 'enterprise',
    description: 'For steady, heavy use at the best rate.',
    credits: 20_000n,
    discountPercentage: 0,
    sortOrder: 4,
    isActive: true,
    isFeatured: false,
    pricesMinor: { USD: 199_00n, EUR: 199_00n, PKR: 55_000_00n },
  },
];

/** Writes a seller down if there is none, so that invoices can be issued. Answers whether there was none. */
export async function seedSeller(tx: Tx, source: Source): Promise<boolean> {
  return await createFirstSeller(tx, { ...seller, id: source.ids.next() }, source.clock.now());
}

/** Puts the sample packages on sale and enables the sample payment options. */
export async function seedCatalog(tx: Tx, source: Source): Promise<void> {
  for (const item of packages) await createCreditPackage(tx, source, item);
  for (const option of samplePaymentOptions) await createPaymentOption(tx, source, option);
}
