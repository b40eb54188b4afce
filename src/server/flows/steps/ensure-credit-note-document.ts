import {
  creditNoteDocument,
  keepCreditNoteDocument,
  renderInvoicePdf,
  type StoredFile,
} from '#server/modules/documents/index.ts';
import { creditNoteById, invoiceById, linesOfCreditNote } from '#server/modules/invoices/index.ts';
import { paymentById, refundById } from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { creditNoteDocumentOf } from './credit-note-document.ts';
import { paidWith } from './paid-with.ts';

/**
 * The kept document of a credit note; it is rendered and kept with its hash if it was not yet, once: of two that render
 * at the same time the first stays. @throws NotFound when the account has no such credit note
 */
export async function ensureCreditNoteDocument(
  app: App,
  target: { readonly accountId: string; readonly creditNoteId: string },
): Promise<StoredFile> {
  const { accountId, creditNoteId } = target;
  const scope = { account: accountId };
  const facts = await inRead(app, scope, async (db) => {
    const note = await creditNoteById(db, accountId, creditNoteId);
    const refund = await refundById(db, accountId, note.refundId);
    return {
      known: await creditNoteDocument(db, creditNoteId),
      note,
      lines: await linesOfCreditNote(db, creditNoteId),
      invoice: await invoiceById(db, accountId, note.invoiceId),
      paidWith: await paidWith(db, await paymentById(db, accountId, refund.paymentId)),
    };
  });
  if (facts.known !== null) return facts.known;
  const content = await renderInvoicePdf(creditNoteDocumentOf(facts));
  const filename = `${facts.note.number}.pdf`;
  await inTransaction(app, scope, (tx) =>
    keepCreditNoteDocument(tx, app, { accountId, creditNoteId, filename, content }),
  );
  const kept = await inRead(app, scope, (db) => creditNoteDocument(db, creditNoteId));
  if (kept === null) throw new Error(`The document of credit note ${facts.note.number} was not kept.`);
  return kept;
}
