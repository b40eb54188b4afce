import {
  invoiceDocument,
  keepInvoiceDocument,
  type Rendition,
  renderInvoicePdf,
  type StoredFile,
} from '#server/modules/documents/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { gatherInvoiceFacts } from './gather-invoice-facts.ts';
import { invoiceDocumentOf } from './invoice-document.ts';
import { invoiceUrl } from './page-urls.ts';
import { syncWithGateway } from './sync-with-gateway.ts';

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
  const known = await inRead(app, scope, (db) => invoiceDocument(db, target.invoiceId, rendition));
  if (known !== null) return known;
  let facts = await inRead(app, scope, (db) => gatherInvoiceFacts(db, target));
  if (facts.transfer !== null && facts.transfer.transfer.reference === null) {
    // The invoice was committed a moment ago: its transfer is started first, and so has its reference.
    await syncWithGateway(app, { accountId: target.accountId, paymentId: facts.transfer.payment.id }, 'sweep');
    facts = await inRead(app, scope, (db) => gatherInvoiceFacts(db, target));
  }
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
