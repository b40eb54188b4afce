import { sql } from 'kysely';
import { addDays, calendarDateIn } from '#shared/time/index.ts';
import { statesBefore } from '#shared/state/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Draft, DraftLine, Invoice, InvoicePurpose, PaymentError } from './invoice.ts';
import { takeInvoiceNumber } from './invoice-number.ts';
import { invoiceStates } from './invoice-states.ts';
import type { InvoiceDeadline } from './invoices-queries.ts';
import type { Seller } from './seller.ts';

/** Days from issue to due date, unless said otherwise. */
const defaultDueDays = 7;

/** An unpaid purchase is told by e-mail after a quarter of an hour: a card payment is over by then, or left. */
const announcePurchaseAfterMs = 15 * 60_000;

/** An unpaid purchase is voided after a day. */
const expirePurchaseAfterMs = 24 * 60 * 60_000;

/** What a draft is made from. */
export type NewInvoice = {
  readonly accountId: string;
  readonly seller: Seller;
  readonly buyer: Invoice['buyer'];
  readonly purpose: InvoicePurpose;
  readonly draft: Draft;
};

/** Stores a draft with its lines; it has no number yet. Answers its id. */
export async function storeDraft(tx: Tx, source: Source, invoice: NewInvoice): Promise<string> {
  const id = source.ids.next();
  const now = source.clock.now();
  await tx
    .insertInto('invoices')
    .values({
      id,
      account_id: invoice.accountId,
      seller_id: invoice.seller.id,
      status: 'draft',
      purpose: invoice.purpose,
      currency: invoice.draft.currency,
      subtotal_minor: invoice.draft.subtotalMinor,
      tax_minor: invoice.draft.taxMinor,
      total_minor: invoice.draft.totalMinor,
      amount_paid_minor: 0n,
      seller: JSON.stringify(sellerSnapshot(invoice.seller)),
      buyer: JSON.stringify(invoice.buyer),
      created_at: now,
      updated_at: now,
    })
    .execute();
  const lines = invoice.draft.lines.map((line, index) =>
    lineRow(source.ids.next(), invoice.accountId, id, index + 1, line),
  );
  await tx.insertInto('invoice_lines').values(lines).execute();
  return id;
}

/**
 * Issues a draft: gives it dates in the seller's time zone and the next number. The last statement before the commit,
 * because the counter of the month stays locked until then. Answers the number.
 */
export async function issueDraft(
  tx: Tx,
  source: Source,
  invoice: {
    readonly id: string;
    readonly seller: Seller;
    readonly purpose: InvoicePurpose;
    readonly dueDays?: number;
    /** Until when the transfer it is paid by may take: it is not announced, and voided no earlier. */
    readonly waitsUntil?: Date | null;
  },
): Promise<string> {
  const now = source.clock.now();
  const issuedOn = calendarDateIn(now, invoice.seller.timeZone);
  const isPurchase = invoice.purpose === 'credit_purchase';
  const waitsUntil = invoice.waitsUntil ?? null;
  const number = await takeInvoiceNumber(tx, invoice.seller.id, 'INV', issuedOn);
  await tx
    .updateTable('invoices')
    .set({
      status: 'pending',
      series: number.series,
      period: number.period,
      sequence: number.sequence,
      number: number.text,
      issued_on: issuedOn,
      due_on: addDays(issuedOn, invoice.dueDays ?? defaultDueDays),
      issued_at: now,
      announce_at: waitsUntil !== null ? null : isPurchase ? after(now, announcePurchaseAfterMs) : now,
      expires_at: isPurchase ? latest(after(now, expirePurchaseAfterMs), waitsUntil) : null,
      updated_at: now,
    })
    .where('id', '=', invoice.id)
    .where('status', 'in', statesBefore(invoiceStates, 'pending'))
    .executeTakeFirstOrThrow();
  return number.text;
}

/**
 * Adds what a payment brought, in minor units, and marks the invoice paid when nothing is left to pay. The caller holds
 * the invoice's row lock and adds no more than what is due.
 */
