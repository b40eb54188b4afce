import type { Money } from '#shared/money/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { MethodDetails } from './payment.ts';
import type { PaymentStatus } from './payment-states.ts';

export type { CardDetails, MethodDetails, PayPalDetails } from './payment.ts';

/** What a gateway is asked to collect. */
export type PaymentRequest = {
  /** Our payment id: the idempotency key at the gateway, and the link back from its events. */
  readonly paymentId: string;
  readonly amount: Money;
  /** Shown on the payer's statement and in the gateway's own pages. */
  readonly description: string;
  readonly customerReference: string;
  /** The saved method to charge at once; null when the payer gives one. */
  readonly savedMethodReference: string | null;
  /** Whether the payer is there and can answer their bank when a saved method is charged. */
  readonly payerIsPresent: boolean;
  /** Whether the method that pays is kept for later payments. */
  readonly keepsMethod: boolean;
  /** Where the payer comes back to, should the payment send them to their bank. */
  readonly returnUrl: string;
};

/** What a gateway can do beyond what every one can. */
export type GatewayAbilities = {
  /** Charges a method the account has saved while its payer is away. */
  readonly chargesSavedMethods: boolean;
  /**
   * Who knows whether the money came: the gateway, which is asked, or our own staff, who look at a bank statement. A
   * payment whose truth lies with staff is started through the port and never asked about.
   */
  readonly truth: 'gateway' | 'staff';
  /** Whether a refund moves the money, or is written down after somebody moved it by hand. */
  readonly refunds: 'automatic' | 'by_hand';
  /**
   * Forgets what its payer has not approved after some hours, so that a payment it knows no more and that waited for its
   * payer was given up, not lost.
   */
  readonly forgetsUnapproved: boolean;
};

/** Who an account is to a gateway. */
export type GatewayCustomer = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** The name of one that is gone there and is to be replaced; null for the first. */
  readonly replaces: string | null;
};

/** What a gateway says about a payment: the truth, in our words. */
export type GatewayPayment = {
  /** Its name at the gateway; null only when the gateway refused to start it. */
  readonly reference: string | null;
  readonly status: Extract<
    PaymentStatus,
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'awaiting_transfer'
    | 'succeeded'
    | 'failed'
    | 'canceled'
  >;
  /**
   * Its payer has approved it and the gateway waits for us to collect (an approved PayPal order): `collectPayment` does.
   * Nothing is collected by asking.
   */
  readonly awaitsCollection: boolean;
  /** What it is for, and what has arrived. */
  readonly amount: Money;
  readonly received: Money;
  readonly methodDetails: MethodDetails | null;
  /** The method it has kept for later, when it was asked to and has succeeded. */
  readonly keptMethod?: GatewayMethod;
  readonly lastError: { readonly code: string; readonly message: string } | null;
  /** What the browser needs to go on with it: Stripe's client secret, PayPal's order id; null when there is nothing to do. */
  readonly clientSecret: string | null;
  /** Our payment id as the gateway kept it. */
  readonly paymentId: string | null;
};

/** A webhook whose signature was right, not yet believed: what it is about. */
export type VerifiedEvent = { readonly eventId: string; readonly type: string };

/** What a gateway says about a refund of a payment. */
export type GatewayRefund = {
  /** Its name at the gateway: re_… at Stripe. */
  readonly reference: string;
  /** The payment it gives back. */
  readonly paymentReference: string;
  /** Our refund id as the gateway kept it; null for one that was started at the gateway's own dashboard. */
  readonly refundId: string | null;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly amount: Money;
  readonly failureReason: string | null;
  readonly createdAt: Date;
};

/** What a gateway is asked to give back. */
export type RefundRequest = {
  /** Our refund id: the idempotency key at the gateway, and the link back from its events. */
  readonly refundId: string;
  readonly paymentReference: string;
  readonly amount: Money;
};

/** What a gateway says about a dispute (chargeback) of a payment. */
export type GatewayDispute = {
  /** Its name at the gateway: dp_… at Stripe. */
  readonly reference: string;
  readonly paymentReference: string;
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost';
  /** Whether the money is held back meanwhile; an inquiry asks first. */
  readonly takesMoney: boolean;
  readonly amount: Money;
  readonly reason: string;
  /** Until when the seller can answer; null when the gateway names no day. */
  readonly evidenceDueAt: Date | null;
  readonly openedAt: Date;
};

/** A method a gateway keeps for an account. */
export type GatewayMethod = {
  /** Its name at the gateway: pm_… at Stripe. */
  readonly reference: string;
  readonly details: MethodDetails;
  /** What stays the same when the same card or wallet is saved again; null when the gateway does not tell. */
  readonly fingerprint: string | null;
};

/** Where the saving of a method stands at the gateway. */
export type GatewaySetup = {
  readonly reference: string;
  readonly status: 'open' | 'succeeded' | 'failed';
  /** What the browser needs to go on with it; null when there is nothing to do. */
  readonly clientSecret: string | null;
  /** Our setup id as the gateway kept it. */
  readonly setupId: string | null;
  readonly method: GatewayMethod | null;
  readonly lastError: { readonly code: string; readonly message: string } | null;
};

/** What is needed to save a method at a gateway. */
export type SetupRequest = {
  /** Our setup id: the idempotency key at the gateway. */
  readonly setupId: string;
  readonly customerReference: string;
  readonly returnUrl: string;
};

