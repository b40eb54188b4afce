import type { CreditPackage } from '#server/modules/catalog/index.ts';
import { type Draft, draftInvoice } from '#server/modules/invoices/index.ts';

/** What the purchase of one credit package would bill; pure. */
export function draftCreditPurchase(creditPackage: CreditPackage): Draft {
  return draftInvoice(creditPackage.currency, [
    {
      description: `${creditPackage.name}: ${creditPackage.credits.toLocaleString('en')} credits`,
      quantity: 1n,
      unitAmountMinor: creditPackage.priceMinor,
      creditPackageId: creditPackage.id,
      credits: creditPackage.credits,
    },
  ]);
}
