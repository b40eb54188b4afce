import { accountById } from '#server/modules/accounts/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { creditNotesOfRefunds, invoiceById, sellerOf } from '#server/modules/invoices/index.ts';
import {
  type EmailMessage,
  type EmailSeller,
  type RenderedEmail,
  renderEmail,
} from '#server/modules/notifications/index.ts';
import { disputeById, paymentById, refundById } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '../app.ts';
import { adminPaymentUrl, invoicesUrl, invoiceUrl } from './page-urls.ts';
import { paidWith } from './paid-with.ts';

/** Finds the words of a stored message about money that goes back, or that a bank wants back. */
export async function composeRefundEmail(
  app: App,
  db: Db,
  message: EmailMessage,
  seller: EmailSeller,
): Promise<RenderedEmail> {
  const { accountId, data } = message;
  if (data.disputeId !== undefined) return await disputeEmail(app, db, message, data.disputeId, seller);
  if (accountId === null || data.refundId === undefined) throw new Error('The e-mail lacks the refund it is about.');
  const refund = await refundById(db, accountId, data.refundId);
  const payment = await paymentById(db, accountId, refund.paymentId);
  const notes = await creditNotesOfRefunds(db, [refund.id]);
  const creditNotes: { number: string; invoiceNumber: string }[] = [];
  for (const note of notes) {
    const invoice = await invoiceById(db, accountId, note.invoiceId);
    creditNotes.push({ number: note.number, invoiceNumber: invoice.number ?? '' });
  }
  const { timeZone } = await sellerOf(db);
  const { available } = await creditBalanceOf(db, accountId);
  const [first] = notes;
  return renderEmail(
    'refund_issued',
    {
      seller,
      recipientName: (await accountById(db, accountId)).name,
      currency: refund.currency,
      amountMinor: refund.amountMinor,
      refundedOn: calendarDateIn(refund.succeededAt ?? refund.createdAt, timeZone),
      methodText: await paidWith(db, payment),
      reason: refund.reason,
      creditNotes,
      credits: refund.creditsTakenBack === 0n ? null : { takenBack: refund.creditsTakenBack, available },
      url: first === undefined ? invoicesUrl(app) : invoiceUrl(app, first.invoiceId),
    },
    message.locale,
  );
}

async function disputeEmail(
  app: App,
  db: Db,
  message: EmailMessage,
  disputeId: string,
  seller: EmailSeller,
): Promise<RenderedEmail> {
  const dispute = await disputeById(db, disputeId);
  if (dispute === null) throw new Error('The e-mail lacks the dispute it is about.');
  const { timeZone } = await sellerOf(db);
  return renderEmail(
    'dispute_opened',
    {
      seller,
      recipientName: null,
      accountName: (await accountById(db, dispute.accountId)).name,
      currency: dispute.currency,
      amountMinor: dispute.amountMinor,
      reason: dispute.reason,
      evidenceDueOn: dispute.evidenceDueAt === null ? null : calendarDateIn(dispute.evidenceDueAt, timeZone),
      creditsFrozen: dispute.creditsFrozen,
      gateway: dispute.gateway,
      gatewayReference: dispute.gatewayReference,
      url: adminPaymentUrl(app, dispute.paymentId),
    },
    message.locale,
  );
}
