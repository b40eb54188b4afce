import { type Selectable, sql } from 'kysely';
import { isCurrency } from '#shared/money/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { CreditedLine, CreditNote, CreditNoteLine } from './credit-note.ts';
import type { TaxCategory } from './invoice.ts';

const columns = [
  'id',
  'account_id',
  'invoice_id',
  'refund_id',
  'number',
  'currency',
  'issued_on',
  'subtotal_minor',
  'tax_minor',
  'total_minor',
  'reason',
  'seller',
  'buyer',
  'voided_at',
  'void_reason',
] as const;

/** One credit note of the account. @throws NotFound */
export async function creditNoteById(db: Db, accountId: string, id: string): Promise<CreditNote> {
  const row = await notesQuery(db).where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('credit note');
  return fromRow(row);
}

/** The credit notes of an invoice, the oldest first. */
export async function creditNotesOfInvoice(db: Db, invoiceId: string): Promise<CreditNote[]> {
  const rows = await notesQuery(db).where('invoice_id', '=', invoiceId).orderBy('id').execute();
  return rows.map(fromRow);
}

/** The credit notes of refunds, the oldest first. */
export async function creditNotesOfRefunds(db: Db, refundIds: readonly string[]): Promise<CreditNote[]> {
  if (refundIds.length === 0) return [];
  const rows = await notesQuery(db)
    .where('refund_id', 'in', [...refundIds])
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** The lines of a credit note, in their order. */
export async function linesOfCreditNote(db: Db, creditNoteId: string): Promise<CreditNoteLine[]> {
  const rows = await db
    .selectFrom('credit_note_lines')
    .select([
      'invoice_line_id',
      'description',
      'quantity',
      'unit_amount_minor',
      'amount_minor',
      'tax_category',
      'tax_rate_basis_points',
      'tax_minor',
      'period_start',
      'period_end',
    ])
    .where('credit_note_id', '=', creditNoteId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    invoiceLineId: row.invoice_line_id,
    description: row.description,
    quantity: row.quantity,
    unitAmountMinor: row.unit_amount_minor,
    amountMinor: row.amount_minor,
    taxCategory: row.tax_category as TaxCategory,
    taxRateBasisPoints: row.tax_rate_basis_points,
    taxMinor: row.tax_minor,
    periodStart: row.period_start,
    periodEnd: row.period_end,
  }));
}

/** What credit notes that stand have taken back of each line of an invoice. */
export async function creditedLines(db: Db, invoiceId: string): Promise<Map<string, CreditedLine>> {
  const { rows } = await sql<CreditedLine & { readonly lineId: string }>`
    select line.invoice_line_id as "lineId", sum(line.amount_minor)::bigint as "amountMinor",
      sum(line.tax_minor)::bigint as "taxMinor"
    from purser.credit_note_lines line
    join purser.credit_notes note on note.id = line.credit_note_id and note.voided_at is null
    where note.invoice_id = ${invoiceId}
    group by line.invoice_line_id`.execute(db);
  return new Map(rows.map(({ lineId, ...credited }) => [lineId, credited]));
}

function notesQuery(db: Db) {
  return db.selectFrom('credit_notes').select(columns);
}

function fromRow(row: Pick<Selectable<Database['credit_notes']>, (typeof columns)[number]>): CreditNote {
  if (!isCurrency(row.currency)) throw new Error(`The credit note ${row.number} cannot be read.`);
  return {
    id: row.id,
    accountId: row.account_id,
    invoiceId: row.invoice_id,
    refundId: row.refund_id,
    number: row.number,
    currency: row.currency,
    issuedOn: row.issued_on,
    subtotalMinor: row.subtotal_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    reason: row.reason,
    seller: row.seller as CreditNote['seller'],
    buyer: row.buyer as CreditNote['buyer'],
    voidedAt: row.voided_at,
    voidReason: row.void_reason,
  };
}
