import type { StoredFile } from '#server/modules/documents/index.ts';
import { invoiceById } from '#server/modules/invoices/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { ensureInvoiceDocument } from '../steps/ensure-invoice-document.ts';

/** The newest rendition of an invoice: as paid when it is paid, else as issued. @throws NotFound */
export async function getInvoicePdf(app: App, actor: Actor, invoiceId: string): Promise<StoredFile> {
  authorize(actor, 'invoices.read');
  const accountId = accountIdOf(actor);
  const invoice = await inRead(app, { account: accountId }, (db) => invoiceById(db, accountId, invoiceId));
  if (invoice.status === 'draft') throw new NotFound('invoice');
  return await ensureInvoiceDocument(app, { accountId, invoiceId }, invoice.status === 'paid' ? 'paid' : 'issued');
}
