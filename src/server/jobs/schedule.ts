import { expireCredits } from '#server/flows/credits/expire-credits.ts';
import { expireHold } from '#server/flows/credits/expire-hold.ts';
import { lookAtCredits } from '#server/flows/credits/look-at-credits.ts';
import { resumeTopUps } from '#server/flows/credits/resume-top-ups.ts';
import { announceInvoice } from '#server/flows/invoices/announce-invoice.ts';
import { expirePurchase } from '#server/flows/payments/expire-purchase.ts';
import { syncPayment } from '#server/flows/payments/sync-payment.ts';
import type { App } from '#server/flows/app.ts';
import {
  accountsNeedingLook,
  accountsWithDueLots,
  holdsDue,
  nextHoldExpiry,
  nextLotExpiry,
} from '#server/modules/credits/index.ts';
import { invoicesDue, nextInvoiceDeadline } from '#server/modules/invoices/index.ts';
import {
  nextPaymentCheck,
  nextTopUpResumption,
  paymentsDueForCheck,
  topUpsResuming,
} from '#server/modules/payments/index.ts';
import { type Db, inRead } from '#server/platform/db/index.ts';
import { messageOf } from '#server/platform/errors/index.ts';

/** Something that falls due by the clock: what is due now, when the next one falls due after an instant, and what is done then. */
export type Periodic<Due = unknown> = {
  readonly name: string;
  findDue(db: Db, now: Date): Promise<readonly Due[]>;
  nextDueAfter(db: Db, after: Date): Promise<Date | null>;
  run(app: App, due: Due): Promise<void>;
};

/** How many of one kind are taken up at once; the rest follows in the next round. */
const batchMax = 100;

function periodic<Due>(entry: Periodic<Due>): Periodic<Due> {
  return entry;
}

/** The one timetable: everything Purser does by the clock, found by looking for what is due. */
const schedule: readonly Periodic[] = [
  periodic({
    // With webhooks lost or switched off, this alone brings every payment to its end.
    name: 'ask the gateway about open payments',
    findDue: (db, now) => paymentsDueForCheck(db, now, batchMax),
    nextDueAfter: nextPaymentCheck,
    run: async (app, due) => {
      await syncPayment(app, { accountId: due.accountId, paymentId: due.id }, 'sweep');
    },
  }),
  periodic({
    name: 'tell of invoices that are to be paid',
    findDue: (db, now) => invoicesDue(db, 'announce_at', now, batchMax),
    nextDueAfter: (db, after) => nextInvoiceDeadline(db, 'announce_at', after),
    run: announceInvoice,
  }),
  periodic({
    name: 'void purchases that were never paid',
    findDue: (db, now) => invoicesDue(db, 'expires_at', now, batchMax),
    nextDueAfter: (db, after) => nextInvoiceDeadline(db, 'expires_at', after),
    run: expirePurchase,
  }),
  periodic({
    name: 'give back what holds reserve whose time has run out',
    findDue: (db, now) => holdsDue(db, now, batchMax),
    nextDueAfter: nextHoldExpiry,
    run: expireHold,
  }),
  periodic({
    name: 'write off credits that have expired',
    findDue: (db, now) => accountsWithDueLots(db, now, batchMax),
    nextDueAfter: nextLotExpiry,
    run: expireCredits,
  }),
  periodic({
    // A crossing has no time of its own: whatever moved a balance has flagged it, and the next look finds it.
    name: 'look at credits that have crossed a threshold',
    findDue: (db) => accountsNeedingLook(db, batchMax),
    nextDueAfter: () => Promise.resolve(null),
    run: lookAtCredits,
  }),
  periodic({
    name: 'top up again in another month',
    findDue: (db, now) => topUpsResuming(db, now, batchMax),
    nextDueAfter: nextTopUpResumption,
    run: resumeTopUps,
  }),
];

/** The earliest instant after `after` at which an entry of the timetable falls due; null when none will. */
export async function nextDueAfter(app: App, after: Date): Promise<Date | null> {
  // The timetable serves every account.
  const instants = await inRead(app, 'system', (db) =>
    Promise.all(schedule.map((entry) => entry.nextDueAfter(db, after))),
  );
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : new Date(Math.min(...known.map((instant) => instant.getTime())));
}

/**
 * Does what is due now, entry by entry, one batch each. What fails is logged and stays due; it never keeps the others
 * waiting. Answers how many were done.
 */
export async function runDue(app: App): Promise<number> {
  let count = 0;
  for (const entry of schedule) {
    const due = await inRead(app, 'system', (db) => entry.findDue(db, app.clock.now()));
    for (const item of due) {
      try {
        await entry.run(app, item);
        count += 1;
      } catch (thrown) {
        app.log.warn({ entry: entry.name, due: item, error: messageOf(thrown) }, 'something due could not be done');
      }
    }
  }
  return count;
}
