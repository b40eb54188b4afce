import type { Currency } from '#shared/money/index.ts';
import type { PaymentError } from '#server/modules/invoices/index.ts';
import type { PaymentStatus } from './payment-states.ts';

/** The card that was used, as the payer may see it. */
export type CardDetails = {
  readonly type: 'card';
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
};

/** The PayPal account that was used, as its owner may see it. */
export type PayPalDetails = { readonly type: 'paypal'; readonly payerEmail: string | null };

/** What was paid with, as far as the payer may see it. */
export type MethodDetails = CardDetails | PayPalDetails;

/** A payment as stored. Amounts in minor units of its currency. */
export type Payment = {
  readonly id: string;
  readonly accountId: string;
  readonly method: string;
  readonly gateway: string;
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** What has arrived, and what of it was given back or is on its way back. */
  readonly receivedMinor: bigint;
  readonly refundedMinor: bigint;
  /** Its name at the gateway: pi_… at Stripe. Null until the gateway has answered. */
  readonly gatewayReference: string | null;
  readonly methodDetails: MethodDetails | null;
  /** The saved method it charges; null when the payer gives one. */
  readonly savedMethodId: string | null;
  /** Whether the payer is there when a saved method is charged, and can answer their bank. */
  readonly payerIsPresent: boolean;
  /** Whether its method is kept for later once it has paid. */
  readonly keepsMethod: boolean;
  readonly lastError: PaymentError | null;
  /** Why a person has to look at it. */
  readonly attention: string | null;
  readonly checks: number;
  readonly createdAt: Date;
  readonly succeededAt: Date | null;
};

/** Why a payment moved: who told us. */
export type PaymentCause =
  | 'purchase'
  | 'top_up'
  | 'return_page'
  | 'webhook'
  | 'sweep'
  | 'expiry'
  | 'superseded'
  | 'given_up'
  | 'declared'
  | 'staff';

/** Seconds until the sweep asks again, by how often it has: dense at first, hourly for a day, then daily. */
const checkDelaysSeconds = [60, 60, 120, 300, 600, 1_800, ...Array.from({ length: 24 }, () => 3_600)];

/** When the sweep asks the gateway next about a payment that is not final. */
export function nextCheckAt(now: Date, checks: number): Date {
  const delay = checkDelaysSeconds[checks] ?? 86_400;
  return new Date(now.getTime() + delay * 1_000);
}
