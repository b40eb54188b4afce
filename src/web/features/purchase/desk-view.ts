import { ApiProblem } from '#web/lib/api-problem.ts';
import { type Purchase, type PaymentView, paymentView } from './payment-view.ts';

/** What stands on the purchase page. */
export type DeskView = PaymentView | 'loading' | 'failed' | 'missing' | 'settled';

/** What is known of the invoices the address names: null while it is read, else whether anything is due on them. */
export type InvoicesToPay = { readonly due: boolean | null; readonly error: unknown };

/**
 * The view for the payment or the invoices that the address names: the form without either, and what the server says
 * about them otherwise. A payment known from before stays in view when asking again fails.
 */
export function deskView({
  paymentId,
  purchase,
  error,
  invoices,
  otherCardFor,
}: {
  paymentId: string | undefined;
  purchase: Purchase | null;
  error: unknown;
  /** Null when the address names none. */
  invoices: InvoicesToPay | null;
  /** The payment whose unfinished 3-D Secure the payer has given up for another card. */
  otherCardFor: string | null;
}): DeskView {
  if (paymentId === undefined) return invoices === null ? 'form' : invoicesView(invoices);
  if (purchase === null) return error === null ? 'loading' : failureView(error);
  const view = paymentView(purchase);
  return view === 'bank' && otherCardFor === paymentId ? 'form' : view;
}

function invoicesView({ due, error }: InvoicesToPay): DeskView {
  if (error !== null) return failureView(error);
  if (due === null) return 'loading';
  return due ? 'form' : 'settled';
}

function failureView(error: unknown): DeskView {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 422) ? 'missing' : 'failed';
}
