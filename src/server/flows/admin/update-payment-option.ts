import { appendAudit } from '#server/modules/audit/index.ts';
import {
  bankDetailLines,
  bankDetailsDiffer,
  changePaymentOption,
  lockPaymentOption,
  type PaymentOption,
  type PaymentOptionChanges,
} from '#server/modules/payments/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { assertOptionHolds } from '../steps/assert-option-holds.ts';
import { staffAuthor } from '../steps/staff-deed.ts';

/** What is to be different about a payment option. */
export type UpdatePaymentOption = {
  readonly id: string;
  readonly changes: PaymentOptionChanges;
  /** That money shall go elsewhere from now on. */
  readonly confirmsBankDetails: boolean;
  readonly requestId: string | undefined;
};

/** Money would go elsewhere, and nobody has said that it shall. */
class BankDetailsUnconfirmed extends DomainError {
  constructor(before: readonly string[], after: readonly string[]) {
    super(
      'bank_details_unconfirmed',
      'Customers would send their money elsewhere. Compare the bank details and send the change again with confirm_bank_details: true.',
      { members: { before, after } },
    );
  }
}

/**
 * Changes a way to pay. Where the money goes changes only when it is confirmed, and both the old and the new bank details
 * are written down. Payments that were started keep the terms they were started with.
 *
 * @throws NotFound, BankDetailsUnconfirmed, OptionInvalid
 */
export async function updatePaymentOption(app: App, actor: Actor, order: UpdatePaymentOption): Promise<PaymentOption> {
  authorize(actor, 'payment_options.manage');
  const { id, changes } = order;
  // System scope: payment options belong to no account.
  return await inTransaction(app, 'system', async (tx) => {
    const before = await lockPaymentOption(tx, id);
    const after = { ...before, ...changes };
    assertOptionHolds(after);
    const moves = bankDetailsDiffer(before.terms, after.terms);
    const lines = { before: bankDetailLines(before.terms), after: bankDetailLines(after.terms) };
    if (moves && !order.confirmsBankDetails) throw new BankDetailsUnconfirmed(lines.before, lines.after);
    await changePaymentOption(tx, app, id, changes);
    await appendAudit(tx, app, {
      accountId: null,
      actor: staffAuthor(actor),
      action: moves ? 'payment_option.bank_details_changed' : 'payment_option.updated',
      subjectType: 'payment_option',
      subjectId: id,
      details: {
        country: before.country,
        method: before.method,
        changed: Object.keys(changes),
        is_enabled: after.isEnabled,
        ...(moves ? { bank_details_before: lines.before, bank_details_after: lines.after } : {}),
      },
      requestId: order.requestId,
    });
    return await lockPaymentOption(tx, id);
  });
}
