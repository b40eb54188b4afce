import type { Route } from '../route.ts';
import { confirmPaymentRoute } from './confirm-payment.route.ts';
import { getCreditNotePdfRoute } from './get-credit-note-pdf.route.ts';
import { getInvoiceRoute } from './get-invoice.route.ts';
import { getInvoicePdfRoute } from './get-invoice-pdf.route.ts';
import { getPaymentRoute } from './get-payment.route.ts';
import { listCreditPackagesRoute } from './list-credit-packages.route.ts';
import { listInvoicesRoute } from './list-invoices.route.ts';
import { listPaymentMethodsRoute } from './list-payment-methods.route.ts';
import { payInvoiceRoute } from './pay-invoice.route.ts';
import { savedMethodRoutes } from './saved-method-routes.ts';
import { payInvoicesRoute } from './pay-invoices.route.ts';
import { transferRoutes } from './transfer-routes.ts';
import { purchaseCreditsRoute } from './purchase-credits.route.ts';

/** What customers do with money and credits. */
export const billingRoutes: readonly Route[] = [
  listInvoicesRoute,
  getInvoiceRoute,
  getInvoicePdfRoute,
  getCreditNotePdfRoute,
  payInvoiceRoute,
  payInvoicesRoute,
  listCreditPackagesRoute,
  purchaseCreditsRoute,
  listPaymentMethodsRoute,
  getPaymentRoute,
  confirmPaymentRoute,
  ...transferRoutes,
  ...savedMethodRoutes,
];
