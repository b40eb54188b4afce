import { openBooks, takeBackCredits } from '#server/modules/credits/index.ts';
import { owedLots, type Payment } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { refundStanding } from './refund-standing.ts';

/**
 * Takes back the share of what an invoice has just brought that belongs to money given back before it was paid in full:
 * a part of it may have been paid and refunded when there were no credits yet.
 */
export async function takeBackOwed(app: App, tx: Tx, payment: Payment, invoiceId: string): Promise<void> {
  const books = await openBooks(tx, app, payment.accountId);
  const { parts } = await refundStanding(tx, payment, books.now);
  const lots = parts.filter((part) => part.invoiceId === invoiceId).flatMap(owedLots);
  await takeBackCredits(tx, app, books, {
    reasonKey: `clawback:${payment.id}:${invoiceId}`,
    lots,
    details: { payment_id: payment.id },
    actor: { type: 'system', id: null },
  });
}
