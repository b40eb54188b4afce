import { publicId } from '#shared/ids/index.ts';
import type { App } from '../app.ts';

/** The page of an invoice, absolute. */
export function invoiceUrl(app: App, invoiceId: string): string {
  return `${app.publicUrl()}/account/invoices?invoice=${publicId('inv', invoiceId)}`;
}

/** The invoices of the account, absolute. */
export function invoicesUrl(app: App): string {
  return `${app.publicUrl()}/account/invoices`;
}

/** The page on which credits are bought, absolute. */
export function purchaseUrl(app: App): string {
  return `${app.publicUrl()}/account/credits/purchase`;
}

/** The page of the saved payment methods, absolute; with a setup it asks how that one ended. */
export function savedMethodsUrl(app: App, setupId?: string): string {
  const page = `${app.publicUrl()}/account/billing?tab=methods`;
  return setupId === undefined ? page : `${page}&setup=${publicId('set', setupId)}`;
}

/** The page on which a payment is finished, absolute. */
export function paymentUrl(app: App, paymentId: string): string {
  return `${app.publicUrl()}/account/credits/purchase?payment=${publicId('pay', paymentId)}`;
}

/** A payment in the list of staff, absolute. */
export function adminPaymentUrl(app: App, paymentId: string): string {
  return `${app.publicUrl()}/admin/payments?payment=${publicId('pay', paymentId)}`;
}
