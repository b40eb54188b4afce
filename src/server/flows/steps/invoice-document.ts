import type { Invoice, InvoiceLine, Party } from '#server/modules/invoices/index.ts';
import type {
  DocumentLine,
  DocumentPayment,
  DocumentTaxGroup,
  InvoiceDocument,
  PaymentInstructions,
  Rendition,
} from '#server/modules/documents/index.ts';
import { type Payment, paymentCodeOf, qrModules, swissCross, type Transfer } from '#server/modules/payments/index.ts';
import { money } from '#shared/money/index.ts';
import { amountWithCode, textsFor } from '#shared/texts/index.ts';
import { calendarDateIn, formatCalendarDate } from '#shared/time/index.ts';

/** What a payment has brought to the invoice, and what was paid with, in words. */
export type ReceivedPayment = { readonly payment: Payment; readonly amountMinor: bigint; readonly paidWith: string };

/** What a rendition shows beyond the invoice itself. */
export type DocumentFacts = {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  /** What has been received for it, the first first. */
  readonly received: readonly ReceivedPayment[];
  /** The transfer it was issued to be paid by, with its payment; null when there was none. */
  readonly transfer: { readonly payment: Payment; readonly transfer: Transfer } | null;
  /** Absolute URL of the invoice's page. */
  readonly payUrl: string;
};

/**
 * An invoice as its document shows it: `issued` as it was on the day of issue, with how to pay; `paid` with what has
 * been received. Both are the same however late they are made.
 */
export function invoiceDocumentOf(facts: DocumentFacts, rendition: Rendition): InvoiceDocument {
  const { invoice } = facts;
  if (invoice.number === null || invoice.issuedOn === null || invoice.dueOn === null) {
    throw new Error(`Invoice ${invoice.id} is a draft and has no document.`);
  }
  const isPaid = rendition === 'paid' && invoice.paidAt !== null;
  return {
    kind: 'invoice',
    number: invoice.number,
    state: isPaid ? 'paid' : 'pending',
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    ...(isPaid && invoice.paidAt !== null ? { paidOn: calendarDateIn(invoice.paidAt, invoice.seller.timeZone) } : {}),
    currency: invoice.currency,
    locale: invoice.buyer.locale,
    ...partiesOf(invoice),
    lines: facts.lines.map((line) => documentLine(line, readerLocale(invoice))),
    subtotalMinor: invoice.subtotalMinor,
    taxGroups: taxGroups(facts.lines),
    totalMinor: invoice.totalMinor,
    amountPaidMinor: isPaid ? invoice.amountPaidMinor : 0n,
    amountDueMinor: isPaid ? 0n : invoice.totalMinor,
    payments: isPaid ? facts.received.map((part) => documentPayment(part, invoice)) : [],
    ...(isPaid ? {} : { payUrl: facts.payUrl }),
    ...(isPaid || facts.transfer === null ? {} : { paymentInstructions: howToTransfer(facts.transfer, invoice) }),
    terms: invoice.seller.terms,
    footer: invoice.seller.footer,
  };
}

/** Who issues a document and whom it is for, as both were when the invoice was issued. */
export function partiesOf(invoice: Pick<Invoice, 'seller' | 'buyer'>): Pick<InvoiceDocument, 'seller' | 'buyer'> {
  const { seller, buyer } = invoice;
  const locale = readerLocale(invoice);
  return {
    seller: {
      name: seller.name,
      addressLines: addressLines(seller, locale),
      country: seller.country,
      ...(seller.taxId === null ? {} : { taxId: seller.taxId }),
      ...(seller.email === null ? {} : { email: seller.email }),
      ...(seller.website === null ? {} : { website: seller.website }),
    },
    buyer: {
      name: buyer.name,
      addressLines: addressLines(buyer, locale),
      country: buyer.country,
      ...(buyer.taxId === null ? {} : { taxId: buyer.taxId }),
      ...(buyer.email === null ? {} : { email: buyer.email }),
    },
  };
}

