import { sql } from 'kysely';
import type { Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { type PaymentStatus, paymentStates } from './payment-states.ts';
import type { Declaration, Proof, Transfer, TransferReview } from './transfer.ts';
import { paymentTermsFrom } from './transfer-terms.ts';

/** What is known of the transfers among payments, by payment; a payment that is no transfer has no entry. */
export async function transfersOf(db: Db, paymentIds: readonly string[]): Promise<Map<string, Transfer>> {
  const transfers = new Map<string, Transfer>();
  if (paymentIds.length === 0) return transfers;
  const payments = await db
    .selectFrom('payments')
    .select(['id', 'terms', 'gateway_reference', 'expires_at', 'created_at'])
    .where('id', 'in', paymentIds)
    .where('terms', 'is not', null)
    .execute();
  const ids = payments.map((payment) => payment.id);
  if (ids.length === 0) return transfers;
  const declarations = await lastDeclarations(db, ids);
  const proofs = await proofsOf(db, ids);
  const reviews = await reviewsOf(db, ids);
  const steps = await stepsOf(db, ids);
  const numbers = await invoiceNumbersOf(db, ids);
  for (const payment of payments) {
    const terms = paymentTermsFrom(payment.terms);
    if (terms === null) continue;
    transfers.set(payment.id, {
      terms,
      reference: payment.gateway_reference,
      invoiceNumbers: numbers.get(payment.id) ?? [],
      expiresAt: payment.expires_at,
      declaration: declarations.get(payment.id) ?? null,
      proofs: proofs.get(payment.id) ?? [],
      review: reviews.get(payment.id) ?? null,
      timeline: [{ status: 'created', at: payment.created_at }, ...(steps.get(payment.id) ?? [])],
    });
  }
  return transfers;
}

/** The transfer of a payment. @throws NotFound when the payment is none */
export async function transferOf(db: Db, paymentId: string): Promise<Transfer> {
  const transfer = (await transfersOf(db, [paymentId])).get(paymentId);
  if (transfer === undefined) throw new NotFound('bank transfer');
  return transfer;
}

/** One proof of a payment that was not taken back. @throws NotFound */
export async function proofById(db: Db, paymentId: string, id: string): Promise<Proof> {
  const proof = (await proofsOf(db, [paymentId])).get(paymentId)?.find((candidate) => candidate.id === id);
  if (proof === undefined) throw new NotFound('proof');
  return proof;
}

/** How many proofs of a payment were ever kept, those that were taken back among them: their files stay. */
export async function countProofs(db: Db, paymentId: string): Promise<number> {
  const { proofs } = await db
    .selectFrom('transfer_proofs')
    .select((of) => of.fn.countAll<bigint>().as('proofs'))
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow();
  return Number(proofs);
}

/**
 * Other payments by the same method whose declaration names the same transaction, by payment. Reads in system scope: they
 * may be of any account.
 */
export async function duplicatesOf(
  db: Db,
  paymentIds: readonly string[],
): Promise<Map<string, { paymentId: string; accountName: string }[]>> {
  const duplicates = new Map<string, { paymentId: string; accountName: string }[]>();
  if (paymentIds.length === 0) return duplicates;
  const rows = await db
    .selectFrom('transfer_declarations as own')
    .innerJoin('transfer_declarations as other', (join) =>
      join
        .onRef('other.method', '=', 'own.method')
        .onRef('other.transaction_key', '=', 'own.transaction_key')
        .onRef('other.payment_id', '<>', 'own.payment_id'),
    )
    .innerJoin('accounts', 'accounts.id', 'other.account_id')
    .select(['own.payment_id', 'other.payment_id as other_payment_id', 'accounts.name'])
    .distinct()
    .where('own.payment_id', 'in', paymentIds)
    .orderBy('other.payment_id')
    .limit(1_000)
    .execute();
  for (const row of rows) {
    const known = duplicates.get(row.payment_id) ?? [];
    duplicates.set(row.payment_id, [...known, { paymentId: row.other_payment_id, accountName: row.name }]);
  }
  return duplicates;
}

/** Whether any other payment by this method, of any account, names the same transaction. */
export async function isTransactionKnown(db: Db, method: string, key: string, paymentId: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select purser.transaction_is_known(${method}, ${key}, ${paymentId}::uuid) as known`.execute(db);
  return rows[0]?.known === true;
}

/** Deadlines of a transfer nobody has declared. */
export type TransferDeadline = 'expires_at' | 'remind_at';

/** Transfers nobody has declared whose deadline has come, longest due first, at most `limit`. */
export async function transfersDue(
  db: Db,
  deadline: TransferDeadline,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('payments')
    .select(['id', 'account_id'])
    .where('status', '=', 'awaiting_transfer')
    .where(deadline, '<=', now)
    .orderBy(deadline)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next deadline of a transfer nobody has declared comes after `after`; null when none will. */
export async function nextTransferDeadline(db: Db, deadline: TransferDeadline, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('payments')
    .select(`${deadline} as at`)
    .where('status', '=', 'awaiting_transfer')
    .where(deadline, '>', after)
    .orderBy(deadline)
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

async function lastDeclarations(db: Db, paymentIds: readonly string[]) {
  const rows = await db
    .selectFrom('transfer_declarations')
    .select(['payment_id', 'payer_name', 'payer_account', 'transaction_id', 'paid_on', 'note', 'declared_at'])
    .distinctOn('payment_id')
    .where('payment_id', 'in', paymentIds)
    .orderBy('payment_id')
    .orderBy('id', 'desc')
    .execute();
  return new Map<string, Declaration & { declaredAt: Date }>(
    rows.map((row) => [
      row.payment_id,
      {
        payerName: row.payer_name,
        payerAccount: row.payer_account,
        transactionId: row.transaction_id,
        paidOn: row.paid_on,
        note: row.note,
        declaredAt: row.declared_at,
      },
    ]),
  );
}

async function proofsOf(db: Db, paymentIds: readonly string[]): Promise<Map<string, Proof[]>> {
  const rows = await db
    .selectFrom('transfer_proofs')
    .select(['id', 'payment_id', 'file_id', 'filename', 'content_type', 'size', 'uploaded_at'])
    .where('payment_id', 'in', paymentIds)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  const proofs = new Map<string, Proof[]>();
  for (const row of rows) {
    const proof = {
      id: row.id,
      fileId: row.file_id,
      filename: row.filename,
      contentType: row.content_type,
      size: row.size,
      uploadedAt: row.uploaded_at,
    };
    proofs.set(row.payment_id, [...(proofs.get(row.payment_id) ?? []), proof]);
  }
  return proofs;
}

async function reviewsOf(db: Db, paymentIds: readonly string[]): Promise<Map<string, TransferReview>> {
  const rows = await db
    .selectFrom('transfer_reviews')
    .select(['payment_id', 'decision', 'amount_minor', 'reason', 'note', 'reviewed_at'])
    .where('payment_id', 'in', paymentIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.payment_id,
      {
        decision: row.decision === 'approved' ? 'approved' : 'rejected',
        amountMinor: row.amount_minor,
        reason: row.reason,
        note: row.note,
        reviewedAt: row.reviewed_at,
      },
    ]),
  );
}

async function invoiceNumbersOf(db: Db, paymentIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('payment_invoices')
    .innerJoin('invoices', 'invoices.id', 'payment_invoices.invoice_id')
    .select(['payment_invoices.payment_id', 'invoices.number'])
    .where('payment_invoices.payment_id', 'in', paymentIds)
    .orderBy('invoices.id')
    .execute();
  const numbers = new Map<string, string[]>();
  for (const { payment_id: id, number } of rows) {
    if (number !== null) numbers.set(id, [...(numbers.get(id) ?? []), number]);
  }
  return numbers;
}

async function stepsOf(db: Db, paymentIds: readonly string[]) {
  const rows = await db
    .selectFrom('payment_transitions')
    .select(['payment_id', 'to_status', 'occurred_at'])
    .where('payment_id', 'in', paymentIds)
    .orderBy('id')
    .execute();
  const steps = new Map<string, { status: PaymentStatus; at: Date }[]>();
  for (const row of rows) {
    const step = { status: statusOf(row.to_status), at: row.occurred_at };
    steps.set(row.payment_id, [...(steps.get(row.payment_id) ?? []), step]);
  }
  return steps;
}

function statusOf(stored: string): PaymentStatus {
  if (stored in paymentStates) return stored as PaymentStatus;
  throw new Error(`There is no payment status ${stored}.`);
}
