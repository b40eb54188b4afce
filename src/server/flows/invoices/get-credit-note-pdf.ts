import type { StoredFile } from '#server/modules/documents/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import type { App } from '../app.ts';
import { ensureCreditNoteDocument } from '../steps/ensure-credit-note-document.ts';

/** The document of a credit note of the account. @throws NotFound */
export async function getCreditNotePdf(app: App, actor: Actor, creditNoteId: string): Promise<StoredFile> {
  authorize(actor, 'invoices.read');
  return await ensureCreditNoteDocument(app, { accountId: accountIdOf(actor), creditNoteId });
}
