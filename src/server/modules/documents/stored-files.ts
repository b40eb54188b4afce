import { createHash } from 'node:crypto';
import type { Db, Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** As what an invoice was rendered: when it was issued, or when it was paid. */
export type Rendition = 'issued' | 'paid';

/** A file with its content. */
export type StoredFile = {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** SHA-256 of the content. */
  readonly sha256: Buffer;
};

/** Keeps a rendition of an invoice with its hash, once: the first stays. Answers whether this was the first. */
export async function keepInvoiceDocument(
  tx: Tx,
  source: Source,
  document: { accountId: string; invoiceId: string; rendition: Rendition; filename: string; content: Buffer },
): Promise<boolean> {
  const known = await tx
    .selectFrom('invoice_documents')
    .select('file_id')
    .where('invoice_id', '=', document.invoiceId)
    .where('rendition', '=', document.rendition)
    .executeTakeFirst();
  if (known !== undefined) return false;
  const fileId = await storePdf(tx, source, document);
  const kept = await tx
    .insertInto('invoice_documents')
    .values({
      invoice_id: document.invoiceId,
      rendition: document.rendition,
      account_id: document.accountId,
      file_id: fileId,
      rendered_at: source.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['invoice_id', 'rendition']).doNothing())
    .executeTakeFirst();
  return (kept.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Keeps the document of a credit note with its hash, once: the first stays. */
export async function keepCreditNoteDocument(
  tx: Tx,
  source: Source,
  document: { accountId: string; creditNoteId: string; filename: string; content: Buffer },
): Promise<void> {
  if ((await creditNoteDocument(tx, document.creditNoteId)) !== null) return;
  const fileId = await storePdf(tx, source, document);
  await tx
    .insertInto('credit_note_documents')
    .values({
      credit_note_id: document.creditNoteId,
      account_id: document.accountId,
      file_id: fileId,
      rendered_at: source.clock.now(),
    })
    .onConflict((conflict) => conflict.column('credit_note_id').doNothing())
    .execute();
}

/** The kept document of a credit note, or null while there is none. */
export async function creditNoteDocument(db: Db, creditNoteId: string): Promise<StoredFile | null> {
  const row = await db
    .selectFrom('credit_note_documents')
    .innerJoin('files', 'files.id', 'credit_note_documents.file_id')
    .select(['files.id', 'files.filename', 'files.content_type', 'files.content', 'files.sha256'])
    .where('credit_note_id', '=', creditNoteId)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** A kept rendition of an invoice, or null while there is none. */
export async function invoiceDocument(db: Db, invoiceId: string, rendition: Rendition): Promise<StoredFile | null> {
  const row = await db
    .selectFrom('invoice_documents')
    .innerJoin('files', 'files.id', 'invoice_documents.file_id')
    .select(['files.id', 'files.filename', 'files.content_type', 'files.content', 'files.sha256'])
    .where('invoice_id', '=', invoiceId)
    .where('rendition', '=', rendition)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Files by id, in no order. */
export async function filesById(db: Db, ids: readonly string[]): Promise<StoredFile[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('files')
    .select(['id', 'filename', 'content_type', 'content', 'sha256'])
    .where('id', 'in', ids)
    .execute();
  return rows.map(fromRow);
}

async function storePdf(
  tx: Tx,
  source: Source,
  document: { accountId: string; filename: string; content: Buffer },
): Promise<string> {
  const id = source.ids.next();
  await tx
    .insertInto('files')
    .values({
      id,
      account_id: document.accountId,
      filename: document.filename,
      content_type: 'application/pdf',
      sha256: createHash('sha256').update(document.content).digest(),
      content: document.content,
      created_at: source.clock.now(),
    })
    .execute();
  return id;
}

function fromRow(row: {
  id: string;
  filename: string;
  content_type: string;
  content: Buffer;
  sha256: Buffer;
}): StoredFile {
  return {
    id: row.id,
    filename: row.filename,
    contentType: row.content_type,
    content: row.content,
    sha256: row.sha256,
  };
}
