import type Stripe from 'stripe';
import type { Reader, Writer } from '../journal/object-store.ts';
import type { SimulatorKinds } from '../controls/simulator-kinds.ts';

/** The version this sandbox speaks; it is the one that the installed SDK pins. */
export const apiVersion = '2026-10-28.endive';

/** Decimals are strings on the wire; the SDK's typings describe what it makes of them. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal' | 'product' | 'tiers'> & {
  unit_amount_decimal: string | null;
  product: string;
};

export type EventObject =
  | Stripe.BalanceTransaction
  | Stripe.Charge
  | Stripe.Customer
  | Stripe.Dispute
  | Stripe.PaymentIntent
  | Stripe.PaymentMethod
  | Stripe.Product
  | Stripe.Refund
  | Stripe.SetupIntent
  | WirePrice;

export type WireEvent = Pick<
  Stripe.EventBase,
  'id' | 'object' | 'api_version' | 'created' | 'livemode' | 'pending_webhooks' | 'request' | 'type'
> & {
  data: { object: EventObject; previous_attributes?: Record<string, unknown> };
};

/** What the sandbox knows about a card and never shows: how it behaves, and whether it may still be used. */
export type CardRecord = {
  number: string;
  cvcGiven: boolean;
  /** Set up for later use, with authentication where the card asks for it. */
  isSetUp: boolean;
  /** Used without a customer, or detached from one: may not be used again. */
  isSpent: boolean;
};

export type ConfirmationTokenRecord = { token: Stripe.ConfirmationToken; card: CardRecord; isSpent: boolean };

export type StoredReply = {
  fingerprint: string;
  status: number;
  body: string;
  requestId: string;
  /** Wall time in milliseconds. */
  storedAt: number;
};

export type Kinds = SimulatorKinds & {
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  product: Stripe.Product | Stripe.DeletedProduct;
  price: WirePrice;
  payment_method: Stripe.PaymentMethod;
  card: CardRecord;
  confirmation_token: ConfirmationTokenRecord;
  payment_intent: Stripe.PaymentIntent;
  setup_intent: Stripe.SetupIntent;
  setup_attempt: Stripe.SetupAttempt;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  balance_transaction: Stripe.BalanceTransaction;
  event: WireEvent;
  webhook_endpoint: Stripe.WebhookEndpoint;
  endpoint_secret: { secret: string };
  idempotency: StoredReply;
};

export const kinds: { [Kind in keyof Kinds]: true } = {
  customer: true,
  product: true,
  price: true,
  payment_method: true,
  card: true,
  confirmation_token: true,
  payment_intent: true,
  setup_intent: true,
  setup_attempt: true,
  charge: true,
  refund: true,
  dispute: true,
  balance_transaction: true,
  event: true,
  webhook_endpoint: true,
  endpoint_secret: true,
  delivery: true,
  idempotency: true,
  fault: true,
  settings: true,
};

export type StripeReader = Reader<Kinds>;
export type StripeWriter = Writer<Kinds>;
