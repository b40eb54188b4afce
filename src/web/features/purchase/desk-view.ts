import { ApiProblem } from '#web/lib/api-problem.ts';
import { type Purchase, paymentView } from './payment-view.ts';

/** What stands on the purchase page. */
export type DeskView = 'form' | 'loading' | 'failed' | 'missing' | 'bank' | 'waiting' | 'paid' | 'ended';

/**
 * The view for the payment the address names: the form without one, and what the server says about it otherwise. A
 * payment known from before stays in view when asking again fails.
 */
export function deskView({
  paymentId,
  purchase,
  error,
  otherCardFor,
}: {
  paymentId: string | undefined;
  purchase: Purchase | null;
  error: unknown;
  /** The payment whose unfinished 3-D Secure the payer has given up for another card. */
  otherCardFor: string | null;
}): DeskView {
  if (paymentId === undefined) return 'form';
  if (purchase === null) {
    if (error === null) return 'loading';
    return isUnknownPayment(error) ? 'missing' : 'failed';
  }
  const view = paymentView(purchase);
  if (view === 'card') return 'form';
  return view === 'bank' && otherCardFor === paymentId ? 'form' : view;
}

function isUnknownPayment(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 422);
}
