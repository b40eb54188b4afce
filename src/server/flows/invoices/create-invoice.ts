import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { draftInvoice, type LineInput, sellerOf } from '#server/modules/invoices/index.ts';
import type { Actor } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { issueStoredDraft, storeInvoiceDraft } from '../steps/issue-invoice.ts';

/**
 * Issues an invoice for lines that were agreed elsewhere, in the currency of the account, due in seven days. It is told
 * by e-mail at once. Amounts in minor units. Answers the invoice's id.
 */
export async function createInvoice(
  app: App,
  actor: Actor,
  order: { readonly accountId: string; readonly lines: readonly LineInput[] },
): Promise<string> {
  return await inTransaction(app, { account: order.accountId }, async (tx) => {
    const account = await accountById(tx, order.accountId);
    const seller = await sellerOf(tx);
    const draft = draftInvoice(account.currency, order.lines);
    const invoice = { account, seller, draft, purpose: 'manual' } as const;
    const invoiceId = await storeInvoiceDraft(app, tx, invoice);
    await appendAudit(tx, app, {
      accountId: account.id,
      actor,
      action: 'invoice.issued',
      subjectType: 'invoice',
      subjectId: invoiceId,
      details: { total_minor: draft.totalMinor.toString(), currency: draft.currency },
    });
    await issueStoredDraft(app, tx, invoiceId, invoice);
    return invoiceId;
  });
}
