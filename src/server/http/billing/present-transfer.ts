import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import { money } from '#shared/money/index.ts';
import {
  type Payment,
  paymentCodeOf,
  paymentCodeSvg,
  type Proof,
  type Transfer,
} from '#server/modules/payments/index.ts';

type PaymentView = HandlerOutput<Contract['getPayment']>['payment'];
type TransferView = NonNullable<PaymentView['transfer']>;

/** A transfer as its payer and the staff see it; null until it was started. */
export function presentTransfer(payment: Payment, transfer: Transfer): TransferView | null {
  const { terms, declaration, reference } = transfer;
  if (reference === null) return null;
  return {
    reference,
    method_name: terms.methodName,
    instructions: terms.instructions,
    fields: terms.fields.map(({ label, value }) => ({ label, value })),
    payment_code: presentCode(payment, transfer, reference),
    demands: {
      payer_name: terms.demands.payerName,
      payer_account: terms.demands.payerAccount,
      transaction_id: terms.demands.transactionId,
      proof: terms.demands.proof,
      transaction_id_hint: terms.transactionIdHint,
    },
    expires_at: transfer.declaration === null ? transfer.expiresAt : null,
    declaration:
      declaration === null
        ? null
        : {
            declared_at: declaration.declaredAt,
            payer_name: declaration.payerName,
            payer_account: declaration.payerAccount,
            transaction_id: declaration.transactionId,
            paid_on: declaration.paidOn,
            note: declaration.note,
          },
    proofs: transfer.proofs.map(presentProof),
    rejection_reason: transfer.review?.reason ?? null,
    timeline: transfer.timeline.map(({ status, at }) => ({ status, at })),
  };
}

/** What a banking app reads, while there is something to pay. */
function presentCode(payment: Payment, transfer: Transfer, reference: string): TransferView['payment_code'] {
  if (payment.status !== 'awaiting_transfer') return null;
  const amount = money(payment.amountMinor, payment.currency);
  const message = transfer.invoiceNumbers.join(', ');
  const code = paymentCodeOf(transfer.terms.paymentCode, { amount, reference, message });
  return code === null ? null : { ...code, svg: paymentCodeSvg(code) };
}

/** A proof, without its content. */
export function presentProof(proof: Proof): TransferView['proofs'][number] {
  return {
    id: proof.id,
    filename: proof.filename,
    content_type: proof.contentType,
    size: proof.size,
    uploaded_at: proof.uploadedAt,
  };
}
