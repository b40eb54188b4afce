import type { FieldProblem } from '#shared/contract/problems.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { waitForTransfer } from '#server/modules/invoices/index.ts';
import {
  type Declaration,
  fitsPattern,
  flagPayment,
  insertDeclaration,
  invoicesOfPayment,
  isTransactionKnown,
  isWithStaff,
  lockPayment,
  type Payment,
  paymentById,
  type PaymentTerms,
  transactionKeyOf,
  transferOf,
  TransferNotOpen,
  transitionPayment,
  unflagPayment,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { type PaymentStanding, paymentStanding } from '../steps/payment-standing.ts';
import { tellOfTransfer } from '../steps/tell-of-transfer.ts';

/** A transfer of the actor's account, and what its payer says of it. */
export type DeclareTransfer = { readonly paymentId: string; readonly declaration: Declaration };

/** A proof is wanted, and none was uploaded. */
class ProofMissing extends DomainError {
  constructor() {
    super('proof_missing', 'Upload a proof of the transfer first: a screenshot or a receipt.');
  }
}

/** The declaration lacks something, or a part of it cannot be right. */
class DeclarationIncomplete extends DomainError {
  constructor(errors: readonly FieldProblem[]) {
    super('validation_failed', errors.map(({ pointer, message }) => `${pointer} ${message}.`).join(' '), { errors });
  }
}

/**
 * Takes a payer's word that they have transferred the money. The payment then waits for staff; said again, it takes the
 * place of what was said. A transaction id that another payment names too is flagged for staff and not refused, because
 * the payer may be right.
 *
 * @throws NotFound, TransferNotOpen, ProofMissing, DeclarationIncomplete
 */
export async function declareTransfer(app: App, actor: Actor, order: DeclareTransfer): Promise<PaymentStanding> {
  authorize(actor, 'payments.confirm');
  const accountId = accountIdOf(actor);
  const scope = { account: accountId };
  await inTransaction(app, scope, async (tx) => {
    await paymentById(tx, accountId, order.paymentId);
    const payment = await lockPayment(tx, order.paymentId);
    if (!isWithStaff(payment.status)) throw new TransferNotOpen(payment);
    const { terms, proofs } = await transferOf(tx, payment.id);
    const declaration = decide(terms, order.declaration);
    if (terms.demands.proof === 'required' && proofs.length === 0) throw new ProofMissing();
    await insertDeclaration(tx, app, payment, declaration, actor.type === 'user' ? actor.id : null);
    await flagDuplicate(tx, payment, declaration.transactionId);
    const nothing = { reference: null, methodDetails: null, lastError: null };
    await transitionPayment(tx, app, payment, 'pending_approval', 'declared', nothing);
    // Staff take the time they need.
    for (const { invoiceId } of await invoicesOfPayment(tx, payment.id)) await waitForTransfer(tx, invoiceId, null);
    await tellOfTransfer(app, tx, payment, 'proof_received');
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'payment.transfer_declared',
      subjectType: 'payment',
      subjectId: payment.id,
      details: { transaction_id: declaration.transactionId, paid_on: declaration.paidOn },
    });
  });
  return await inRead(app, scope, (db) => paymentStanding(db, accountId, order.paymentId));
}

/** What is kept of a declaration: everything that was asked for; pure. @throws DeclarationIncomplete */
function decide(terms: PaymentTerms, said: Declaration): Declaration {
  const { demands, transactionIdPattern: pattern } = terms;
  const errors: FieldProblem[] = [];
  const missing = (pointer: string) => errors.push({ pointer: `/body/${pointer}`, message: 'is missing' });
  if (demands.payerName === 'required' && said.payerName === null) missing('payer_name');
  if (demands.payerAccount === 'required' && said.payerAccount === null) missing('payer_account');
  if (demands.transactionId === 'required' && said.transactionId === null) missing('transaction_id');
  if (demands.transactionId !== 'hidden' && said.transactionId !== null && pattern !== null) {
    if (!fitsPattern(pattern, said.transactionId)) {
      const hint = terms.transactionIdHint === null ? '' : `: ${terms.transactionIdHint}`;
      errors.push({
        pointer: '/body/transaction_id',
        message: `does not look like a transaction id of this method${hint}`,
      });
    }
  }
  if (errors.length > 0) throw new DeclarationIncomplete(errors);
  return {
    payerName: demands.payerName === 'hidden' ? null : said.payerName,
    payerAccount: demands.payerAccount === 'hidden' ? null : said.payerAccount,
    transactionId: demands.transactionId === 'hidden' ? null : said.transactionId,
    paidOn: said.paidOn,
    note: said.note,
  };
}

const duplicateFlag = 'duplicate_transaction_id';

async function flagDuplicate(tx: Tx, payment: Payment, transactionId: string | null): Promise<void> {
  const key = transactionId === null ? null : transactionKeyOf(transactionId);
  if (key !== null && (await isTransactionKnown(tx, payment.method, key, payment.id))) {
    await flagPayment(tx, payment.id, `${duplicateFlag}: ${transactionId ?? ''}`);
  } else if (payment.attention?.startsWith(duplicateFlag) === true) await unflagPayment(tx, payment.id);
}
