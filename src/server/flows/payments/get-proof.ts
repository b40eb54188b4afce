import { filesById, type StoredFile } from '#server/modules/documents/index.ts';
import { paymentById, proofById } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { type Db, inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { anyPaymentById } from '../steps/any-payment.ts';

/** A proof of a payment, and whose payments are looked at. */
export type ProofTarget = { readonly of: 'own' | 'any'; readonly paymentId: string; readonly proofId: string };

/** A proof with its content: of the actor's own account, or for staff of any. @throws NotFound */
export async function getProof(app: App, actor: Actor, target: ProofTarget): Promise<StoredFile> {
  if (target.of === 'any') {
    authorize(actor, 'payments.read_all');
    // System scope: staff look at the proofs of every account.
    return await inRead(app, 'system', async (db) => {
      await anyPaymentById(db, target.paymentId);
      return await fileOf(db, target);
    });
  }
  authorize(actor, 'payments.read');
  const accountId = accountIdOf(actor);
  return await inRead(app, { account: accountId }, async (db) => {
    await paymentById(db, accountId, target.paymentId);
    return await fileOf(db, target);
  });
}

async function fileOf(db: Db, target: ProofTarget): Promise<StoredFile> {
  const proof = await proofById(db, target.paymentId, target.proofId);
  const [file] = await filesById(db, [proof.fileId]);
  if (file === undefined) throw new NotFound('proof');
  return file;
}
