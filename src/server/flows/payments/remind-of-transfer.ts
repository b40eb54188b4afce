import { lockPayment, markReminded } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { tellOfTransfer } from '../steps/tell-of-transfer.ts';

/** Reminds the payer of a transfer that nobody has declared yet, once. */
export async function remindOfTransfer(
  app: App,
  due: { readonly id: string; readonly accountId: string },
): Promise<void> {
  await inTransaction(app, { account: due.accountId }, async (tx) => {
    const payment = await lockPayment(tx, due.id);
    if (payment.status === 'awaiting_transfer') await tellOfTransfer(app, tx, payment, 'manual_payment_reminder');
    await markReminded(tx, payment.id);
  });
}
