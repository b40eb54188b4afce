import { createHash } from 'node:crypto';
import { adjustCredits } from '../flows/admin/adjust-credits.ts';
import type { App } from '../flows/app.ts';
import { changeCreditAlerts } from '../flows/credits/change-credit-alerts.ts';
import { purchaseCredits } from '../flows/credits/purchase-credits.ts';
import { createInvoice } from '../flows/invoices/create-invoice.ts';
import { moveClock } from '../flows/sandbox/move-clock.ts';
import { syncPayment } from '../flows/payments/sync-payment.ts';
import { creditPackagesOnSale } from '../modules/catalog/index.ts';
import { type Actor, anonymous, system } from '../modules/team/index.ts';
import { inRead, inTransaction } from '../platform/db/index.ts';
import { seedCatalog, seedSeller } from './sample-catalog.ts';
import { seedCostChanges, seedOperations } from './sample-operations.ts';
import { type SamplePeople, seedPeople } from './sample-people.ts';
import { sampleTransfers, seedTransferCustomer, transferOnADay } from './sample-transfers.ts';
import { holdForWork, useForADay } from './sample-usage.ts';

/** What sample data needs besides the app: to move its clock, and to pay as a browser would. */
export type SeedTools = {
  /** Sets the clock of the app and of the simulators. */
  setNow(instant: Date): Promise<void>;
  payByCard(clientSecret: string, cardNumber: string): Promise<void>;
  /** Approves a PayPal order as the buyer of an account does. */
  approveOnPayPal(orderId: string, buyer: string): Promise<void>;
};

/** The card that is always accepted, one that is declined, and one without funds. */
const accepted = '4242424242424242';
const declined = '4000000000000002';
const withoutFunds = '4000000000009995';
/** The PayPal account that pays. */
const buyer = 'buyer@example.com';

/** A purchase of the past: how many days ago, of which package, and with which cards or accounts it was tried. */
type PastPurchase = {
  readonly daysAgo: number;
  readonly slug: string;
  readonly method: 'card' | 'paypal';
  readonly tries: readonly string[];
};

/** Half a year of an ordinary customer: purchases, one of them by PayPal, a declined card, a purchase that was left. */
const purchases: readonly PastPurchase[] = [
  { daysAgo: 176, slug: 'starter', method: 'card', tries: [accepted] },
  { daysAgo: 149, slug: 'starter', method: 'card', tries: [accepted] },
  { daysAgo: 128, slug: 'pro', method: 'card', tries: [declined, accepted] },
  { daysAgo: 96, slug: 'pro', method: 'paypal', tries: [buyer] },
  { daysAgo: 71, slug: 'business', method: 'card', tries: [] },
  { daysAgo: 64, slug: 'pro', method: 'card', tries: [accepted] },
  { daysAgo: 33, slug: 'pro', method: 'card', tries: [withoutFunds, accepted] },
  { daysAgo: 9, slug: 'starter', method: 'card', tries: [accepted] },
];

/** Credits the staff gave: how many days ago, and how long they can be spent. */
type Gift = { readonly daysAgo: number; readonly units: bigint; readonly lastsDays: number; readonly reason: string };

const gifts: readonly Gift[] = [
  { daysAgo: 178, units: 400n, lastsDays: 14, reason: 'Welcome to Lanternworks' },
  { daysAgo: 2, units: 250n, lastsDays: 30, reason: 'Thank you for half a year with us' },
];

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

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
  const operationIds = await seedOperations(app);
  const people = await seedPeople(app);
  const transferCustomer = await seedTransferCustomer(app);
  const { accountId, ownerId } = people;
  const customer: Actor = {
    ...system,
    type: 'user',
    id: ownerId,
    role: 'owner',
    emailVerified: true,
    account: { id: accountId, status: 'active' },
  };
  await changeCreditAlerts(app, customer, { lowBalanceCredits: 200n }, 'sample-alerts');
  const users = { customer, siteIds: people.siteIds, userIds: [ownerId, people.memberId] };
  for (let daysAgo = 178; daysAgo > 0; daysAgo -= 1) {
    const morning = new Date(today.getTime() - daysAgo * dayMs);
    if (isEventful(daysAgo)) await moveClock(app, morning, tools.setNow);
    else await tools.setNow(morning);
    for (const purchase of purchases.filter((one) => one.daysAgo === daysAgo)) {
      await buy(app, tools, customer, accountId, purchase);
    }
    for (const gift of gifts.filter((one) => one.daysAgo === daysAgo)) await give(app, people, gift, morning);
    if (daysAgo === 61) await seedCostChanges(app, operationIds, new Date(today.getTime() + 21 * dayMs));
    if (daysAgo === 2) await createInvoice(app, system, invoiceToPay(accountId));
    // What happened lately is seen up close, and has its time of day.
    const parts = daysAgo <= 30 ? 3 : 1;
    for (let part = 0; part < parts; part += 1) {
      if (part > 0) await tools.setNow(new Date(morning.getTime() + part * 2 * hourMs));
      await useForADay(app, users, daysAgo, part, parts);
    }
    for (const transfer of sampleTransfers.filter((one) => one.daysAgo === daysAgo)) {
      await transferOnADay(app, tools.setNow, transferCustomer, people.staffId, transfer, morning);
    }
    if (daysAgo === 1) await holdForWork(app, users);
  }
  await moveClock(app, today, tools.setNow);
}

/** Whether something may fall due by a day: soon after a purchase or a gift, and to be sure once a week. */
function isEventful(daysAgo: number): boolean {
  const since = [...purchases, ...gifts, ...sampleTransfers].map((event) => event.daysAgo - daysAgo);
  return daysAgo % 7 === 0 || daysAgo < 3 || since.some((days) => days >= 0 && days <= 2);
}

/** An invoice the customer still has to pay. */
function invoiceToPay(accountId: string) {
  return {
    accountId,
    lines: [
      { description: 'Professional Plan, monthly', quantity: 1n, unitAmountMinor: 99_00n },
      { description: 'Additional 1,000 credits', quantity: 1n, unitAmountMinor: 19_00n, credits: 1_000n },
    ],
  };
}

async function give(app: App, people: SamplePeople, gift: Gift, now: Date): Promise<void> {
  const staff: Actor = { ...anonymous, type: 'user', id: people.staffId, staffRole: 'owner', emailVerified: true };
  const name = `sample-gift-${String(gift.daysAgo)}`;
  await adjustCredits(app, staff, {
    accountId: people.accountId,
    units: gift.units,
    reason: gift.reason,
    kind: 'bonus',
    expiresAt: new Date(now.getTime() + gift.lastsDays * dayMs),
    idempotencyKey: name,
    bodyHash: createHash('sha256').update(name).digest(),
    requestId: undefined,
  });
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
    way: { method: purchase.method, savedMethodId: null, keepsMethod: null },
    currency: null,
    expectedTotalMinor: null,
    request: { key, bodyHash: createHash('sha256').update(key).digest() },
  });
  for (const way of purchase.tries) {
    if (started.clientSecret === null) throw new Error('The simulator gave no client secret.');
    if (purchase.method === 'card') await tools.payByCard(started.clientSecret, way);
    else await tools.approveOnPayPal(started.clientSecret, way);
    await syncPayment(app, { accountId, paymentId: started.payment.id }, 'return_page');
  }
  await app.timetable.runDue();
}
