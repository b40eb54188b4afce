import type { CalendarDate } from '#shared/time/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { Payment } from './payment.ts';
import type { PaymentStatus } from './payment-states.ts';
import type { PaymentTerms } from './transfer-terms.ts';

/** What a payer says of the transfer they made. */
export type Declaration = {
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly transactionId: string | null;
  readonly paidOn: CalendarDate | null;
  readonly note: string | null;
};

/** A file that was uploaded as proof of a transfer, without its content. */
export type Proof = {
  readonly id: string;
  readonly fileId: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly uploadedAt: Date;
};

/** What staff decided about a transfer. */
export type TransferReview = {
  readonly decision: 'approved' | 'rejected';
  /** What arrived, in minor units; null for a rejection. */
  readonly amountMinor: bigint | null;
  /** What the payer is told of a rejection. */
  readonly reason: string | null;
  readonly note: string | null;
  readonly reviewedAt: Date;
};

/** A payment by bank transfer or wallet with all that is known of it. */
export type Transfer = {
  readonly terms: PaymentTerms;
  /** Null until the payment was started. */
  readonly reference: string | null;
  /** The numbers of the invoices it pays, oldest first. */
  readonly invoiceNumbers: readonly string[];
  readonly expiresAt: Date | null;
  readonly declaration: (Declaration & { readonly declaredAt: Date }) | null;
  readonly proofs: readonly Proof[];
  readonly review: TransferReview | null;
  /** Every state it has come to, with when. */
  readonly timeline: readonly { readonly status: PaymentStatus; readonly at: Date }[];
};

/** The payment does not wait for what was to be done with it. */
export class TransferNotOpen extends DomainError {
  constructor(payment: Pick<Payment, 'status'>) {
    super('transfer_not_open', `The payment is ${payment.status.replaceAll('_', ' ')}: it does not wait for this.`, {
      members: { status_of_payment: payment.status },
    });
  }
}

/** A payment for the same is under way and must not be given up. */
export class PaymentUnderWay extends DomainError {
  constructor(payment: Pick<Payment, 'id' | 'status' | 'method'>) {
    const why =
      payment.status === 'pending_approval'
        ? 'A transfer was declared and is being looked at'
        : 'The payment gateway is still working on a payment';
    super('payment_under_way', `${why}. Wait for its outcome; nothing more has to be paid meanwhile.`, {
      members: { method: payment.method, status_of_payment: payment.status },
    });
  }
}
