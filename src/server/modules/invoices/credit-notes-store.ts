import { calendarDateIn } from '#shared/time/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { creditNoteLines } from './credit-note.ts';
import { creditedLines } from './credit-notes-queries.ts';
import type { Invoice } from './invoice.ts';
import { takeInvoiceNumber } from './invoice-number.ts';
import { linesOf } from './invoices-queries.ts';

/** What is to be taken back of an invoice. */
export type NewCreditNote = {
  readonly id: string;
  /** The invoice, locked by the transaction. */
  readonly invoice: Invoice;
  readonly refundId: string;
  /** With tax, in minor units; at most what is left of the invoice. */
  readonly amountMinor: bigint;
  readonly reason: string | null;
};

/**
 * Issues a credit note with the invoice's own figures and the next number of the series CN. Call it last in the
 * transaction, with every invoice locked before: the month's counter stays locked until the commit. Answers the number.
 */
export async function issueCreditNote(tx: Tx, source: Source, note: NewCreditNote): Promise<string> {
  const { invoice } = note;
  const lines = creditNoteLines(await linesOf(tx, invoice.id), await creditedLines(tx, invoice.id), note.amountMinor);
  const { seller_id: sellerId } = await tx
    .selectFrom('invoices')
    .select('seller_id')
    .where('id', '=', invoice.id)
    .executeTakeFirstOrThrow();
  const now = source.clock.now();
  const issuedOn = calendarDateIn(now, invoice.seller.timeZone);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const number = await takeInvoiceNumber(tx, sellerId, 'CN', issuedOn);
  await tx
    .insertInto('credit_notes')
    .values({
      id: note.id,
      account_id: invoice.accountId,
      seller_id: sellerId,
      invoice_id: invoice.id,
      refund_id: note.refundId,
      series: number.series,
      period: number.period,
      sequence: number.sequence,
      number: number.text,
      currency: invoice.currency,
      issued_on: issuedOn,
      issued_at: now,
      subtotal_minor: note.amountMinor - taxMinor,
      tax_minor: taxMinor,
      total_minor: note.amountMinor,
      reason: note.reason,
      seller: JSON.stringify(invoice.seller),
      buyer: JSON.stringify(invoice.buyer),
    })
    .execute();
  await tx
    .insertInto('credit_note_lines')
    .values(
      lines.map((line, index) => ({
        id: source.ids.next(),
        account_id: invoice.accountId,
        credit_note_id: note.id,
        position: index + 1,
        invoice_line_id: line.invoiceLineId,
        description: line.description,
        quantity: line.quantity,
        unit_amount_minor: line.unitAmountMinor,
        amount_minor: line.amountMinor,
        tax_category: line.taxCategory,
        tax_rate_basis_points: line.taxRateBasisPoints,
        tax_minor: line.taxMinor,
        period_start: line.periodStart,
        period_end: line.periodEnd,
      })),
    )
    .execute();
  return number.text;
}

/** Voids the credit notes of a refund that did not go through after all; they keep their numbers. */
export async function voidCreditNotes(tx: Tx, refundId: string, reason: string, now: Date): Promise<void> {
  await tx
    .updateTable('credit_notes')
    .set({ voided_at: now, void_reason: reason })
    .where('refund_id', '=', refundId)
    .where('voided_at', 'is', null)
    .execute();
}
