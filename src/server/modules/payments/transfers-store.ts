import { createHash } from 'node:crypto';
import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Payment } from './payment.ts';
import type { Declaration, TransferReview } from './transfer.ts';
import { transactionKeyOf } from './transfer-terms.ts';

/** Writes down what a payer says of their transfer; what they said before stays, and this counts. */
export async function insertDeclaration(
  tx: Tx,
  source: Source,
  payment: Payment,
  declaration: Declaration,
  declaredBy: string | null,
): Promise<void> {
  const { transactionId } = declaration;
  await tx
    .insertInto('transfer_declarations')
    .values({
      id: source.ids.next(),
      account_id: payment.accountId,
      payment_id: payment.id,
      method: payment.method,
      payer_name: declaration.payerName,
      payer_account: declaration.payerAccount,
      transaction_id: transactionId,
      transaction_key: transactionId === null ? null : transactionKeyOf(transactionId),
      paid_on: declaration.paidOn,
      note: declaration.note,
      declared_by: declaredBy,
      declared_at: source.clock.now(),
    })
    .execute();
}

/** A proof whose content was looked at and may be kept. */
export type NewProof = { readonly filename: string; readonly contentType: string; readonly content: Buffer };

/** Keeps a proof and its file under new ids. Answers the proof's. */
export async function insertProof(tx: Tx, source: Source, payment: Payment, proof: NewProof): Promise<string> {
  const id = source.ids.next();
  const fileId = source.ids.next();
  const now = source.clock.now();
  const { filename, contentType, content } = proof;
  await tx
    .insertInto('files')
    .values({
      id: fileId,
      account_id: payment.accountId,
      filename,
      content_type: contentType,
      sha256: createHash('sha256').update(content).digest(),
      content,
      created_at: now,
    })
    .execute();
  await tx
    .insertInto('transfer_proofs')
    .values({
      id,
      account_id: payment.accountId,
      payment_id: payment.id,
      file_id: fileId,
      filename,
      content_type: contentType,
      size: content.length,
      uploaded_at: now,
    })
    .execute();
  return id;
}

/** Takes a proof back: it is shown to nobody any more. Its file is kept like every file. */
export async function removeProof(tx: Tx, source: Source, proofId: string): Promise<void> {
  await tx
    .updateTable('transfer_proofs')
    .set({ removed_at: source.clock.now() })
    .where('id', '=', proofId)
    .where('removed_at', 'is', null)
    .execute();
}

/** Writes down what staff decided; the database takes one decision per payment. */
export async function insertReview(
  tx: Tx,
  payment: Payment,
  review: TransferReview & { readonly reviewedBy: string | null },
): Promise<void> {
  await tx
    .insertInto('transfer_reviews')
    .values({
      payment_id: payment.id,
      account_id: payment.accountId,
      decision: review.decision,
      amount_minor: review.amountMinor,
      reason: review.reason,
      note: review.note,
      reviewed_by: review.reviewedBy,
      reviewed_at: review.reviewedAt,
    })
    .execute();
}

/** Writes down that the payer was reminded, so that they are reminded once. */
export async function markReminded(tx: Tx, paymentId: string): Promise<void> {
  await tx.updateTable('payments').set({ remind_at: null }).where('id', '=', paymentId).execute();
}

/** Puts a deadline of a transfer off by an hour, after what could not be done. */
export async function postponeTransferDeadline(
  tx: Tx,
  source: Source,
  paymentId: string,
  deadline: 'expires_at' | 'remind_at',
): Promise<void> {
  const later = new Date(source.clock.now().getTime() + 60 * 60_000);
  await tx
    .updateTable('payments')
    .set(deadline === 'expires_at' ? { expires_at: later } : { remind_at: later })
    .where('id', '=', paymentId)
    .execute();
}
