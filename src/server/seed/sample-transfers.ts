import { createHash } from 'node:crypto';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '../flows/app.ts';
import { purchaseCredits } from '../flows/credits/purchase-credits.ts';
import { approvePayment } from '../flows/payments/approve-payment.ts';
import { declareTransfer } from '../flows/payments/declare-transfer.ts';
import { rejectPayment } from '../flows/payments/reject-payment.ts';
import { uploadProof } from '../flows/payments/upload-proof.ts';
import { openAccount } from '../flows/steps/open-account.ts';
import { creditPackagesOnSale } from '../modules/catalog/index.ts';
import { type Actor, anonymous, system } from '../modules/team/index.ts';
import { inRead, inTransaction } from '../platform/db/index.ts';
import { demoPassword } from './sample-people.ts';
import { sampleReceipt } from './sample-receipt.ts';

/** A customer far from cards, whose transfers staff look at. */
export type TransferCustomer = { readonly accountId: string; readonly actor: Actor };

/** A purchase by transfer: how many days ago, how, and what became of it. */
type SampleTransfer = {
  readonly daysAgo: number;
  readonly slug: string;
  readonly method: string;
  readonly transactionId: string;
  readonly verdict: 'approved' | 'waiting' | { readonly rejected: string };
};

/** One that has arrived, one that has not, the same again, and one that waits for the staff. */
export const sampleTransfers: readonly SampleTransfer[] = [
  { daysAgo: 57, slug: 'starter', method: 'easypaisa', transactionId: '30114478120', verdict: 'approved' },
  {
    daysAgo: 13,
    slug: 'pro',
    method: 'bank_transfer',
    transactionId: 'FT26311X7K2',
    verdict: { rejected: 'Nothing has arrived under this transaction id. Please send us the receipt of your bank.' },
  },
  { daysAgo: 11, slug: 'pro', method: 'easypaisa', transactionId: '30114519877', verdict: 'approved' },
  { daysAgo: 1, slug: 'business', method: 'jazzcash', transactionId: '901234567814', verdict: 'waiting' },
];

const hourMs = 60 * 60_000;

/** Makes the account of a customer who pays by transfer. */
export async function seedTransferCustomer(app: App): Promise<TransferCustomer> {
  const email = 'amna@example.com';
  const person = { password: demoPassword, verified: true, name: 'Amna Khan', email };
  const { user } = await app.identity.ensureUser(person);
  const accountId = app.ids.next();
  const account = {
    id: accountId,
    externalId: 'customer-1002',
    name: 'Indus Atelier',
    billingEmail: email,
    country: 'PK',
    currency: 'PKR',
    timeZone: 'Asia/Karachi',
    locale: 'en-PK',
    address: { line1: '7 Canal Road', city: 'Lahore', state: 'Punjab', postalCode: '54000' },
    ownerId: user.id,
  } as const;
  await inTransaction(app, 'system', (tx) => openAccount(app, tx, account, { actor: system, requestId: undefined }));
  const actor: Actor = {
    ...anonymous,
    type: 'user',
    id: user.id,
    role: 'owner',
    emailVerified: true,
    account: { id: accountId, status: 'active' },
  };
  return { accountId, actor };
}

/** Lives one transfer from the morning of its day on: bought, declared with a receipt, and decided in the afternoon. */
export async function transferOnADay(
  app: App,
  setNow: (instant: Date) => Promise<void>,
  customer: TransferCustomer,
  staffId: string,
  transfer: SampleTransfer,
  morning: Date,
): Promise<void> {
  await setNow(new Date(morning.getTime() + 6 * hourMs));
  const paymentId = await buy(app, customer, transfer);
  await setNow(new Date(morning.getTime() + 7 * hourMs));
  await declare(app, customer, transfer, paymentId);
  if (transfer.verdict !== 'waiting') {
    await setNow(new Date(morning.getTime() + 10 * hourMs));
    const staff: Actor = { ...anonymous, type: 'user', id: staffId, staffRole: 'owner', emailVerified: true };
    const request = requestNamed(`review-${transfer.transactionId}`);
    if (transfer.verdict === 'approved') {
      await approvePayment(app, staff, { paymentId, amountMinor: null, note: 'Seen on the statement' }, request);
    } else await rejectPayment(app, staff, { paymentId, reason: transfer.verdict.rejected }, request);
  }
  await app.timetable.runDue();
}

async function buy(app: App, { accountId, actor }: TransferCustomer, transfer: SampleTransfer): Promise<string> {
  const packages = await inRead(app, { account: accountId }, (db) => creditPackagesOnSale(db, 'PKR'));
  const chosen = packages.find((item) => item.slug === transfer.slug);
  if (chosen === undefined) throw new Error(`There is no sample package ${transfer.slug}.`);
  const { idempotencyKey: key, bodyHash } = requestNamed(transfer.transactionId);
  const started = await purchaseCredits(app, actor, {
    packageId: chosen.id,
    way: { method: transfer.method, savedMethodId: null, keepsMethod: null },
    currency: null,
    expectedTotalMinor: null,
    request: { key, bodyHash },
  });
  return started.payment.id;
}

async function declare(
  app: App,
  { actor }: TransferCustomer,
  { transactionId, method }: SampleTransfer,
  paymentId: string,
): Promise<void> {
  const bytes = sampleReceipt([
    method.replace('_', ' '),
    'To: Lanternworks',
    'From: 0300 1234567',
    `TID: ${transactionId}`,
  ]);
  await uploadProof(app, actor, { paymentId, filename: 'receipt.png', bytes });
  await declareTransfer(app, actor, {
    paymentId,
    declaration: {
      payerName: 'Amna Khan',
      payerAccount: '0300 1234567',
      transactionId,
      paidOn: calendarDateIn(app.clock.now(), 'Asia/Karachi'),
      note: null,
    },
  });
}

function requestNamed(name: string) {
  const idempotencyKey = `sample-transfer-${name}`;
  return { idempotencyKey, bodyHash: createHash('sha256').update(name).digest(), requestId: undefined };
}
