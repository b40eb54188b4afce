import { createHash } from 'node:crypto';
import type { App } from '../flows/app.ts';
import { purchaseCredits } from '../flows/credits/purchase-credits.ts';
import { createInvoice } from '../flows/invoices/create-invoice.ts';
import { moveClock } from '../flows/sandbox/move-clock.ts';
import { syncPayment } from '../flows/payments/sync-payment.ts';
import { creditPackagesOnSale } from '../modules/catalog/index.ts';
import { type Actor, system } from '../modules/team/index.ts';
import { inRead, inTransaction } from '../platform/db/index.ts';
import { seedCatalog, seedSeller } from './sample-catalog.ts';
import { seedPeople } from './sample-people.ts';

/** What sample data needs besides the app: to move its clock, and to pay as a browser would. */
export type SeedTools = {
  /** Sets the clock of the app and of the simulators. */
  setNow(instant: Date): Promise<void>;
  payByCard(clientSecret: string, cardNumber: string): Promise<void>;
};

/** The card that is always accepted, one that is declined, and one without funds. */
const accepted = '4242424242424242';
const declined = '4000000000000002';
const withoutFunds = '4000000000009995';

/** A purchase of the past: how many days ago, of which package, and with which cards it was tried. */
type PastPurchase = { readonly daysAgo: number; readonly slug: string; readonly cards: readonly string[] };

/** Half a year of an ordinary customer: purchases, a declined card, a purchase that was left. */
const purchases: readonly PastPurchase[] = [
  { daysAgo: 176, slug: 'starter', cards: [accepted] },
  { daysAgo: 149, slug: 'starter', cards: [accepted] },
  { daysAgo: 128, slug: 'pro', cards: [declined, accepted] },
  { daysAgo: 96, slug: 'pro', cards: [accepted] },
  { daysAgo: 71, slug: 'business', cards: [] },
  { daysAgo: 64, slug: 'pro', cards: [accepted] },
  { daysAgo: 33, slug: 'pro', cards: [withoutFunds, accepted] },
  { daysAgo: 9, slug: 'starter', cards: [accepted] },
];

const dayMs = 24 * 60 * 60_000;

/** Whether the database has nobody in it: sample data is put into such a one only. */
export async function isUnused(app: App): Promise<boolean> {
  // Looks for any account at all.
  return await inRead(app, 'system', async (db) => {
    const row = await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst();
    return row === undefined;
  });
}

/**
 * Fills an unused sandbox with a seller, packages, people and half a year of history. Everything is done by the flows
 * that customers use, under a clock that starts in the past, so that numbers, e-mails and documents are what they would
 * have been.
 */
export async function seedSampleData(app: App, tools: SeedTools, today: Date): Promise<void> {
  await tools.setNow(new Date(today.getTime() - 180 * dayMs));
  // The catalogue belongs to no account.
  await inTransaction(app, 'system', async (tx) => {
    await seedSeller(tx, app);
    await seedCatalog(tx, app);
  });
  const { accountId, ownerId } = await seedPeople(app);
  const customer: Actor = {
    ...system,
    type: 'user',
    id: ownerId,
    role: 'owner',
    emailVerified: true,
    account: { id: accountId, status: 'active' },
  };
  for (const purchase of purchases) {
    await moveClock(app, new Date(today.getTime() - purchase.daysAgo * dayMs), tools.setNow);
    await buy(app, tools, customer, accountId, purchase);
  }
  await moveClock(app, new Date(today.getTime() - 2 * dayMs), tools.setNow);
  await createInvoice(app, system, {
    accountId,
    lines: [
      { description: 'Professional Plan, monthly', quantity: 1n, unitAmountMinor: 99_00n },
      { description: 'Additional 1,000 credits', quantity: 1n, unitAmountMinor: 19_00n, credits: 1_000n },
    ],
  });
  await app.timetable.runDue();
  await moveClock(app, today, tools.setNow);
}

async function buy(
  app: App,
  tools: SeedTools,
  customer: Actor,
  accountId: string,
  purchase: PastPurchase,
): Promise<void> {
  const packages = await inRead(app, { account: accountId }, (db) => creditPackagesOnSale(db, 'USD'));
  const chosen = packages.find((item) => item.slug === purchase.slug);
  if (chosen === undefined) throw new Error(`There is no sample package ${purchase.slug}.`);
  const key = `sample-${String(purchase.daysAgo)}`;
  const started = await purchaseCredits(app, customer, {
    packageId: chosen.id,
    method: 'card',
    currency: null,
    expectedTotalMinor: null,
    request: { key, bodyHash: createHash('sha256').update(key).digest() },
  });
  for (const card of purchase.cards) {
    if (started.clientSecret === null) throw new Error('The simulator gave no client secret.');
    await tools.payByCard(started.clientSecret, card);
    await syncPayment(app, { accountId, paymentId: started.payment.id }, 'return_page');
  }
  await app.timetable.runDue();
}
