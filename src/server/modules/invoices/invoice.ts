import type { Currency } from '#shared/money/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import type { InvoiceStatus } from './invoice-states.ts';

/** A party of an invoice as it was at issue; never changed afterwards. */
export type Party = {
  readonly name: string;
  readonly email: string | null;
  readonly taxId: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string;
};

/** EN 16931 tax categories (UNCL5305): standard, zero, exempt, reverse charge, intra-community, export, outside scope. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O';

/** What is billed: one line before it is priced with tax. Amounts in minor units of the invoice's currency. */
export type LineInput = {
  readonly description: string;
  readonly quantity: bigint;
  readonly unitAmountMinor: bigint;
  readonly periodStart?: CalendarDate;
  readonly periodEnd?: CalendarDate;
  readonly creditPackageId?: string;
  /** Credits granted when the invoice is paid. */
  readonly credits?: bigint;
};

/** A priced line. */
export type DraftLine = LineInput & {
  readonly amountMinor: bigint;
  readonly taxCategory: TaxCategory;
  readonly taxRateBasisPoints: number;
  readonly taxMinor: bigint;
};

/** An invoice before it has a number: pure, the same for a preview and for the issue. */
export type Draft = {
  readonly currency: Currency;
  readonly lines: readonly DraftLine[];
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
};

/** Why the invoice exists; an unpaid credit purchase is voided after a day, a manual invoice is not. */
export type InvoicePurpose = 'credit_purchase' | 'manual';

/** Why the last attempt to pay did not bring money. */
export type PaymentError = { readonly code: string; readonly message: string; readonly at: Date };

/** An invoice as stored. Amounts in minor units of its currency. */
export type Invoice = {
  readonly id: string;
  readonly accountId: string;
  readonly status: InvoiceStatus;
  readonly purpose: InvoicePurpose;
  readonly number: string | null;
  readonly currency: Currency;
  readonly issuedOn: CalendarDate | null;
  readonly dueOn: CalendarDate | null;
  readonly issuedAt: Date | null;
  /** When an unpaid purchase is voided; null for every other invoice. */
  readonly expiresAt: Date | null;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly amountPaidMinor: bigint;
  readonly seller: Party & {
    readonly timeZone: string;
    readonly terms: string;
    readonly footer: string;
    readonly website: string | null;
  };
  readonly buyer: Party & { readonly locale: string };
  readonly paidAt: Date | null;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
  readonly lastPaymentError: PaymentError | null;
};

/** A line as stored. */
export type InvoiceLine = {
  readonly id: string;
  readonly position: number;
  readonly description: string;
  readonly quantity: bigint;
  readonly unitAmountMinor: bigint;
  readonly amountMinor: bigint;
  readonly taxCategory: TaxCategory;
  readonly taxRateBasisPoints: number;
  readonly taxMinor: bigint;
  readonly periodStart: CalendarDate | null;
  readonly periodEnd: CalendarDate | null;
  readonly creditPackageId: string | null;
  readonly credits: bigint | null;
};

/** What is still to be paid, in minor units; nothing once the invoice is void or written off. */
export function amountDueMinor(invoice: Pick<Invoice, 'status' | 'totalMinor' | 'amountPaidMinor'>): bigint {
  return invoice.status === 'pending' ? invoice.totalMinor - invoice.amountPaidMinor : 0n;
}

/** What money that arrives can still settle, in minor units: also of an invoice that was given up for lost. */
export function settleableMinor(invoice: Pick<Invoice, 'status' | 'totalMinor' | 'amountPaidMinor'>): bigint {
  const isOpen = invoice.status === 'pending' || invoice.status === 'uncollectible';
  return isOpen ? invoice.totalMinor - invoice.amountPaidMinor : 0n;
}

/** Whether the invoice is pending past its due date, on the calendar date `today` of the seller. */
export function isOverdue(invoice: Pick<Invoice, 'status' | 'dueOn'>, today: CalendarDate): boolean {
  return invoice.status === 'pending' && invoice.dueOn !== null && invoice.dueOn < today;
}

/**
 * Prices lines without tax: every line is outside the scope of tax (category O) until the seller has tax
 * registrations. @throws RangeError for an empty invoice or a line that is not positive
 */
export function draftInvoice(currency: Currency, lines: readonly LineInput[]): Draft {
  if (lines.length === 0) throw new RangeError('An invoice needs at least one line.');
  const priced = lines.map((line): DraftLine => {
    if (line.quantity <= 0n || line.unitAmountMinor < 0n)
      throw new RangeError('A line needs a positive quantity and amount.');
    const amountMinor = line.quantity * line.unitAmountMinor;
    return { ...line, amountMinor, taxCategory: 'O', taxRateBasisPoints: 0, taxMinor: 0n };
  });
  const subtotalMinor = priced.reduce((sum, line) => sum + line.amountMinor, 0n);
  const taxMinor = priced.reduce((sum, line) => sum + line.taxMinor, 0n);
  return { currency, lines: priced, subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor };
}
