import { proofsMax } from '#shared/contract/proofs.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import {
  countProofs,
  insertProof,
  isWithStaff,
  lockPayment,
  paymentById,
  type Proof,
  proofById,
  proofFilename,
  readProof,
  TransferNotOpen,
  transferOf,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';

/** A file for a transfer of the actor's account. */
export type UploadProof = { readonly paymentId: string; readonly filename: string; readonly bytes: Buffer };

/** Every file is kept, also of a proof that was taken back: so many may be sent for one payment. */
const filesMax = 4 * proofsMax;

/** There are as many proofs as a person will look at, or as many files as one payment is given room for. */
class TooManyProofs extends DomainError {
  constructor(isForGood: boolean) {
    super(
      'too_many_proofs',
      isForGood
        ? `For one payment at most ${String(filesMax)} files are taken, those you took back among them. Write to the seller.`
        : `A payment has at most ${String(proofsMax)} proofs. Take one back to add another.`,
    );
  }
}

/**
 * Keeps a proof of a transfer, told by its own bytes and without metadata. It is only ever handed out as a download.
 *
 * @throws NotFound, ProofUnreadable, TransferNotOpen, TooManyProofs
 */
export async function uploadProof(app: App, actor: Actor, order: UploadProof): Promise<Proof> {
  authorize(actor, 'payments.confirm');
  const accountId = accountIdOf(actor);
  const file = readProof(order.bytes);
  const filename = proofFilename(order.filename, file.contentType);
  return await inTransaction(app, { account: accountId }, async (tx) => {
    await paymentById(tx, accountId, order.paymentId);
    const payment = await lockPayment(tx, order.paymentId);
    if (!isWithStaff(payment.status)) throw new TransferNotOpen(payment);
    const { proofs } = await transferOf(tx, payment.id);
    if ((await countProofs(tx, payment.id)) >= filesMax) throw new TooManyProofs(true);
    if (proofs.length >= proofsMax) throw new TooManyProofs(false);
    const proofId = await insertProof(tx, app, payment, { filename, ...file });
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'payment.proof_uploaded',
      subjectType: 'payment',
      subjectId: payment.id,
      details: { proof: proofId, filename, content_type: file.contentType, size: file.content.length },
    });
    return await proofById(tx, payment.id, proofId);
  });
}
