import { type Currency, formatMoney, money } from '#shared/money/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { PaymentStatus } from './payment-states.ts';
import type { RefundStatus } from './refund-states.ts';

/** Who wanted a refund: staff, the gateway's own dashboard, Purser for money nobody owed, or a bank by a lost dispute. */
export type RefundOrigin = 'staff' | 'gateway' | 'automatic' | 'dispute';

/** Money given back for a payment. The amount in minor units of `currency`. */
export type Refund = {
  readonly id: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly status: RefundStatus;
  readonly origin: RefundOrigin;
  readonly gateway: string;
  /** Its name at the gateway: re_… at Stripe. Null until the gateway has answered, and for what was given back by hand. */
  readonly gatewayReference: string | null;
  readonly reason: string | null;
  /** The member of the staff who wanted it. */
  readonly requestedBy: string | null;
  /** Whole credits. */
  readonly creditsTakenBack: bigint;
  /** Why it failed. */
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly succeededAt: Date | null;
  readonly checks: number;
};

/** There is nothing to give back: the payment has not succeeded, or all of it went back, or it is disputed. */
export class PaymentNotRefundable extends DomainError {
  constructor(status: PaymentStatus, isDisputed: boolean) {
    const why =
      status !== 'succeeded'
        ? `The payment is ${status}: only money that has arrived can be given back.`
        : isDisputed
          ? 'The payment is disputed: its bank decides who gets the money.'
          : 'All of this payment has been given back already.';
    super('payment_not_refundable', why, { members: { status_of_payment: status } });
  }
}

/** More was asked for than is left of the payment. Amounts in minor units. */
export class RefundTooLarge extends DomainError {
  constructor(askedMinor: bigint, refundableMinor: bigint, currency: Currency) {
    const left = formatMoney(money(refundableMinor, currency), 'en');
    super('refund_too_large', `At most ${left} of this payment can be given back.`, {
      members: { amount: askedMinor, refundable: refundableMinor, currency },
      errors: [{ pointer: '/body/amount', message: `must be at most ${refundableMinor.toString()}` }],
    });
  }
}

/** Credits were spent, or another refund was made, since the refund was looked at. */
export class RefundChanged extends DomainError {
  constructor(expected: bigint, actual: bigint) {
    super(
      'refund_changed',
      `This refund would take back ${actual.toString()} credits by now, not ${expected.toString()}. Look at it again and confirm.`,
      { members: { expected_credits_taken_back: expected, credits_taken_back: actual } },
    );
  }
}
