import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { CreditNote } from '#server/modules/invoices/index.ts';
import type { Refund } from '#server/modules/payments/index.ts';

type InvoiceView = HandlerOutput<Contract['getInvoice']>;

/** A refund as its payer sees it. */
export function presentRefund(refund: Refund): InvoiceView['refunds'][number] {
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    status: refund.status,
    amount: refund.amountMinor,
    currency: refund.currency,
    reason: refund.reason,
    credits_taken_back: refund.creditsTakenBack,
    failure: refund.failure,
    created_at: refund.createdAt,
    succeeded_at: refund.succeededAt,
  };
}

/** A credit note in lists. */
export function presentCreditNote(note: CreditNote): InvoiceView['credit_notes'][number] {
  return {
    id: note.id,
    number: note.number,
    invoice_id: note.invoiceId,
    issued_on: note.issuedOn,
    subtotal: note.subtotalMinor,
    tax: note.taxMinor,
    total: note.totalMinor,
    currency: note.currency,
    voided_at: note.voidedAt,
  };
}
