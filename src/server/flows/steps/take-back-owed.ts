import { openBooks, takeBackCredits } from '#server/modules/credits/index.ts';
import { owedLots, type Payment } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { refundStanding } from './refund-standing.ts';

/**
 * Takes back what a payment's refunds could not take when they were made and can take now: an invoice may be paid in full
 * only after a part of it went back, and credits may have been frozen while a gateway gave the money back.
 *
 * @param occasion what has made them available, unique in the account: `paid:<invoice>`
 */
export async function takeBackOwed(app: App, tx: Tx, payment: Payment, occasion: string): Promise<void> {
  const books = await openBooks(tx, app, payment.accountId);
  const { parts } = await refundStanding(tx, payment, books.now);
  await takeBackCredits(tx, app, books, {
    reasonKey: `clawback:${payment.id}:${occasion}`,
    lots: parts.flatMap(owedLots),
    details: { payment_id: payment.id },
    actor: { type: 'system', id: null },
  });
}
