import { addMoney, type Money, money } from '#shared/money/index.ts';
import type { GatewayMethod, GatewayPayment } from '#server/modules/payments/gateway.ts';
import { fromPayPalAmount } from './paypal-amounts.ts';
import type { PayPalCapture, PayPalOrder, PayPalToken } from './paypal-shapes.ts';

/** Captures of an order that brought money, also when it was given back since. */
const settledStatuses: ReadonlySet<string> = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** Captures that bring nothing any more. */
const deadStatuses: ReadonlySet<string> = new Set(['DECLINED', 'FAILED']);

/**
 * An order with its captures, in our words. Its payment is called by the order's id. Money is what captures brought, never
 * what the order says of itself: an order is COMPLETED also when its capture is pending or was declined.
 *
 * @param merchantId the account money must go to; null believes any, since it is the one our keys belong to
 */
export function toGatewayPayment(order: PayPalOrder, merchantId: string | null): GatewayPayment {
  const amount = amountOf(order);
  const captures = capturesOf(order);
  const received = captures
    .filter((capture) => settledStatuses.has(capture.status) && isPaidTo(order, capture, merchantId))
    .reduce((sum, capture) => addMoney(sum, capturedBy(capture, amount)), money(0n, currencyOf(captures, amount)));
  const { status, awaitsCollection } = standingOf(order, captures);
  const keptMethod = keptMethodOf(order);
  return {
    reference: order.id,
    status,
    awaitsCollection,
    amount,
    received,
    methodDetails: captures.length === 0 ? null : { type: 'paypal', payerEmail: payerEmailOf(order) },
    ...(keptMethod === null ? {} : { keptMethod }),
    lastError: status === 'failed' ? declineOf(captures) : null,
    // The browser goes on with an order that nothing was captured of.
    clientSecret: status === 'requires_payment_method' ? order.id : null,
    paymentId: order.purchase_units?.[0]?.custom_id ?? null,
  };
}

/** Every capture of an order. */
function capturesOf(order: PayPalOrder): PayPalCapture[] {
  return (order.purchase_units ?? []).flatMap((unit) => unit.payments?.captures ?? []);
}

/** The capture that money is given back of; null when nothing has arrived. */
export function settledCaptureOf(order: PayPalOrder): PayPalCapture | null {
  return capturesOf(order).find((capture) => settledStatuses.has(capture.status)) ?? null;
}

/** Whether an answer has everything that is read of an order: PayPal may answer with id and status alone. */
export function isWhole(order: PayPalOrder): boolean {
  return order.purchase_units?.[0]?.amount !== undefined;
}

/** A PayPal account kept for later; null for a token that stands for something else. */
export function toGatewayMethod(token: PayPalToken): GatewayMethod | null {
  const wallet = token.payment_source?.paypal;
  if (wallet === undefined) return null;
  return {
    reference: token.id,
    details: { type: 'paypal', payerEmail: wallet.email_address ?? null },
    fingerprint: wallet.account_id ?? wallet.email_address ?? null,
  };
}

function amountOf(order: PayPalOrder): Money {
  const amount = order.purchase_units?.[0]?.amount;
  if (amount === undefined) throw new Error(`PayPal told order ${order.id} without its amount.`);
  return fromPayPalAmount(amount);
}

/** A capture in another currency than the order's is told as it is, so that it is seen not to be what was asked. */
function currencyOf(captures: readonly PayPalCapture[], amount: Money): Money['currency'] {
  const captured = captures.find((capture) => settledStatuses.has(capture.status))?.amount;
  return captured === undefined ? amount.currency : fromPayPalAmount(captured).currency;
}

function capturedBy(capture: PayPalCapture, amount: Money): Money {
  return capture.amount === undefined ? amount : fromPayPalAmount(capture.amount);
}

/** Money that went to another account than ours has not arrived. */
function isPaidTo(order: PayPalOrder, capture: PayPalCapture, merchantId: string | null): boolean {
  if (merchantId === null) return true;
  const payee = capture.payee?.merchant_id ?? order.purchase_units?.[0]?.payee?.merchant_id;
  return payee === undefined || payee === merchantId;
}

function standingOf(
  order: PayPalOrder,
  captures: readonly PayPalCapture[],
): Pick<GatewayPayment, 'status' | 'awaitsCollection'> {
  const at = (status: GatewayPayment['status'], awaitsCollection = false) => ({ status, awaitsCollection });
  if (captures.some((capture) => settledStatuses.has(capture.status))) return at('succeeded');
  if (captures.length > 0) {
    // Any other capture is pending, or newer than this code: its outcome comes later.
    return at(captures.every((capture) => deadStatuses.has(capture.status)) ? 'failed' : 'processing');
  }
  switch (order.status) {
    case 'CREATED':
    case 'SAVED':
    case 'PAYER_ACTION_REQUIRED':
      return at('requires_payment_method');
    case 'APPROVED':
      return at('requires_payment_method', true);
    case 'VOIDED':
      return at('canceled');
    default:
      // COMPLETED without its captures, or a status newer than this code: the outcome is not known yet.
      return at('processing');
  }
}

function declineOf(captures: readonly PayPalCapture[]): GatewayPayment['lastError'] {
  const reason = captures.findLast((capture) => deadStatuses.has(capture.status))?.status_details?.reason;
  const message = 'PayPal declined the payment. Nothing was charged; pay again, with PayPal or another way.';
  return { code: reason === undefined ? 'payment_declined' : reason.toLowerCase(), message };
}

function payerEmailOf(order: PayPalOrder): string | null {
  return order.payment_source?.paypal?.email_address ?? order.payer?.email_address ?? null;
}

function keptMethodOf(order: PayPalOrder): GatewayMethod | null {
  const wallet = order.payment_source?.paypal;
  const vault = wallet?.attributes?.vault;
  // APPROVED is not kept yet.
  if (wallet === undefined || vault?.id === undefined || vault.status !== 'VAULTED') return null;
  return {
    reference: vault.id,
    details: { type: 'paypal', payerEmail: payerEmailOf(order) },
    fingerprint: wallet.account_id ?? payerEmailOf(order),
  };
}
