import { type Account, fixCurrency } from '#server/modules/accounts/index.ts';
import {
  type Draft,
  type Invoice,
  type InvoicePurpose,
  issueDraft,
  type Seller,
  storeDraft,
} from '#server/modules/invoices/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';

/** What is billed to whom. */
export type InvoiceToIssue = {
  readonly account: Account;
  readonly seller: Seller;
  readonly draft: Draft;
  readonly purpose: InvoicePurpose;
  /** Until when the transfer it is paid by may take; null for anything else. */
  readonly waitsUntil?: Date | null;
};

/**
 * Stores a draft; nothing is final yet. The number is given by `issueStoredDraft`, as the last thing before the commit.
 */
export async function storeInvoiceDraft(app: App, tx: Tx, invoice: InvoiceToIssue): Promise<string> {
  return await storeDraft(tx, app, {
    accountId: invoice.account.id,
    seller: invoice.seller,
    buyer: buyerOf(invoice.account),
    purpose: invoice.purpose,
    draft: invoice.draft,
  });
}

/**
 * Issues a stored draft: the account's currency is fixed from now on, the document will be rendered, and the number is
 * taken. Call it last: the month's counter stays locked until the commit.
 */
export async function issueStoredDraft(app: App, tx: Tx, invoiceId: string, invoice: InvoiceToIssue): Promise<void> {
  await fixCurrency(tx, invoice.account.id, app.clock.now());
  await enqueueJob(app, tx, 'render-invoice', { accountId: invoice.account.id, invoiceId, rendition: 'issued' });
  await issueDraft(tx, app, {
    id: invoiceId,
    seller: invoice.seller,
    purpose: invoice.purpose,
    waitsUntil: invoice.waitsUntil ?? null,
  });
}

function buyerOf(account: Account): Invoice['buyer'] {
  return {
    name: account.name,
    email: account.billingEmail,
    taxId: account.taxId,
    line1: account.line1,
    line2: account.line2,
    city: account.city,
    state: account.state,
    postalCode: account.postalCode,
    country: account.country,
    locale: account.locale,
  };
}