/** How a gateway keeps payment methods for later. */
export type MethodKeeper = {
  /** Starts saving a method; the same setup id gives the same setup. @throws GatewayCustomerMissing */
  startSetup(request: SetupRequest): Promise<GatewaySetup>;
  /** @throws GatewayPaymentMissing */
  retrieveSetup(reference: string): Promise<GatewaySetup>;
  /** What the gateway knows of a saved method now; null when it keeps it no more. */
  retrieveMethod(reference: string): Promise<GatewayMethod | null>;
  /** Makes the gateway forget a method; one it has forgotten already is no error. */
  forgetMethod(reference: string): Promise<void>;
};

/** What a stored event means to us: something to ask about, or nothing. */
export type EventMeaning =
  | { readonly kind: 'payment'; readonly reference: string; readonly paymentId: string | null }
  /**
   * Something became of a part of a payment, such as a capture, and only the gateway knows of which: `paymentOfPart` is
   * asked, and the event then means `about`.
   */
  | { readonly kind: 'part'; readonly partReference: string; readonly about: 'payment' | 'refunds' }
  /** Money was given back: the payment's refunds are asked for. */
  | { readonly kind: 'refunds'; readonly paymentReference: string }
  /** A dispute was opened, moved or closed. */
  | { readonly kind: 'dispute'; readonly reference: string }
  /** A method was saved. */
  | { readonly kind: 'setup'; readonly reference: string; readonly setupId: string | null }
  /** A saved method is there, changed or is gone; one kept with a payment may be told with that payment's name. */
  | { readonly kind: 'method'; readonly reference: string; readonly paymentReference?: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/**
 * The port every gateway implements. No word of a gateway's own crosses it. Every call has a timeout; what a gateway
 * did not answer is `GatewayUnavailable`, and its outcome unknown until it is asked.
 */
export type PaymentGateway = {
  readonly name: string;
  /** What the gateway's browser script is started with; null when it has none. */
  readonly publishableKey: string | null;
  readonly abilities: GatewayAbilities;
  /** Whether it can collect exactly this amount: its own rules about currencies and steps. Asks nobody. */
  takes(amount: Money): boolean;
  /** Makes the account known to the gateway, once per account and loss. Answers its name there. */
  createCustomer(customer: GatewayCustomer): Promise<string>;
  /**
   * Starts collecting; the same payment id gives the same payment, however often it is asked. A saved method is charged
   * by it, once: a decline, or a bank that wants the payer, leaves the payment open for the payer to finish.
   * @throws GatewayCustomerMissing
   */
  startPayment(request: PaymentRequest): Promise<GatewayPayment>;
  /** @throws GatewayPaymentMissing */
  retrievePayment(reference: string): Promise<GatewayPayment>;
  /** Ends a payment that has not collected; answers what became of it, which may be that it succeeded. */
  cancelPayment(reference: string): Promise<GatewayPayment>;
  /**
   * Collects a payment that its payer has approved, once, however often it is asked. A payment that waits for nothing is
   * answered as it is. @throws GatewayPaymentMissing
   */
  collectPayment(reference: string, paymentId: string): Promise<GatewayPayment>;
  /**
   * Gives money back; the same refund id gives it back once. @throws GatewayRefused when the gateway will not
   */
  refundPayment(request: RefundRequest): Promise<GatewayRefund>;
  /** Every refund of a payment, also those nobody started here; at most 100. */
  listRefunds(paymentReference: string): Promise<GatewayRefund[]>;
  /** The payment a part of it belongs to, by its name at the gateway; null when there is none such. */
  paymentOfPart(partReference: string): Promise<string | null>;
  /** A dispute by its name at the gateway; null when it knows none. */
  retrieveDispute(reference: string): Promise<GatewayDispute | null>;
  /** How it keeps methods for later; null when it keeps none. */
  readonly methods: MethodKeeper | null;
  /** Checks the signature over the raw body. It may have to fetch the signer's certificate. @throws WebhookSignatureInvalid */
  verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    now: Date,
  ): VerifiedEvent | Promise<VerifiedEvent>;
  /** Reads a stored event, of this or an older version of the gateway's API. */
  translateEvent(rawBody: Buffer): EventMeaning;
};

/** The gateway did not answer, or answered that it cannot now. The outcome is unknown until it is asked. */
export class GatewayUnavailable extends DomainError {
  constructor(gateway: string, cause: unknown) {
    super(
      'gateway_unavailable',
      `The payment gateway (${gateway}) does not answer right now. Nothing is lost: try again in a moment with the same Idempotency-Key.`,
      { cause },
    );
  }
}

/** The gateway refused a request of ours: a fault in our request or in the configuration, not a declined card. */
export class GatewayRefused extends Error {
  readonly gatewayCode: string | null;

  constructor(gateway: string, gatewayCode: string | null, message: string, cause: unknown) {
    super(`${gateway} refused the request (${gatewayCode ?? 'no code'}): ${message}`, { cause });
    this.name = new.target.name;
    this.gatewayCode = gatewayCode;
  }
}

/** The gateway knows no customer of this name any more: deleted there, by hand for instance. */
export class GatewayCustomerMissing extends GatewayRefused {}

/** The gateway knows no payment of this name any more, so that no money can come by it. */
export class GatewayPaymentMissing extends GatewayRefused {}

/** A webhook that was not signed with our secret, or not lately. */
export class WebhookSignatureInvalid extends DomainError {
  constructor(reason: string, cause?: unknown) {
    super('webhook_signature_invalid', `${reason} Check that the webhook secret is that of this endpoint.`, { cause });
  }
}
