import { allocate, type Currency } from '#shared/money/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import type { Invoice, InvoiceLine, TaxCategory } from './invoice.ts';

/** A credit note as stored: what a refund corrects of one invoice. Amounts in minor units of its currency. */
export type CreditNote = {
  readonly id: string;
  readonly accountId: string;
  readonly invoiceId: string;
  readonly refundId: string;
  /** `CN-2026-11-00001` */
  readonly number: string;
  readonly currency: Currency;
  readonly issuedOn: CalendarDate;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly reason: string | null;
  /** Both parties as they were when the invoice was issued. */
  readonly seller: Invoice['seller'];
  readonly buyer: Invoice['buyer'];
  /** Set when the money came back after all: it keeps its number and corrects nothing. */
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
};

/** A line of a credit note: what it takes back of a line of the invoice. */
export type CreditNoteLine = {
  readonly invoiceLineId: string;
  readonly description: string;
  readonly quantity: bigint;
  readonly unitAmountMinor: bigint;
  readonly amountMinor: bigint;
  readonly taxCategory: TaxCategory;
  readonly taxRateBasisPoints: number;
  readonly taxMinor: bigint;
  readonly periodStart: CalendarDate | null;
  readonly periodEnd: CalendarDate | null;
};

/** What credit notes have taken back of a line so far, in minor units. */
export type CreditedLine = { readonly amountMinor: bigint; readonly taxMinor: bigint };

/**
 * Divides an amount with tax among the lines of an invoice, and in each between its net amount and its tax, in
 * proportion to what is left of them, by largest remainder: the lines add up to the amount exactly, no line is ever
 * credited more than it says, and credit notes over the whole invoice together repeat its figures. Pure.
 *
 * @throws RangeError when less than the amount is left of the invoice
 */
export function creditNoteLines(
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<string, CreditedLine>,
  amountMinor: bigint,
): CreditNoteLine[] {
  const left = lines.flatMap((line) => {
    const before = credited.get(line.id) ?? { amountMinor: 0n, taxMinor: 0n };
    return [line.amountMinor - before.amountMinor, line.taxMinor - before.taxMinor];
  });
  if (amountMinor > left.reduce((sum, part) => sum + part, 0n)) {
    throw new RangeError('A credit note cannot take back more than is left of its invoice.');
  }
  const parts = allocate(amountMinor, left);
  return lines.flatMap((line, index) => {
    const net = parts[2 * index] ?? 0n;
    const tax = parts[2 * index + 1] ?? 0n;
    return net === 0n && tax === 0n ? [] : [creditLine(line, net, tax)];
  });
}

/** A line taken back whole reads like the original; a part of it is one piece. */
function creditLine(line: InvoiceLine, amountMinor: bigint, taxMinor: bigint): CreditNoteLine {
  const isWhole = amountMinor === line.amountMinor;
  return {
    invoiceLineId: line.id,
    description: line.description,
    quantity: isWhole ? line.quantity : 1n,
    unitAmountMinor: isWhole ? line.unitAmountMinor : amountMinor,
    amountMinor,
    taxCategory: line.taxCategory,
    taxRateBasisPoints: line.taxRateBasisPoints,
    taxMinor,
    periodStart: line.periodStart,
    periodEnd: line.periodEnd,
  };
}
