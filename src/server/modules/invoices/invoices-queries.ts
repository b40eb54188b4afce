import { type Selectable, sql } from 'kysely';
import type { Currency } from '#shared/money/index.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Invoice, InvoiceLine, InvoicePurpose, PaymentError, TaxCategory } from './invoice.ts';
import type { InvoiceStatus } from './invoice-states.ts';

/** Which invoices of an account a list shows. */
export type InvoiceFilter = {
  readonly accountId: string;
  readonly status?: InvoiceStatus | 'overdue' | undefined;
  /** A part of the number, in any case. */
  readonly search?: string | undefined;
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
  readonly oldestFirst: boolean;
  readonly limit: number;
  /** The position after which the page starts: issue date and id of the last row seen. */
  readonly after?: { readonly issuedOn: string; readonly id: string } | undefined;
  readonly now: Date;
};

const invoiceColumns = [
  'id',
  'account_id',
  'status',
  'purpose',
  'number',
  'currency',
  'issued_on',
  'due_on',
  'issued_at',
  'expires_at',
  'subtotal_minor',
  'tax_minor',
  'total_minor',
  'amount_paid_minor',
  'seller',
  'buyer',
  'paid_at',
  'voided_at',
  'void_reason',
  'last_payment_error',
] as const;

const lineColumns = [
  'id',
  'invoice_id',
  'position',
  'description',
  'quantity',
  'unit_amount_minor',
  'amount_minor',
  'tax_category',
  'tax_rate_basis_points',
  'tax_minor',
  'period_start',
  'period_end',
  'credit_package_id',
  'credits',
] as const;

/** A page of issued invoices, one row more than `limit` when there are more. */
export async function listInvoices(db: Db, filter: InvoiceFilter): Promise<Invoice[]> {
  const direction = filter.oldestFirst ? 'asc' : 'desc';
  let query = db
    .selectFrom('invoices')
    .select(invoiceColumns)
    .where('account_id', '=', filter.accountId)
    .where('status', '<>', 'draft');
  if (filter.status === 'overdue') {
    // Due dates are dates of the seller's calendar; one seller, so its zone is that of any invoice.
    query = query
      .where('status', '=', 'pending')
      .where('due_on', '<', sql<string>`(${filter.now}::timestamptz at time zone (seller->>'timeZone'))::date`);
  } else if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.search !== undefined && filter.search !== '') {
    query = query.where('number', 'ilike', `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  }
  if (filter.issuedFrom !== undefined) query = query.where('issued_on', '>=', filter.issuedFrom);
  if (filter.issuedTo !== undefined) query = query.where('issued_on', '<=', filter.issuedTo);
  if (filter.after !== undefined) {
    const { issuedOn, id } = filter.after;
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('issued_on', 'id'), filter.oldestFirst ? '>' : '<', tuple(issuedOn, id)),
    );
  }
  const rows = await query
    .orderBy('issued_on', direction)
    .orderBy('id', direction)
    .limit(filter.limit + 1)
    .execute();
  return rows.map(fromRow);
}

/** One invoice of the account. @throws NotFound */
export async function invoiceById(db: Db, accountId: string, id: string): Promise<Invoice> {
  const row = await db
    .selectFrom('invoices')
    .select(invoiceColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('invoice');
  return fromRow(row);
}

/** One invoice, locked until the transaction ends. @throws NotFound */
export async function lockInvoice(db: Db, accountId: string, id: string): Promise<Invoice> {
  const row = await db
    .selectFrom('invoices')
    .select(invoiceColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('invoice');
  return fromRow(row);
}

/** The lines of invoices, by invoice, in their order. */
export async function linesOfInvoices(db: Db, invoiceIds: readonly string[]): Promise<Map<string, InvoiceLine[]>> {
  const byInvoice = new Map<string, InvoiceLine[]>(invoiceIds.map((id) => [id, []]));
  if (invoiceIds.length === 0) return byInvoice;
  const rows = await db
    .selectFrom('invoice_lines')
    .select(lineColumns)
    .where('invoice_id', 'in', invoiceIds)
    .orderBy('position')
    .execute();
  for (const row of rows) {
    byInvoice.get(row.invoice_id)?.push({
      id: row.id,
      position: row.position,
      description: row.description,
      quantity: row.quantity,
      unitAmountMinor: row.unit_amount_minor,
      amountMinor: row.amount_minor,
      taxCategory: row.tax_category as TaxCategory,
      taxRateBasisPoints: row.tax_rate_basis_points,
      taxMinor: row.tax_minor,
      periodStart: row.period_start,
      periodEnd: row.period_end,
      creditPackageId: row.credit_package_id,
      credits: row.credits,
    });
  }
  return byInvoice;
}

/** The lines of one invoice, in their order. */
export async function linesOf(db: Db, invoiceId: string): Promise<InvoiceLine[]> {
  return (await linesOfInvoices(db, [invoiceId])).get(invoiceId) ?? [];
}

/** Something that falls due on an invoice: telling it by e-mail, or voiding an unpaid purchase. */
export type InvoiceDeadline = 'announce_at' | 'expires_at';

/** The invoices whose deadline has come at `now`, longest due first, at most `limit`. */
export async function invoicesDue(
  db: Db,
  deadline: InvoiceDeadline,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('invoices')
    .select(['id', 'account_id'])
    .where(deadline, '<=', now)
    .orderBy(deadline)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next such deadline after `after` comes; null when there is none. */
export async function nextInvoiceDeadline(db: Db, deadline: InvoiceDeadline, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('invoices')
    .select(deadline)
    .where(deadline, '>', after)
    .orderBy(deadline)
    .limit(1)
    .executeTakeFirst();
  return row?.[deadline] ?? null;
}

/** Today's date on the seller's calendar. */
export function todayOf(invoice: Invoice, now: Date): string {
  return calendarDateIn(now, invoice.seller.timeZone);
}

type Row = Pick<Selectable<Database['invoices']>, (typeof invoiceColumns)[number]>;

function fromRow(row: Row): Invoice {
  return {
    id: row.id,
    accountId: row.account_id,
    status: row.status as InvoiceStatus,
    purpose: row.purpose as InvoicePurpose,
    number: row.number,
    currency: row.currency as Currency,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    subtotalMinor: row.subtotal_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    amountPaidMinor: row.amount_paid_minor,
    seller: row.seller as Invoice['seller'],
    buyer: row.buyer as Invoice['buyer'],
    paidAt: row.paid_at,
    voidedAt: row.voided_at,
    voidReason: row.void_reason,
    lastPaymentError: paymentErrorFrom(row.last_payment_error as { code: string; message: string; at: string } | null),
  };
}

/** A payment error as JSON keeps it. */
export function paymentErrorFrom(stored: { code: string; message: string; at: string } | null): PaymentError | null {
  return stored === null ? null : { code: stored.code, message: stored.message, at: new Date(stored.at) };
}
