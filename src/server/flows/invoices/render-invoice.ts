import type { Rendition } from '#server/modules/documents/index.ts';
import type { App } from '../app.ts';
import { ensureInvoiceDocument } from '../steps/ensure-invoice-document.ts';

/** Renders and keeps a rendition of an invoice, once. */
export async function renderInvoice(
  app: App,
  target: { readonly accountId: string; readonly invoiceId: string; readonly rendition: Rendition },
): Promise<void> {
  await ensureInvoiceDocument(app, target, target.rendition);
}
