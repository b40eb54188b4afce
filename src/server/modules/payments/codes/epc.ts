import { decimalText, type Money } from '#shared/money/index.ts';
import { creditorReference } from './creditor-reference.ts';

/** What a SEPA transfer is filled in with. */
export type EpcTransfer = {
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly amount: Money;
  /** Ours, to be carried as creditor reference. */
  readonly reference: string;
};

/** The most a code may ask for: 999,999,999.99 EUR. */
const mostMinor = 999_999_999_99n;

/**
 * A SEPA credit transfer as banking apps read it (EPC069-12, version 002): in UTF-8, with a structured creditor
 * reference. Null for what it cannot say: another currency than the euro, or an amount outside its bounds.
 */
export function epcCode({ name, iban, bic, amount, reference }: EpcTransfer): string | null {
  if (amount.currency !== 'EUR' || amount.amountMinor < 1n || amount.amountMinor > mostMinor) return null;
  return epcLines({
    bic: (bic ?? '').toUpperCase(),
    name,
    iban,
    amount: `EUR${decimalText(amount)}`,
    purpose: '',
    reference: creditorReference(reference),
    text: '',
  });
}

/** The elements of the code in their order, one a line; those that are empty at the end are left away. */
export function epcLines(parts: {
  readonly bic: string;
  readonly name: string;
  readonly iban: string;
  readonly amount: string;
  readonly purpose: string;
  readonly reference: string;
  readonly text: string;
}): string {
  const { bic, name, iban, amount, purpose, reference, text } = parts;
  const head = ['BCD', '002', '1', 'SCT', bic, name.slice(0, 70), iban.replaceAll(' ', '').toUpperCase()];
  return [...head, amount, purpose, reference, text].join('\n').replace(/\n+$/, '');
}
