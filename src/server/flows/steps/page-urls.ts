import { publicId } from '#shared/ids/index.ts';
import type { App } from '../app.ts';

/** The page of an invoice, absolute. */
export function invoiceUrl(app: App, invoiceId: string): string {
  return `${app.publicUrl()}/account/invoices?invoice=${publicId('inv', invoiceId)}`;
}

/** The page on which credits are bought, absolute. */
export function purchaseUrl(app: App): string {
  return `${app.publicUrl()}/account/credits/purchase`;
}

/** The page on which a payment is finished, absolute. */
export function paymentUrl(app: App, paymentId: string): string {
  return `${app.publicUrl()}/account/credits/purchase?payment=${publicId('pay', paymentId)}`;
}
