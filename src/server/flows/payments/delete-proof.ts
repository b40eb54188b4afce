import { appendAudit } from '#server/modules/audit/index.ts';
import {
  isWithStaff,
  lockPayment,
  paymentById,
  proofById,
  removeProof,
  TransferNotOpen,
  transferOf,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';

/** A declared transfer of this method keeps its last proof. */
class LastProofNeeded extends DomainError {
  constructor() {
    super(
      'proof_missing',
      'The transfer was declared with this proof alone. Upload another one before taking it back.',
    );
  }
}

/** Takes a proof back while its transfer is not decided. @throws NotFound, TransferNotOpen, LastProofNeeded */
export async function deleteProof(
  app: App,
  actor: Actor,
  target: { readonly paymentId: string; readonly proofId: string },
): Promise<void> {
  authorize(actor, 'payments.confirm');
  const accountId = accountIdOf(actor);
  await inTransaction(app, { account: accountId }, async (tx) => {
    await paymentById(tx, accountId, target.paymentId);
    const payment = await lockPayment(tx, target.paymentId);
    const proof = await proofById(tx, payment.id, target.proofId);
    if (!isWithStaff(payment.status)) throw new TransferNotOpen(payment);
    const { terms, proofs } = await transferOf(tx, payment.id);
    const isNeeded = payment.status === 'pending_approval' && terms.demands.proof === 'required';
    if (isNeeded && proofs.length === 1) throw new LastProofNeeded();
    await removeProof(tx, app, proof.id);
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'payment.proof_removed',
      subjectType: 'payment',
      subjectId: payment.id,
      details: { proof: proof.id, filename: proof.filename },
    });
  });
}
