import type { Purchase } from '../payment-view.ts';

/** A step on the way of a transfer, and when it was reached. */
export type TransferStep = {
  readonly name: 'started' | 'declared' | 'review' | 'approved' | 'approvedPartly' | 'rejected' | 'ended';
  readonly state: 'done' | 'current' | 'next' | 'failed';
  readonly at: string | null;
};

type Payment = Purchase['payment'];

/** The steps of a transfer as its payer sees them, from what the server has recorded. */
export function transferSteps(payment: Payment): TransferStep[] {
  const reached = (status: Payment['status']) =>
    payment.transfer?.timeline.findLast((step) => step.status === status)?.at ?? null;
  const declaredAt = payment.transfer?.declaration?.declared_at ?? reached('pending_approval');
  const started: TransferStep = { name: 'started', state: 'done', at: payment.created_at };
  const declared: TransferStep = { name: 'declared', state: 'done', at: declaredAt };
  const wasDeclared = declaredAt !== null ? [declared] : [];
  switch (payment.status) {
    case 'pending_approval':
      return [
        started,
        declared,
        { name: 'review', state: 'current', at: null },
        { name: 'approved', state: 'next', at: null },
      ];
    case 'succeeded': {
      const name = payment.amount_received < payment.amount ? 'approvedPartly' : 'approved';
      return [started, ...wasDeclared, { name, state: 'done', at: payment.succeeded_at ?? reached('succeeded') }];
    }
    case 'rejected':
      return [started, ...wasDeclared, { name: 'rejected', state: 'failed', at: reached('rejected') }];
    case 'failed':
    case 'canceled':
      return [started, ...wasDeclared, { name: 'ended', state: 'failed', at: reached(payment.status) }];
    case 'created':
    case 'requires_payment_method':
    case 'requires_action':
    case 'processing':
    case 'awaiting_transfer':
      return [
        started,
        { name: 'declared', state: 'current', at: null },
        { name: 'review', state: 'next', at: null },
        { name: 'approved', state: 'next', at: null },
      ];
  }
}
