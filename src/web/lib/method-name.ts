import type { InvoicesTexts } from '#shared/texts/invoices.ts';
import type { ApiResult } from './api.ts';
import { cardName } from './card-name.ts';

type Payment = ApiResult<'getPayment'>['payment'];

/** What was paid with, in words: `Visa ending 4242`, `PayPal (ada@example.com)`. */
export function methodName(texts: InvoicesTexts, details: NonNullable<Payment['method_details']>): string {
  return details.type === 'paypal'
    ? texts.paypal(details.payer_email)
    : texts.card(cardName(details.brand), details.last4);
}
