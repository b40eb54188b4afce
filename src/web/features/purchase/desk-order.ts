import { type Money, money } from '#shared/money/index.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import type { MethodChoice } from './method-choices.ts';
import type { CreditPackage } from './credit-package.ts';
import type { Purchase } from './payment-view.ts';
import { type KeyStorage, purchaseKey } from './purchase-key.ts';
import { type Order, wayToPay } from './purchase-order.ts';

/** What is paid: a package, invoices the address names, or a payment that was begun before. */
export type Subject = 'package' | 'invoices' | 'payment';

/** Whether a payment waits for what this form gives: a card, or an approval at PayPal. */
export function isOpen({ next }: Purchase): boolean {
  return next.type === 'confirm_card' || next.type === 'approve_paypal';
}

/** What is paid: invoices where the address names some, else the payment that is open, else a package. */
export function subjectOf(hasInvoices: boolean, open: Purchase | null): Subject {
  if (hasInvoices) return 'invoices';
  return open === null ? 'package' : 'payment';
}

/** The package the address names, else the one that is featured. Null where nothing is on sale. */
export function chosenOffer(offers: readonly CreditPackage[], slug: string | undefined): CreditPackage | null {
  return offers.find((offer) => offer.slug === slug) ?? offers.find((offer) => offer.is_featured) ?? offers[0] ?? null;
}

/** What is paid, or null where invoices of several currencies are named. */
export function totalOf(
  purchase: Purchase | null,
  invoices: readonly InvoiceSummary[],
  offer: CreditPackage | null,
): Money | null {
  if (purchase !== null) return moneyFromWire(purchase.payment.amount, purchase.payment.currency);
  const [first] = invoices;
  if (first === undefined) return offer === null ? null : moneyFromWire(offer.price, offer.currency);
  const { currency } = moneyFromWire(first.amount_due, first.currency);
  if (invoices.some((invoice) => invoice.currency !== currency)) return null;
  return money(
    invoices.reduce((sum, invoice) => sum + BigInt(invoice.amount_due), 0n),
    currency,
  );
}

/** Whether the open payment is gone on with: a card or PayPal given anew, kept or not, as the payment was begun. */
function goesOn({ payment }: Purchase, { option, saved }: MethodChoice, save: boolean | null): boolean {
  return saved === null && option.method === payment.method && (save === null || save === payment.saves_method);
}

/** What the click pays: the payment that is open, the invoices by another method, or the package at the price shown. */
export function orderOf(
  storage: KeyStorage,
  {
    accountId,
    open,
    subject,
    invoices,
    offer,
    choice,
    save,
  }: {
    accountId: string;
    open: Purchase | null;
    subject: Subject;
    invoices: readonly InvoiceSummary[];
    offer: CreditPackage | null;
    choice: MethodChoice;
    save: boolean | null;
  },
): Order {
  if (open !== null && goesOn(open, choice, save)) return { kind: 'open', paymentId: open.payment.id };
  const way = wayToPay(choice, save);
  if (open !== null || subject !== 'package') {
    const invoiceIds = (open?.invoices ?? invoices).map(({ id }) => id);
    // Paying in place of an open payment, and after a refusal, is another intent each time.
    const after =
      open === null
        ? invoices.map((invoice) => [invoice.open_payment_id, invoice.last_payment_error?.at ?? null])
        : [open.payment.id, open.payment.last_payment_error?.at ?? null];
    const idempotencyKey = purchaseKey(storage, accountId, { invoiceIds, ...way, after });
    return { kind: 'invoices', invoiceIds, body: way, idempotencyKey };
  }
  if (offer === null) throw new Error('There is nothing to buy.');
  const body = { package_id: offer.id, ...way, currency: offer.currency, expected_total: offer.price };
  return { kind: 'package', body, idempotencyKey: purchaseKey(storage, accountId, body) };
}
