import { expireCredits } from '#server/flows/credits/expire-credits.ts';
import { expireHold } from '#server/flows/credits/expire-hold.ts';
import { lookAtCredits } from '#server/flows/credits/look-at-credits.ts';
import { resumeTopUps } from '#server/flows/credits/resume-top-ups.ts';
import { announceInvoice } from '#server/flows/invoices/announce-invoice.ts';
import { putOffDeadline } from '#server/flows/invoices/put-off-deadline.ts';
import { confirmMethodSetup } from '#server/flows/saved-methods/confirm-method-setup.ts';
import { putOffSetupCheck } from '#server/flows/saved-methods/put-off-setup-check.ts';
import { warnOfExpiry } from '#server/flows/saved-methods/warn-of-expiry.ts';
import { expirePurchase } from '#server/flows/payments/expire-purchase.ts';
import { checkDispute } from '#server/flows/payments/check-dispute.ts';
import { checkRefund } from '#server/flows/payments/check-refund.ts';
import { expireTransfer } from '#server/flows/payments/expire-transfer.ts';
import { putOffTransfer } from '#server/flows/payments/put-off-transfer.ts';
import { remindOfTransfer } from '#server/flows/payments/remind-of-transfer.ts';
import { putOffCheck } from '#server/flows/payments/put-off-check.ts';
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
  disputesDueForCheck,
  nextDisputeCheck,
  expiryWarningsDue,
  nextExpiryWarning,
  nextPaymentCheck,
  nextSetupCheck,
  nextRefundCheck,
  nextTopUpResumption,
  nextTransferDeadline,
  transfersDue,
  paymentsDueForCheck,
  refundsDueForCheck,
  setupsDueForCheck,
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
  /** Puts off what could not be done, so that it neither fails every second nor keeps others from their turn. */
  putOff(app: App, due: Due): Promise<void>;
};

/** How many of one kind are under way at the same time. */
const atOnceMax = 4;

/** How many of one kind are taken up at once; the rest follows in the next round. */
const batchMax = 100;

function periodic<Due>(entry: Periodic<Due>): Periodic<Due> {
  return entry;
}

/** What only the database can keep from being done is tried again at the next look. */
function tryAgain(): Promise<void> {
  return Promise.resolve();
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
    putOff: putOffCheck,
  }),
  periodic({
    name: 'ask the gateway about refunds under way',
    findDue: (db, now) => refundsDueForCheck(db, now, batchMax),
    nextDueAfter: nextRefundCheck,
    run: (app, due) => checkRefund(app, { accountId: due.accountId, paymentId: due.paymentId, refundId: due.id }),
    // What was not answered has been put off where it was asked.
    putOff: tryAgain,
  }),
  periodic({
    name: 'ask the gateway about open disputes',
    findDue: (db, now) => disputesDueForCheck(db, now, batchMax),
    nextDueAfter: nextDisputeCheck,
    run: checkDispute,
    putOff: tryAgain,
  }),
  periodic({
    name: 'remind of transfers that are awaited',
    findDue: (db, now) => transfersDue(db, 'remind_at', now, batchMax),
    nextDueAfter: (db, after) => nextTransferDeadline(db, 'remind_at', after),
    run: remindOfTransfer,
    putOff: (app, due) => putOffTransfer(app, due, 'remind_at'),
  }),
  periodic({
    name: 'end transfers that nobody has declared',
    findDue: (db, now) => transfersDue(db, 'expires_at', now, batchMax),
    nextDueAfter: (db, after) => nextTransferDeadline(db, 'expires_at', after),
    run: expireTransfer,
    putOff: (app, due) => putOffTransfer(app, due, 'expires_at'),
  }),
  periodic({
    name: 'tell of invoices that are to be paid',
    findDue: (db, now) => invoicesDue(db, 'announce_at', now, batchMax),
    nextDueAfter: (db, after) => nextInvoiceDeadline(db, 'announce_at', after),
    run: announceInvoice,
    putOff: (app, due) => putOffDeadline(app, due, 'announce_at'),
  }),
  periodic({
    name: 'void purchases that were never paid',
    findDue: (db, now) => invoicesDue(db, 'expires_at', now, batchMax),
    nextDueAfter: (db, after) => nextInvoiceDeadline(db, 'expires_at', after),
    run: expirePurchase,
    putOff: (app, due) => putOffDeadline(app, due, 'expires_at'),
  }),
  periodic({
    name: 'give back what holds reserve whose time has run out',
    findDue: (db, now) => holdsDue(db, now, batchMax),
    nextDueAfter: nextHoldExpiry,
    run: expireHold,
    putOff: tryAgain,
  }),
  periodic({
    name: 'write off credits that have expired',
    findDue: (db, now) => accountsWithDueLots(db, now, batchMax),
    nextDueAfter: nextLotExpiry,
    run: expireCredits,
    putOff: tryAgain,
  }),
  periodic({
    // A crossing has no time of its own: whatever moved a balance has flagged it, and the next look finds it.
    name: 'look at credits that have crossed a threshold',
    findDue: (db) => accountsNeedingLook(db, batchMax),
    nextDueAfter: () => Promise.resolve(null),
    run: lookAtCredits,
    putOff: tryAgain,
  }),
  periodic({
    name: 'top up again in another month',
    findDue: (db, now) => topUpsResuming(db, now, batchMax),
    nextDueAfter: nextTopUpResumption,
    run: resumeTopUps,
    putOff: tryAgain,
  }),
  periodic({
    // A page that was closed too early and a lost webhook leave a card at the gateway that nobody has written down.
    name: 'ask the gateway about payment methods that are being saved',
    findDue: (db, now) => setupsDueForCheck(db, now, batchMax),
    nextDueAfter: nextSetupCheck,
    run: async (app, due) => {
      await confirmMethodSetup(app, { accountId: due.accountId, setupId: due.id }, 'sweep');
    },
    putOff: putOffSetupCheck,
  }),
  periodic({
    name: 'tell of saved payment methods that expire',
    findDue: (db, now) => expiryWarningsDue(db, now, batchMax),
    nextDueAfter: nextExpiryWarning,
    run: warnOfExpiry,
    putOff: tryAgain,
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
 * Does what is due now: the entries side by side, each with a batch of its own, so that a slow gateway never keeps
 * e-mails waiting. What fails is logged and put off. Ends early when the app is stopping. Answers how many were done.
 */
export async function runDue(app: App): Promise<number> {
  const counts = await Promise.all(schedule.map((entry) => runEntry(app, entry)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function runEntry(app: App, entry: Periodic): Promise<number> {
  // The timetable serves every account.
  const due = [...(await inRead(app, 'system', (db) => entry.findDue(db, app.clock.now())))];
  let count = 0;
  const worker = async () => {
    for (let item = due.shift(); item !== undefined && !app.stopping.aborted; item = due.shift()) {
      if (await runItem(app, entry, item)) count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnceMax }, worker));
  return count;
}

async function runItem(app: App, entry: Periodic, item: unknown): Promise<boolean> {
  try {
    await entry.run(app, item);
    return true;
  } catch (thrown) {
    app.log.warn({ entry: entry.name, due: item, error: messageOf(thrown) }, 'something due could not be done');
    await entry.putOff(app, item);
    return false;
  }
}