export async function addAmountPaid(tx: Tx, invoice: Invoice, amountMinor: bigint, now: Date): Promise<void> {
  const paidMinor = invoice.amountPaidMinor + amountMinor;
  const isPaid = paidMinor === invoice.totalMinor;
  await tx
    .updateTable('invoices')
    .set({
      amount_paid_minor: paidMinor,
      updated_at: now,
      last_payment_error: null,
      // A purchase that has money on it is not voided any more: the rest stays due.
      expires_at: null,
      ...(isPaid ? { status: 'paid', paid_at: now, announce_at: null } : {}),
    })
    .where('id', '=', invoice.id)
    .where('status', 'in', statesBefore(invoiceStates, 'paid'))
    .executeTakeFirstOrThrow();
}

/** Remembers on the invoice why the last attempt to pay it failed; it stays pending. */
export async function noteFailedAttempt(tx: Tx, invoiceId: string, error: PaymentError, now: Date): Promise<void> {
  await tx
    .updateTable('invoices')
    .set({ last_payment_error: JSON.stringify(error), updated_at: now })
    .where('id', '=', invoiceId)
    .where('status', '=', 'pending')
    .execute();
}

/** Voids a pending invoice, which keeps its number. Answers whether it was pending. */
export async function voidInvoice(tx: Tx, invoiceId: string, reason: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('invoices')
    .set({ status: 'void', voided_at: now, void_reason: reason, updated_at: now, announce_at: null, expires_at: null })
    .where('id', '=', invoiceId)
    .where('status', 'in', statesBefore(invoiceStates, 'void'))
    .where('amount_paid_minor', '=', sql<bigint>`0`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Writes down that the invoice was announced, so that it is not found due again. */
export async function markAnnounced(tx: Tx, invoiceId: string): Promise<void> {
  await tx.updateTable('invoices').set({ announce_at: null }).where('id', '=', invoiceId).execute();
}

/**
 * Gives a transfer the time it takes: an unpaid purchase is voided no earlier than `until`, or not at all while `until` is
 * null, and it is not announced, because the instructions for the transfer tell of it.
 */
export async function waitForTransfer(tx: Tx, invoiceId: string, until: Date | null): Promise<void> {
  await tx
    .updateTable('invoices')
    .set({
      expires_at:
        until === null
          ? null
          : sql<Date | null>`
        case when purpose = 'credit_purchase' and amount_paid_minor = 0 then greatest(expires_at, ${until}) end`,
      announce_at: null,
    })
    .where('id', '=', invoiceId)
    .where('status', '=', 'pending')
    .execute();
}

/** Puts a deadline off by an hour: money may still be on its way, or the gateway did not answer. */
export async function postponeDeadline(tx: Tx, invoiceId: string, deadline: InvoiceDeadline, now: Date): Promise<void> {
  await tx
    .updateTable('invoices')
    .set(deadline === 'announce_at' ? { announce_at: after(now, hourMs) } : { expires_at: after(now, hourMs) })
    .where('id', '=', invoiceId)
    .where(deadline, 'is not', null)
    .execute();
}

const hourMs = 60 * 60_000;

function after(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}

function latest(instant: Date, other: Date | null): Date {
  return other !== null && other > instant ? other : instant;
}

function sellerSnapshot(seller: Seller): Invoice['seller'] {
  return {
    name: seller.legalName,
    email: seller.email,
    taxId: seller.taxId,
    line1: seller.line1,
    line2: seller.line2,
    city: seller.city,
    state: seller.state,
    postalCode: seller.postalCode,
    country: seller.country,
    timeZone: seller.timeZone,
    terms: seller.invoiceTerms,
    footer: seller.invoiceFooter,
    website: seller.website,
  };
}

function lineRow(id: string, accountId: string, invoiceId: string, position: number, line: DraftLine) {
  return {
    id,
    account_id: accountId,
    invoice_id: invoiceId,
    position,
    description: line.description,
    quantity: line.quantity,
    unit_amount_minor: line.unitAmountMinor,
    amount_minor: line.amountMinor,
    tax_category: line.taxCategory,
    tax_rate_basis_points: line.taxRateBasisPoints,
    tax_minor: line.taxMinor,
    period_start: line.periodStart ?? null,
    period_end: line.periodEnd ?? null,
    credit_package_id: line.creditPackageId ?? null,
    credits: line.credits ?? null,
  };
}