/** Where the money of a transfer goes, with a code for banking apps where there is one. */
function howToTransfer(
  { payment, transfer }: NonNullable<DocumentFacts['transfer']>,
  invoice: Invoice,
): PaymentInstructions {
  const { terms } = transfer;
  const reference = transfer.reference ?? '';
  const { documents: words, locale } = textsFor(invoice.buyer.locale);
  const amount = money(payment.amountMinor, payment.currency);
  const code = paymentCodeOf(terms.paymentCode, { amount, reference, message: invoice.number ?? '' });
  const modules = code === null ? null : qrModules(code);
  const until = calendarDateIn(transfer.expiresAt ?? payment.createdAt, invoice.seller.timeZone);
  return {
    title: words.payBy(terms.methodName),
    rows: terms.fields.map(({ label, value }) => [label, value] as const),
    reference,
    text: words.transferBy(amountWithCode(amount, locale), formatCalendarDate(until, locale)),
    ...(modules === null
      ? {}
      : { code: { ...modules, overlay: modules.hasSwissCross ? swissCross(modules.size) : [] } }),
  };
}

/** What a line of an invoice or of a credit note has in common. */
type BilledPart = Pick<
  InvoiceLine,
  | 'description'
  | 'quantity'
  | 'unitAmountMinor'
  | 'amountMinor'
  | 'taxCategory'
  | 'taxRateBasisPoints'
  | 'taxMinor'
  | 'periodStart'
  | 'periodEnd'
>;

/** A line as the document shows it. */
export function documentLine(line: BilledPart, locale: string): DocumentLine {
  const { periodStart, periodEnd } = line;
  return {
    description: line.description,
    ...(periodStart !== null && periodEnd !== null
      ? { periodText: `${formatCalendarDate(periodStart, locale)} – ${formatCalendarDate(periodEnd, locale)}` }
      : {}),
    quantity: line.quantity,
    unitAmountMinor: line.unitAmountMinor,
    amountMinor: line.amountMinor,
    taxRateBasisPoints: line.taxRateBasisPoints,
    taxCategory: line.taxCategory,
  };
}

/** The locale the document's own words are in, so that no other language stands between them. */
export function readerLocale(invoice: Pick<Invoice, 'buyer'>): string {
  return textsFor(invoice.buyer.locale).locale;
}

/** What was used to pay, in words: `Visa ending 4242`. */
export function methodText(payment: Pick<Payment, 'method' | 'methodDetails'>): string {
  const used = payment.methodDetails;
  if (used === null) return payment.method;
  if (used.type === 'paypal') return used.payerEmail === null ? 'PayPal' : `PayPal (${used.payerEmail})`;
  const brand = used.brand.charAt(0).toUpperCase() + used.brand.slice(1);
  return `${brand} ending ${used.last4}`;
}

/** Countries that write city, state and postal code on one line, in this order. */
const cityStateCode: ReadonlySet<string> = new Set(['US', 'CA', 'AU', 'IN']);

/** An address as lines for an envelope, the country's name last, in the reader's language. */
export function addressLines(party: Party, locale: string): string[] {
  const country = new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(party.country) ?? party.country;
  return [party.line1, party.line2, ...placeLines(party), country].filter(
    (line): line is string => line !== null && line !== '',
  );
}

function placeLines({ country, city, state, postalCode }: Party): (string | null)[] {
  const joined = (parts: (string | null)[], by: string) =>
    parts.filter((part) => part !== null && part !== '').join(by);
  if (cityStateCode.has(country)) return [joined([joined([city, state], ', '), postalCode], ' ')];
  return [joined([postalCode, city], ' '), state];
}

function documentPayment({ payment, amountMinor, paidWith }: ReceivedPayment, invoice: Invoice): DocumentPayment {
  return {
    paidOn: calendarDateIn(payment.succeededAt ?? payment.createdAt, invoice.seller.timeZone),
    description: paidWith,
    amountMinor,
  };
}

/** What lines come to by rate and category. */
export function taxGroups(lines: readonly BilledPart[]): DocumentTaxGroup[] {
  const groups = new Map<string, DocumentTaxGroup>();
  for (const line of lines) {
    const key = `${line.taxCategory} ${String(line.taxRateBasisPoints)}`;
    const known = groups.get(key);
    groups.set(key, {
      rateBasisPoints: line.taxRateBasisPoints,
      category: line.taxCategory,
      basisMinor: (known?.basisMinor ?? 0n) + line.amountMinor,
      taxMinor: (known?.taxMinor ?? 0n) + line.taxMinor,
    });
  }
  return [...groups.values()];
}
