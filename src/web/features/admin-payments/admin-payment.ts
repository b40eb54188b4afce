import type { QueryClient } from '@tanstack/react-query';
import { isCurrency, type Money } from '#shared/money/index.ts';
import type { ShownPaymentState } from '#shared/texts/index.ts';
import { shownPaymentStateOf } from '#shared/texts/index.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';

/** A payment as staff see it. */
export type AdminPayment = ApiResult<'getAnyPayment'>;

/** A dispute as staff see it. */
export type Dispute = ApiResult<'listDisputes'>['data'][number];

/** The state people see: a payment that succeeded is refined by its disputes and by what was given back. */
export function paymentState(payment: AdminPayment): ShownPaymentState {
  if (payment.status !== 'succeeded') return shownPaymentStateOf[payment.status];
  if (payment.disputes.some(isOpenDispute)) return 'disputed';
  return payment.amount_refunded > 0 && payment.amount_refunded >= payment.amount_received ? 'refunded' : 'succeeded';
}

/** Whether a dispute is still to be decided. */
export function isOpenDispute({ status }: Pick<Dispute, 'status'>): boolean {
  return status === 'needs_response' || status === 'under_review';
}

/**
 * Whether staff can say that a transfer has arrived: once it is declared, when nobody has declared it, and also when its
 * time was over or its payer had given it up.
 */
export function isApprovable({ status, transfer }: AdminPayment): boolean {
  return (
    status === 'pending_approval' || status === 'awaiting_transfer' || (status === 'canceled' && transfer !== null)
  );
}

/** Whether staff can say that a transfer has not arrived: its payer has declared it. */
export function isRejectable({ status }: AdminPayment): boolean {
  return status === 'pending_approval';
}

/** Since when somebody waits for an answer: since they declared the transfer, else since the payment was started. */
export function waitingSince(payment: AdminPayment): string {
  return payment.transfer?.declaration?.declared_at ?? payment.created_at;
}

/** A step in the life of a payment, with its amount where it has one of its own. */
export type PaymentEvent = {
  readonly kind: AdminPayment['status'] | 'declared' | 'refund' | 'refund_failed' | 'dispute' | 'won' | 'lost';
  readonly at: string;
  readonly amount?: Money;
};

/** What has happened to a payment, the earliest first. */
export function historyOf(payment: AdminPayment): PaymentEvent[] {
  return [
    ...statusEvents(payment),
    ...payment.refunds.map(
      ({ status, created_at: at, amount, currency }): PaymentEvent => ({
        kind: status === 'failed' ? 'refund_failed' : 'refund',
        at,
        amount: moneyFromWire(amount, currency),
      }),
    ),
    ...payment.disputes.flatMap(disputeEvents),
  ].toSorted((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
}

function disputeEvents({ status, opened_at: opened, closed_at: closed, ...dispute }: Dispute): PaymentEvent[] {
  const amount = moneyFromWire(dispute.amount, dispute.currency);
  const isOver = closed !== null && (status === 'won' || status === 'lost');
  return [{ kind: 'dispute', at: opened, amount }, ...(isOver ? [{ kind: status, at: closed, amount }] : [])];
}

function statusEvents({ transfer, created_at: created, succeeded_at: succeeded }: AdminPayment): PaymentEvent[] {
  const steps = transfer?.timeline ?? [];
  if (steps.length > 0) {
    // A transfer comes into review by being declared: that is the word for it here.
    return steps.map(({ status, at }) => ({ kind: status === 'pending_approval' ? 'declared' : status, at }));
  }
  return [
    { kind: 'created', at: created },
    ...(succeeded === null ? [] : [{ kind: 'succeeded' as const, at: succeeded }]),
  ];
}

/** The code and the sentence of why a person has to look: `more_than_due: 5.00 USD` is made of both. */
export function attentionParts(attention: string): { code: string | null; detail: string } {
  const parts = /^([a-z][a-z_]*)(?::\s*(.*))?$/s.exec(attention);
  return parts?.[1] === undefined ? { code: null, detail: attention } : { code: parts[1], detail: parts[2] ?? '' };
}

/**
 * The amount in the sentence of a mark, which the records keep in minor units: `500 minor units of INV-2026-11-00001`,
 * with what it is of, and `500 USD received`. Null for a sentence without one.
 */
export function attentionFigures(detail: string, currency: string): { amount: Money; of: string | null } | null {
  const more = /^(\d{1,15}) minor units of (.+)$/.exec(detail);
  if (more?.[2] !== undefined) return { amount: moneyFromWire(Number(more[1]), currency), of: more[2] };
  const received = /^(\d{1,15}) ([A-Z]{3}) received$/.exec(detail);
  if (received?.[2] === undefined || !isCurrency(received[2])) return null;
  return { amount: moneyFromWire(Number(received[1]), received[2]), of: null };
}

/** Takes over what the server has answered about a payment, and asks again for every list it may stand in. */
export async function adoptPayment(queryClient: QueryClient, payment: AdminPayment): Promise<void> {
  queryClient.setQueryData(['getAnyPayment', { params: { id: payment.id } }], payment);
  await Promise.all(
    ['listAllPayments', 'listDisputes', 'previewRefund'].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name] }),
    ),
  );
}
