import { decimalText, type Money } from '#shared/money/index.ts';

/** What a UPI payment is filled in with. */
export type UpiTransfer = {
  readonly address: string;
  readonly name: string;
  readonly amount: Money;
  readonly reference: string;
};

/**
 * A UPI deep link (NPCI's linking specification): payee address and name, amount, currency, and our reference both as
 * transaction reference and as the note that the payer sees. Null for another currency than the Indian rupee.
 */
export function upiCode({ address, name, amount, reference }: UpiTransfer): string | null {
  if (amount.currency !== 'INR') return null;
  const members = [
    ['pa', address],
    ['pn', name],
    ['tr', reference.replaceAll('-', '')],
    ['am', decimalText(amount)],
    ['cu', 'INR'],
    ['tn', reference],
  ] as const;
  // Addresses are written with their sign @, as every app expects it.
  const query = members.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%40', '@')}`);
  return `upi://pay?${query.join('&')}`;
}
