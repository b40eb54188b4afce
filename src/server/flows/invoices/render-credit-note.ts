import type { App } from '../app.ts';
import { ensureCreditNoteDocument } from '../steps/ensure-credit-note-document.ts';

/** Renders and keeps the document of a credit note, once. */
export async function renderCreditNote(
  app: App,
  target: { readonly accountId: string; readonly creditNoteId: string },
): Promise<void> {
  await ensureCreditNoteDocument(app, target);
}
