import type { Currency } from '#shared/money/index.ts';
import type { ShownInvoiceState } from '#shared/texts/index.ts';
import type { CalendarDate } from '#shared/time/index.ts';

/** Who issues the document, as it stood when the document was issued. */
export type DocumentSeller = {
  readonly name: string;
  /** The postal address as the country writes it, the country's name last. */
  readonly addressLines: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly taxId?: string;
  readonly email?: string;
  readonly website?: string;
  /** Register and number, where the law wants it on paper. */
  readonly registration?: string;
};

/** Who the document is for, as it stood when the document was issued. */
export type DocumentBuyer = {
  readonly name: string;
  readonly addressLines: readonly string[];
  /** ISO 3166-1 alpha-2; decides the paper: Letter in the United States and Canada, A4 elsewhere. */
  readonly country: string;
  readonly taxId?: string;
  readonly email?: string;
};

/** A line of the document; amounts in minor units, before tax. */
export type DocumentLine = {
  readonly description: string;
  /** The period or date of supply, in words. */
  readonly periodText?: string;
  readonly quantity: bigint;
  readonly unitAmountMinor: bigint;
  readonly amountMinor: bigint;
  /** 1900 is 19 %. */
  readonly taxRateBasisPoints: number;
  /** EN 16931 category code: S, Z, E, AE, K, G, O. */
  readonly taxCategory: string;
};

/** What the lines of one rate and category come to, in minor units. */
export type DocumentTaxGroup = {
  readonly rateBasisPoints: number;
  readonly category: string;
  readonly basisMinor: bigint;
  readonly taxMinor: bigint;
  /** Words the law wants where no tax is charged, such as a reverse charge. */
  readonly note?: string;
};

/** Money that was received, or given back on a credit note, in minor units. */
export type DocumentPayment = {
  readonly paidOn: CalendarDate;
  /** `Visa ending 4242` */
  readonly description: string;
  readonly amountMinor: bigint;
};

/** A QR code as squares, the Swiss cross laid over it where its standard wants that. */
export type DocumentCode = {
  /** Modules on a side, with the quiet zone. */
  readonly size: number;
  readonly rows: readonly (readonly boolean[])[];
  /** Boxes over the code, in modules. */
  readonly overlay: readonly {
    readonly color: string;
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  }[];
};

/** How to pay without the pay link, such as a bank transfer. */
export type PaymentInstructions = {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly reference?: string;
  readonly text: string;
  /** What a banking app scans, with its quiet zone. */
  readonly code?: DocumentCode;
};

/** An image of the seller's own, PNG or JPEG. */
export type DocumentLogo = { readonly bytes: Buffer };

/**
 * Everything that stands on an invoice or a credit note. It is complete: rendering reads no clock, no database and no
 * setting, so the same document gives the same bytes, today and in ten years.
 */
export type InvoiceDocument = {
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  /** The number of the invoice a credit note corrects. */
  readonly correctsNumber?: string;
  readonly state: ShownInvoiceState;
  readonly issuedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  /** Set when the state is `paid`. */
  readonly paidOn?: CalendarDate;
  readonly currency: Currency;
  /** BCP 47 locale of the account. */
  readonly locale: string;
  readonly seller: DocumentSeller;
  readonly buyer: DocumentBuyer;
  readonly lines: readonly DocumentLine[];
  readonly subtotalMinor: bigint;
  readonly taxGroups: readonly DocumentTaxGroup[];
  readonly totalMinor: bigint;
  readonly amountPaidMinor: bigint;
  readonly amountDueMinor: bigint;
  readonly payments: readonly DocumentPayment[];
  readonly paymentInstructions?: PaymentInstructions;
  /** Absolute URL of the page where the invoice can be paid. */
  readonly payUrl?: string;
  /** Why a credit note was issued. */
  readonly reason?: string;
  readonly terms?: string;
  /** The legal line at the foot of every page. */
  readonly footer?: string;
  /** Purser's mark stands in its place when there is none. */
  readonly logo?: DocumentLogo;
};
