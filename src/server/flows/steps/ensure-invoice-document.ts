import {
  invoiceDocument,
  keepInvoiceDocument,
  type Rendition,
  renderInvoicePdf,
  type StoredFile,
} from '#server/modules/documents/index.ts';
import { invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import { paymentsOfInvoices } from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { invoiceDocumentOf } from './invoice-document.ts';
import { invoiceUrl } from './page-urls.ts';

/**
 * The kept rendition of an invoice; it is rendered and kept with its hash if it was not yet, once: of two that render
 * at the same time the first stays. @throws NotFound when the account has no such invoice
 */
export async function ensureInvoiceDocument(
  app: App,
  target: { readonly accountId: string; readonly invoiceId: string },
  rendition: Rendition,
): Promise<StoredFile> {
  const scope = { account: target.accountId };
  const facts = await inRead(app, scope, async (db) => ({
    known: await invoiceDocument(db, target.invoiceId, rendition),
    invoice: await invoiceById(db, target.accountId, target.invoiceId),
    lines: await linesOf(db, target.invoiceId),
    payments: (await paymentsOfInvoices(db, [target.invoiceId])).get(target.invoiceId) ?? [],
  }));
  if (facts.known !== null) return facts.known;
  const content = await renderInvoicePdf(
    invoiceDocumentOf({ ...facts, payUrl: invoiceUrl(app, target.invoiceId) }, rendition),
  );
  await inTransaction(app, scope, (tx) =>
    keepInvoiceDocument(tx, app, {
      accountId: target.accountId,
      invoiceId: target.invoiceId,
      rendition,
      filename: `${facts.invoice.number ?? target.invoiceId}.pdf`,
      content,
    }),
  );
  const kept = await inRead(app, scope, (db) => invoiceDocument(db, target.invoiceId, rendition));
  if (kept === null) throw new Error(`The ${rendition} rendition of invoice ${target.invoiceId} was not kept.`);
  return kept;
}
