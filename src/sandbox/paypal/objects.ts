import type { SimulatorKinds } from '../controls/simulator-kinds.ts';
import type { Reader, Writer } from '../journal/object-store.ts';

/** An amount as PayPal writes it: `{"currency_code": "USD", "value": "29.00"}`. */
export type Amount = { currency_code: string; value: string };

export type Link = { href: string; rel: string; method: 'GET' | 'POST' | 'PATCH' | 'DELETE' };

/** One thing to be paid, as it was asked for. */
export type PurchaseUnit = {
  reference_id: string;
  amount: Amount & { breakdown?: Record<string, Amount> };
  description?: string;
  custom_id?: string;
  invoice_id?: string;
  soft_descriptor?: string;
  items?: object[];
};

export type OrderStatus = 'CREATED' | 'APPROVED' | 'VOIDED' | 'COMPLETED' | 'PAYER_ACTION_REQUIRED';

/** What an order was told about the PayPal account that pays. */
export type PayPalSource = {
  /** The saved account that pays without its owner being there. */
  vaultId: string | null;
  savesOnSuccess: boolean;
  customerId: string | null;
  /** What is sent back about the vault; null when it was not asked for. */
  usageType: string | null;
  returnUrl: string | null;
  cancelUrl: string | null;
  brandName: string | null;
};

/** An order and what the sandbox knows about it. Instants are sandbox time in milliseconds. */
export type Order = {
  id: string;
  status: OrderStatus;
  units: PurchaseUnit[];
  /** Null when the order came without `payment_source`. */
  source: PayPalSource | null;
  /** The e-mail address of the buyer who approved it, or whose saved account paid. */
  buyer: string | null;
  approvedAt: number | null;
  captureIds: string[];
  /** The payment token made by paying, once there is one. */
  savedTokenId: string | null;
  createdAt: number;
  updatedAt: number;
};

export type CaptureStatus = 'COMPLETED' | 'DECLINED' | 'FAILED' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED';

export type Capture = {
  id: string;
  orderId: string;
  unit: PurchaseUnit;
  status: CaptureStatus;
  reason: string | null;
  amount: Amount;
  buyer: string;
  refundIds: string[];
  /** When a pending capture settles by itself, in sandbox milliseconds, and how; null when a control has to do it. */
  settles: { at: number; as: 'COMPLETED' | 'DECLINED' } | null;
  createdAt: number;
  updatedAt: number;
};

export type RefundStatus = 'CANCELLED' | 'COMPLETED' | 'FAILED' | 'PENDING';

export type Refund = {
  id: string;
  captureId: string;
  status: RefundStatus;
  amount: Amount;
  invoiceId: string | null;
  customId: string | null;
  note: string | null;
  /** What has been given back of the capture with this refund. */
  total: Amount;
  /** PayPal takes the money back itself: a chargeback or a reversal, not a refund of the seller's. */
  isReversal: boolean;
  settles: { at: number; as: 'COMPLETED' | 'FAILED' } | null;
  createdAt: number;
  updatedAt: number;
};

export type SetupToken = {
  id: string;
  status: 'APPROVED' | 'PAYER_ACTION_REQUIRED' | 'VAULTED';
  customerId: string;
  merchantCustomerId: string | null;
  usageType: string;
  returnUrl: string | null;
  cancelUrl: string | null;
  brandName: string | null;
  description: string | null;
  buyer: string | null;
  /** What was made of it, once. */
  paymentTokenId: string | null;
  createdAt: number;
};

export type PaymentToken = {
  id: string;
  customerId: string;
  merchantCustomerId: string | null;
  buyer: string;
  usageType: string;
  description: string | null;
  createdAt: number;
};

export type DisputeStatus =
  | 'OPEN'
  | 'RESOLVED'
  | 'UNDER_REVIEW'
  | 'WAITING_FOR_BUYER_RESPONSE'
  | 'WAITING_FOR_SELLER_RESPONSE';

export type Dispute = {
  id: string;
  captureId: string;
  status: DisputeStatus;
  reason: string;
  stage: 'CHARGEBACK' | 'INQUIRY';
  amount: Amount;
  outcome: string | null;
  /** What the decision gave the buyer; null before it. */
  refunded: Amount | null;
  /** Until when the seller may answer, in sandbox milliseconds. */
  dueAt: number;
  createdAt: number;
  updatedAt: number;
};

/** An event as it is sent. */
export type WireEvent = {
  id: string;
  event_version: '1.0';
  create_time: string;
  resource_type: string;
  resource_version?: '2.0' | '3.0';
  event_type: string;
  summary: string;
  resource: object;
  links: Link[];
};

export type Webhook = { id: string; url: string; eventTypes: string[] };

/** What a PayPal-Request-Id stands for: the object that its first request made or changed, until when by wall time. */
export type RememberedRequest = { id: string; until: number };

/** A private key and its certificate, as PEM, under the id of the certificate. */
export type CertifiedKey = { id: string; privateKey: string; certificate: string };

export type Kinds = SimulatorKinds & {
  access_token: { expiresAt: number };
  order: Order;
  capture: Capture;
  refund: Refund;
  setup_token: SetupToken;
  payment_token: PaymentToken;
  dispute: Dispute;
  event: WireEvent;
  webhook: Webhook;
  request_id: RememberedRequest;
  /** Who issued the signer's certificate, and what webhooks are signed with; made at the first need and kept. */
  authority: CertifiedKey;
  signer: CertifiedKey;
};

export const kinds: { [Kind in keyof Kinds]: true } = {
  access_token: true,
  order: true,
  capture: true,
  refund: true,
  setup_token: true,
  payment_token: true,
  dispute: true,
  event: true,
  webhook: true,
  delivery: true,
  request_id: true,
  authority: true,
  signer: true,
  fault: true,
  settings: true,
};

export type PayPalReader = Reader<Kinds>;
export type PayPalWriter = Writer<Kinds>;
