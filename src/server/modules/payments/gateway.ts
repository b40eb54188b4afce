import type { Money } from '#shared/money/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { CardDetails } from './payment.ts';
import type { PaymentStatus } from './payment-states.ts';

export type { CardDetails } from './payment.ts';

/** What a gateway is asked to collect. */
export type PaymentRequest = {
  /** Our payment id: the idempotency key at the gateway, and the link back from its events. */
  readonly paymentId: string;
  readonly amount: Money;
  /** Shown on the payer's statement and in the gateway's own pages. */
  readonly description: string;
  readonly customerReference: string;
  /** The saved method to charge at once, without its payer being there; null when the payer makes the payment. */
  readonly savedMethodReference: string | null;
  /** Where the payer comes back to, should the payment send them to their bank. */
  readonly returnUrl: string;
};

/** What a gateway can do beyond what every one can. */
export type GatewayAbilities = {
  /** Charges a method the account has saved while its payer is away. */
  readonly chargesSavedMethods: boolean;
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
    'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'failed' | 'canceled'
  >;
  /** What it is for, and what has arrived. */
  readonly amount: Money;
  readonly received: Money;
  readonly methodDetails: CardDetails | null;
  readonly lastError: { readonly code: string; readonly message: string } | null;
  /** What the browser needs to go on with it; null when there is nothing to do. */
  readonly clientSecret: string | null;
  /** Our payment id as the gateway kept it. */
  readonly paymentId: string | null;
};

/** A webhook whose signature was right, not yet believed: what it is about. */
export type VerifiedEvent = { readonly eventId: string; readonly type: string };

/** What a stored event means to us: a payment to ask about, or nothing. */
export type EventMeaning =
  | { readonly kind: 'payment'; readonly reference: string; readonly paymentId: string | null }
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
  /** Checks the signature over the raw body. @throws WebhookSignatureInvalid */
  verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    now: Date,
  ): VerifiedEvent;
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
