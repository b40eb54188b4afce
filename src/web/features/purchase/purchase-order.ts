import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import { type ApiArguments, api } from '#web/lib/api.ts';
import type { MethodChoice } from './method-choices.ts';
import { type Purchase, pollDelay } from './payment-view.ts';

type PackageBody = ApiArguments<'purchaseCredits'>['body'];
type WayToPay = ApiArguments<'payInvoice'>['body'];

/** What one click pays, each under its Idempotency-Key where it begins something. */
export type Order =
  /** Goes on with the payment that is open. */
  | { readonly kind: 'open'; readonly paymentId: string }
  | { readonly kind: 'package'; readonly body: PackageBody; readonly idempotencyKey: string }
  | {
      readonly kind: 'invoices';
      readonly invoiceIds: readonly string[];
      readonly body: WayToPay;
      readonly idempotencyKey: string;
    };

/** How a choice of the picker is told to the server. `save` is null where the method cannot be kept for later. */
export function wayToPay({ option, saved }: MethodChoice, save: boolean | null): WayToPay {
  if (saved !== null) return { payment_method: option.method, saved_method_id: saved.id };
  return save === null ? { payment_method: option.method } : { payment_method: option.method, save_method: save };
}

/** Begins what was ordered, or finds it begun already. @throws as `api` does. */
export function startedPurchase(order: Order): Promise<Purchase> {
  switch (order.kind) {
    case 'open':
      // Asked through to the gateway: another tab may have paid it in the meantime.
      return api('confirmPayment', { params: { id: order.paymentId } });
    case 'package':
      return api('purchaseCredits', { body: order.body, idempotencyKey: order.idempotencyKey });
    case 'invoices':
      return payInvoices(order);
    default:
      return neverOrder(order);
  }
}

const settleTriesMax = 5;

/** What the server says about a payment now, or null when it stays silent. @throws ApiProblem when it refuses. */
export async function confirmedPurchase(paymentId: string): Promise<Purchase | null> {
  for (let tried = 1; tried <= settleTriesMax; tried += 1) {
    try {
      return await api('confirmPayment', { params: { id: paymentId } });
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (tried < settleTriesMax) await pause(pollDelay(tried));
    }
  }
  return null;
}

function payInvoices({ invoiceIds, body, idempotencyKey }: Extract<Order, { kind: 'invoices' }>): Promise<Purchase> {
  const [first, ...others] = invoiceIds;
  if (first !== undefined && others.length === 0) {
    return api('payInvoice', { params: { id: first }, body, idempotencyKey });
  }
  return api('payInvoices', { body: { invoice_ids: [...invoiceIds], ...body }, idempotencyKey });
}

function mayPass(error: unknown): boolean {
  return error instanceof NetworkFailure || (error instanceof ApiProblem && error.status >= 500);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function neverOrder(order: never): never {
  throw new Error(`Unknown order ${JSON.stringify(order)}.`);
}
