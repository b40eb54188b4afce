import { appendAudit } from '#server/modules/audit/index.ts';
import {
  bankDetailLines,
  createPaymentOption as insertPaymentOption,
  lockPaymentOption,
  type NewPaymentOption,
  type PaymentOption,
} from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { assertOptionHolds } from '../steps/assert-option-holds.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** Adds a way to pay to a country, or to the default set. @throws PaymentOptionTaken, OptionInvalid */
export async function createPaymentOption(
  app: App,
  actor: Actor,
  option: NewPaymentOption,
  requestId: string | undefined,
): Promise<PaymentOption> {
  authorize(actor, 'payment_options.manage');
  assertOptionHolds(option);
  // System scope: payment options belong to no account.
  return await inTransaction(app, 'system', async (tx) => {
    const id = await insertPaymentOption(tx, app, option);
    await appendAudit(tx, app, {
      accountId: null,
      actor: staffAuthor(actor),
      action: 'payment_option.created',
      subjectType: 'payment_option',
      subjectId: id,
      details: {
        country: option.country,
        method: option.method,
        kind: option.kind,
        name: option.displayName,
        bank_details: bankDetailLines(option.terms),
      },
      requestId,
    });
    return await lockPaymentOption(tx, id);
  });
}
