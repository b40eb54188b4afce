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

/** An e-mail that carries a link with a secret, which works until an instant. */
type WithLink = Addressed & {
  /** The address the link is about. */
  readonly email: string;
  readonly url: string;
  readonly expiresAt: Date;
  /** IANA name of the zone in which the reader's clock runs. */
  readonly timeZone: string;
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
  verify_email: WithLink;
  reset_password: WithLink;
};

/** The name of an e-mail template. */
export type EmailTemplateName = keyof EmailTemplates;
