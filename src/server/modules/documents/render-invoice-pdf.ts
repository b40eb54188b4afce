import { textsFor } from '#shared/texts/index.ts';
import { assertFiguresAddUp } from './document-figures.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { layoutInvoice } from './invoice-layout.ts';
import { titleOf } from './letterhead.ts';
import { paintPages } from './paint-pages.ts';

/**
 * The document as PDF/A-3b, in any script, with the same bytes for the same document.
 * @throws DocumentDoesNotAddUp when the figures it shows contradict each other
 */
export async function renderInvoicePdf(document: InvoiceDocument): Promise<Buffer> {
  assertFiguresAddUp(document);
  const texts = textsFor(document.locale);
  return paintPages(layoutInvoice(document, texts), {
    title: `${titleOf({ document, texts })} ${document.number}`,
    subject: texts.states.invoice[document.state].word,
    author: document.seller.name,
    language: texts.locale,
    createdAt: new Date(`${document.paidOn ?? document.issuedOn}T00:00:00Z`),
  });
}
