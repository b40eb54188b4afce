import { decimalText, type Money } from '#shared/money/index.ts';
import { creditorReference } from './creditor-reference.ts';

/** What a Swiss QR-bill is filled in with. */
export type SwissTransfer = {
  readonly iban: string;
  readonly name: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly amount: Money;
  /** Ours, to be carried as creditor reference. */
  readonly reference: string;
  /** Unstructured, at most 140 characters. */
  readonly message: string;
};

/**
 * The content of a Swiss QR code (SIX implementation guidelines, version 2.3): an ordinary IBAN with a creditor reference
 * (SCOR), and the structured address that alone is allowed since November 2025. Null for another currency than the franc
 * and the euro, or an amount outside its bounds.
 */
export function swissCode(bill: SwissTransfer): string | null {
  const { amountMinor, currency } = bill.amount;
  if ((currency !== 'CHF' && currency !== 'EUR') || amountMinor < 1n || amountMinor > 999_999_999_99n) return null;
  const creditor = ['S', bill.name.slice(0, 70), '', '', bill.postalCode, bill.city.slice(0, 35), bill.country];
  // Seven elements that are reserved, and seven of a debtor who is left to fill them in.
  const ultimateCreditor = ['', '', '', '', '', '', ''];
  const debtor = ['', '', '', '', '', '', ''];
  return [
    'SPC',
    '0200',
    '1',
    bill.iban.replaceAll(' ', '').toUpperCase(),
    ...creditor,
    ...ultimateCreditor,
    decimalText(bill.amount),
    currency,
    ...debtor,
    'SCOR',
    creditorReference(bill.reference),
    bill.message.slice(0, 140),
    'EPD',
  ].join('\r\n');
}
