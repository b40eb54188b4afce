import type { Money } from '#shared/money/index.ts';
import { money } from '#shared/money/index.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { type InvoiceSummary, isPayable } from '#web/lib/invoice-state.ts';

/** What one payment would pay: invoices of one currency. */
export type PayableSum = { readonly total: Money; readonly invoiceIds: readonly string[] };

/** What is due on the chosen invoices, a sum for each currency, since one payment is in one. */
export function payableSums(invoices: readonly InvoiceSummary[]): PayableSum[] {
  const payable = invoices.filter(isPayable);
  const currencies = [...new Set(payable.map(({ currency }) => currency))].toSorted();
  return currencies.map((currency) => {
    const own = payable.filter((invoice) => invoice.currency === currency);
    const due = own.reduce((sum, invoice) => sum + BigInt(invoice.amount_due), 0n);
    return { total: money(due, moneyFromWire(0, currency).currency), invoiceIds: own.map(({ id }) => id) };
  });
}
