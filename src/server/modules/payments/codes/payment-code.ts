import type { Money } from '#shared/money/index.ts';
import type { PaymentCodeTerms } from '../transfer-terms.ts';
import { epcCode } from './epc.ts';
import { pixCode } from './pix.ts';
import { swissCode } from './swiss.ts';
import { upiCode } from './upi.ts';

/** A payment code by its standard, and what a banking app reads in it. */
export type PaymentCode = { readonly kind: PaymentCodeTerms['kind']; readonly content: string };

/**
 * The payment code of a transfer, with its amount and reference. Null when there is none, or when its standard cannot say
 * this amount.
 *
 * @param message what the payer sees beside the reference: the invoices' numbers
 */
export function paymentCodeOf(
  terms: PaymentCodeTerms | null,
  transfer: { readonly amount: Money; readonly reference: string; readonly message: string },
): PaymentCode | null {
  const content = terms === null ? null : contentOf(terms, transfer);
  return terms === null || content === null ? null : { kind: terms.kind, content };
}

function contentOf(
  terms: PaymentCodeTerms,
  { amount, reference, message }: { amount: Money; reference: string; message: string },
): string | null {
  switch (terms.kind) {
    case 'epc':
      return epcCode({ ...terms, amount, reference });
    case 'upi':
      return upiCode({ ...terms, amount, reference });
    case 'pix':
      return pixCode({ ...terms, amount, transactionId: reference.replaceAll('-', '') });
    case 'swiss':
      return swissCode({ ...terms, amount, reference, message });
  }
}
