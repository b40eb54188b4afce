import type { Selectable } from 'kysely';
import type { Currency } from '#shared/money/index.ts';
import { paymentErrorFrom } from '#server/modules/invoices/index.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { MethodDetails, Payment } from './payment.ts';
import type { PaymentStatus } from './payment-states.ts';

const columns = [
  'payments.id',
  'payments.account_id',
  'payments.method',
  'payments.gateway',
  'payments.status',
  'payments.amount_minor',
  'payments.currency',
  'payments.received_minor',
  'payments.refunded_minor',
  'payments.gateway_reference',
  'payments.method_details',
  'payments.saved_method_id',
  'payments.payer_is_present',
  'payments.keeps_method',
  'payments.last_error',
  'payments.attention',
  'payments.checks',
  'payments.created_at',
  'payments.succeeded_at',
] as const;

/** One payment of the account. @throws NotFound */
export async function paymentById(db: Db, accountId: string, id: string): Promise<Payment> {
  const row = await db
    .selectFrom('payments')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('payment');
  return fromRow(row);
}

/** Payments by id; read in the scope of their accounts, or of the system for any. */
export async function paymentsById(db: Db, ids: readonly string[]): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('payments').select(columns).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** One payment, locked until the transaction ends. @throws NotFound */
export async function lockPayment(db: Db, id: string): Promise<Payment> {
  const row = await db.selectFrom('payments').select(columns).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (row === undefined) throw new NotFound('payment');
  return fromRow(row);
}

/** A payment by its name at the gateway or, before that is known, by the id we gave the gateway. */
export async function paymentByReference(
  db: Db,
  gateway: string,
  reference: string,
  paymentId: string | null,
): Promise<Payment | null> {
  const row = await db
    .selectFrom('payments')
    .select(columns)
    .where('gateway', '=', gateway)
    .where((where) =>
      paymentId === null
        ? where('gateway_reference', '=', reference)
        : where.or([
            where('gateway_reference', '=', reference),
            where.and([where('id', '=', paymentId), where('gateway_reference', 'is', null)]),
          ]),
    )
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** What a payment is meant to pay: invoice and amount in minor units. */
export async function invoicesOfPayment(
  db: Db,
  paymentId: string,
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  const rows = await db
    .selectFrom('payment_invoices')
    .select(['invoice_id', 'amount_minor'])
    .where('payment_id', '=', paymentId)
    .orderBy('invoice_id')
    .execute();
  return rows.map((row) => ({ invoiceId: row.invoice_id, amountMinor: row.amount_minor }));
}

/** What each payment has brought to an invoice, in minor units of its currency, the first first. */
export async function allocationsOfInvoice(
  db: Db,
  invoiceId: string,
): Promise<{ paymentId: string; amountMinor: bigint }[]> {
  const rows = await db
    .selectFrom('payment_allocations')
    .select(['payment_id', 'amount_minor'])
    .where('invoice_id', '=', invoiceId)
    .orderBy('allocated_at')
    .orderBy('payment_id')
    .execute();
  return rows.map((row) => ({ paymentId: row.payment_id, amountMinor: row.amount_minor }));
}

/** The payments of invoices, newest first, by invoice. */
export async function paymentsOfInvoices(db: Db, invoiceIds: readonly string[]): Promise<Map<string, Payment[]>> {
  const byInvoice = new Map<string, Payment[]>(invoiceIds.map((id) => [id, []]));
  if (invoiceIds.length === 0) return byInvoice;
  const rows = await db
    .selectFrom('payment_invoices')
    .innerJoin('payments', 'payments.id', 'payment_invoices.payment_id')
    .select(columns)
    .select('payment_invoices.invoice_id')
    .where('payment_invoices.invoice_id', 'in', invoiceIds)
    .orderBy('payments.id', 'desc')
    .execute();
  for (const row of rows) byInvoice.get(row.invoice_id)?.push(fromRow(row));
  return byInvoice;
}

/** Payments the sweep has to ask about at `now`, longest due first, at most `limit`. */
export async function paymentsDueForCheck(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('payments')
    .select(['id', 'account_id'])
    .where('check_due_at', '<=', now)
    .orderBy('check_due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next payment after `after` is due for the sweep; null when none is. */
export async function nextPaymentCheck(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('payments')
    .select('check_due_at')
    .where('check_due_at', '>', after)
    .orderBy('check_due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.check_due_at ?? null;
}

/** The account's name at a gateway, or null when it has none yet. */
export async function gatewayCustomerOf(db: Db, accountId: string, gateway: string): Promise<string | null> {
  const row = await db
    .selectFrom('gateway_customers')
    .select('customer_reference')
    .where('account_id', '=', accountId)
    .where('gateway', '=', gateway)
    .executeTakeFirst();
  return row?.customer_reference ?? null;
}

type NameIn<Qualified> = Qualified extends `payments.${infer Name extends keyof Database['payments']}` ? Name : never;
type Row = Pick<Selectable<Database['payments']>, NameIn<(typeof columns)[number]>>;

function fromRow(row: Row): Payment {
  return {
    id: row.id,
    accountId: row.account_id,
    method: row.method,
    gateway: row.gateway,
    status: row.status as PaymentStatus,
    amountMinor: row.amount_minor,
    currency: row.currency as Currency,
    receivedMinor: row.received_minor,
    refundedMinor: row.refunded_minor,
    gatewayReference: row.gateway_reference,
    methodDetails: methodDetailsFrom(row.method_details),
    savedMethodId: row.saved_method_id,
    payerIsPresent: row.payer_is_present,
    keepsMethod: row.keeps_method,
    lastError: paymentErrorFrom(row.last_error as { code: string; message: string; at: string } | null),
    attention: row.attention,
    checks: row.checks,
    createdAt: row.created_at,
    succeededAt: row.succeeded_at,
  };
}

/** What was paid with, as stored; a card that was stored before there was anything else has no type. */
export function methodDetailsFrom(stored: unknown): MethodDetails | null {
  if (stored === null || stored === undefined) return null;
  return { type: 'card', ...stored } as MethodDetails;
}
