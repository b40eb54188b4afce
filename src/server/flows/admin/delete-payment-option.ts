import { appendAudit } from '#server/modules/audit/index.ts';
import { bankDetailLines, lockPaymentOption, removePaymentOption } from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** Removes a way to pay. Payments that were started with it are finished by their own terms. @throws NotFound */
export async function deletePaymentOption(
  app: App,
  actor: Actor,
  target: { readonly id: string; readonly requestId: string | undefined },
): Promise<void> {
  authorize(actor, 'payment_options.manage');
  // System scope: payment options belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    const option = await lockPaymentOption(tx, target.id);
    await removePaymentOption(tx, option.id);
    await appendAudit(tx, app, {
      accountId: null,
      actor: staffAuthor(actor),
      action: 'payment_option.removed',
      subjectType: 'payment_option',
      subjectId: option.id,
      details: {
        country: option.country,
        method: option.method,
        name: option.displayName,
        bank_details: bankDetailLines(option.terms),
      },
      requestId: target.requestId,
    });
  });
}
