import type { Currency } from '#shared/money/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';

/** Who the e-mail comes from, as its head and foot show it. */
export type EmailSeller = {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly website?: string;
};

/** A line of the invoice an e-mail is about. */
export type EmailLine = {
  readonly description: string;
  readonly quantity: bigint;
  readonly amountMinor: bigint;
};

/** What every e-mail needs. */
type Addressed = {
  readonly seller: EmailSeller;
  /** The person greeted by name; null greets nobody. */
  readonly recipientName: string | null;
};

/** An e-mail about an invoice; amounts in minor units of `currency`. */
type AboutInvoice = Addressed & {
  readonly invoiceNumber: string;
  readonly currency: Currency;
  readonly lines: readonly EmailLine[];
  readonly totalMinor: bigint;
};

/** An e-mail about the credits of an account. */
type AboutCredits = Addressed & {
  /** Where the reader can do something about it. */
  readonly url: string;
};

/** An e-mail that carries a link with a secret, which works until an instant. */
type WithLink = Addressed & {
  /** The address the link is about. */
  readonly email: string;
  readonly url: string;
  readonly expiresAt: Date;
  /** IANA name of the zone in which the reader's clock runs. */
  readonly timeZone: string;
};

/** An e-mail about a transfer; amounts in minor units of `currency`. */
type AboutTransfer = Addressed & {
  readonly invoiceNumbers: readonly string[];
  readonly currency: Currency;
  readonly methodName: string;
  readonly reference: string;
};

/** Where the money of a transfer goes. */
type HowToTransfer = AboutTransfer & {
  readonly amountMinor: bigint;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Markdown; null when there is nothing to add. */
  readonly instructions: string | null;
  readonly expiresOn: CalendarDate;
  /** Where it is declared. */
  readonly url: string;
};

/** Each e-mail by its template's name, with the data it is rendered from. Every URL is absolute. */
export type EmailTemplates = {
  invoice_created: AboutInvoice & {
    readonly amountDueMinor: bigint;
    readonly issuedOn: CalendarDate;
    readonly dueOn: CalendarDate;
    /** Where the invoice can be seen and paid. */
    readonly payUrl: string;
  };
  payment_success: AboutInvoice & {
    readonly amountMinor: bigint;
    readonly paidOn: CalendarDate;
    /** `Visa ending 4242` */
    readonly methodText: string;
    /** What is still due on the invoice: zero when it is paid in full. */
    readonly amountDueMinor: bigint;
    /** Null when the invoice brings no credits. */
    readonly credits: { readonly added: bigint; readonly available: bigint } | null;
    readonly invoiceUrl: string;
  };
  payment_failed: AboutInvoice & {
    readonly amountMinor: bigint;
    /** Why, in words for the payer; empty when nobody said. */
    readonly reason: string;
    /** Where the same payment can be finished. */
    readonly finishUrl: string;
  };
  refund_issued: Addressed & {
    readonly currency: Currency;
    readonly amountMinor: bigint;
    readonly refundedOn: CalendarDate;
    /** Where the money goes: `Visa ending 4242` */
    readonly methodText: string;
    /** What was said about it; null when nobody said. */
    readonly reason: string | null;
    /** The credit notes that go with it, each with the invoice it corrects. */
    readonly creditNotes: readonly { readonly number: string; readonly invoiceNumber: string }[];
    /** Null when it takes none back. */
    readonly credits: { readonly takenBack: bigint; readonly available: bigint } | null;
    readonly url: string;
  };
  dispute_opened: Addressed & {
    readonly accountName: string;
    readonly currency: Currency;
    readonly amountMinor: bigint;
    readonly reason: string;
    /** Until when it can be answered; null when the gateway names no day. */
    readonly evidenceDueOn: CalendarDate | null;
    readonly creditsFrozen: bigint;
    readonly gateway: string;
    readonly gatewayReference: string;
    readonly url: string;
  };
  manual_payment_instructions: HowToTransfer;
  manual_payment_reminder: HowToTransfer;
  manual_payment_approved: AboutTransfer & {
    readonly receivedMinor: bigint;
    /** What is still due on its invoices: zero when they are paid. */
    readonly amountDueMinor: bigint;
    /** Null when it brings no credits, or not yet. */
    readonly credits: { readonly added: bigint; readonly available: bigint } | null;
    readonly url: string;
  };
  manual_payment_rejected: AboutTransfer & {
    readonly amountMinor: bigint;
    readonly reason: string;
    readonly url: string;
  };
  proof_received: Addressed & {
    readonly accountName: string;
    readonly currency: Currency;
    readonly amountMinor: bigint;
    readonly methodName: string;
    readonly reference: string;
    readonly transactionId: string | null;
    readonly payerName: string | null;
    readonly proofs: number;
    /** Whether another payment names the same transaction. */
    readonly isDuplicate: boolean;
    readonly url: string;
  };
  credits_low: AboutCredits & {
    /** What the account set, and what could be spent when less than it was left. */
    readonly threshold: bigint;
    readonly fellTo: bigint;
    /** What can be spent now. */
    readonly available: bigint;
  };
  credits_included_used: AboutCredits & {
    readonly percent: number;
    readonly spent: bigint;
    readonly included: bigint;
    /** What can be spent now, other credits included. */
    readonly available: bigint;
  };
  top_up_failed: AboutCredits & {
    /** `authentication_required`, `saved_method_missing` … */
    readonly reason: string;
    /** The gateway's words for the payer; empty when it said nothing. */
    readonly message: string;
    readonly switchedOff: boolean;
    /** Whether `url` finishes the very payment. */
    readonly canBeFinished: boolean;
    readonly available: bigint;
  };
  top_up_cap_reached: AboutCredits & {
    readonly capMinor: bigint;
    readonly currency: Currency;
    readonly resumesOn: CalendarDate;
    readonly available: bigint;
  };
  card_expiring: Addressed & {
    /** `Visa ending 4242` */
    readonly methodText: string;
    /** The last day on which it can pay. */
    readonly expiresOn: CalendarDate;
    /** Whether an auto top-up charges it. */
    readonly isCharged: boolean;
    /** Where another one can be saved. */
    readonly url: string;
  };
  verify_email: WithLink;
  reset_password: WithLink;
};

/** The name of an e-mail template. */
export type EmailTemplateName = keyof EmailTemplates;
