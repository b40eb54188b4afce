import { sql } from 'kysely';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** A number of a gapless series: `INV-2026-11-00042`. */
export type InvoiceNumber = {
  readonly series: string;
  /** Year and month of the issue date in the seller's zone. */
  readonly period: string;
  readonly sequence: bigint;
  readonly text: string;
};

/** Writes a number with at least five digits: past 99999 it grows and stays unique. */
export function invoiceNumberText(series: string, period: string, sequence: bigint): string {
  return `${series}-${period}-${sequence.toString().padStart(5, '0')}`;
}

/**
 * Takes the next number of the series for the month of `issuedOn`. Take it last in the transaction: the month's counter
 * stays locked until the commit, and a rollback gives the number back, so that none is ever missing or given twice.
 */
export async function takeInvoiceNumber(
  tx: Tx,
  sellerId: string,
  series: string,
  issuedOn: CalendarDate,
): Promise<InvoiceNumber> {
  const period = issuedOn.slice(0, 7);
  const { rows } = await sql<{ sequence: bigint }>`
    select purser.take_invoice_number(${sellerId}::uuid, ${series}, ${period}) as sequence
  `.execute(tx);
  const sequence = rows[0]?.sequence;
  if (sequence === undefined) throw new Error('The database gave no invoice number.');
  return { series, period, sequence, text: invoiceNumberText(series, period, sequence) };
}
