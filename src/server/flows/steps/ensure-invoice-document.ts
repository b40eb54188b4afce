import {
  invoiceDocument,
  keepInvoiceDocument,
  type Rendition,
  renderInvoicePdf,
  type StoredFile,
} from '#server/modules/documents/index.ts';
import { type Invoice, invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import { paymentsOfInvoices, transfersOf } from '#server/modules/payments/index.ts';
import { type Db, inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { type DocumentFacts, invoiceDocumentOf } from './invoice-document.ts';
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
  let facts = await inRead(app, scope, (db) => gather(db, target));
  if (facts.transfer !== null && facts.transfer.transfer.reference === null) {
    // The invoice was committed a moment ago: its transfer is started first, and so has its reference.
    await syncWithGateway(app, { accountId: target.accountId, paymentId: facts.transfer.payment.id }, 'sweep');
    facts = await inRead(app, scope, (db) => gather(db, target));
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

async function gather(
  db: Db,
  { accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string },
): Promise<Omit<DocumentFacts, 'payUrl'>> {
  const invoice = await invoiceById(db, accountId, invoiceId);
  const payments = (await paymentsOfInvoices(db, [invoiceId])).get(invoiceId) ?? [];
  return {
    invoice,
    lines: await linesOf(db, invoiceId),
    payments,
    transfer: await transferAtIssue(db, invoice, payments),
  };
}

/** The transfer an invoice was issued to be paid by: what is paid otherwise later does not change the document. */
async function transferAtIssue(
  db: Db,
  invoice: Invoice,
  payments: DocumentFacts['payments'],
): Promise<DocumentFacts['transfer']> {
  const { issuedAt } = invoice;
  const payment = payments.find((candidate) => issuedAt !== null && candidate.createdAt <= issuedAt);
  const transfer = payment === undefined ? undefined : (await transfersOf(db, [payment.id])).get(payment.id);
  return payment === undefined || transfer === undefined ? null : { payment, transfer };
}
