import { electronicFormatIBAN, isQRIBAN, isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import type { FieldProblem } from '#shared/contract/problems.ts';
import { toBeFilledIn } from './presets/index.ts';
import type { PaymentCodeTerms, TransferTerms } from './transfer-terms.ts';

/** An IBAN as banks exchange it: without spaces, upper case. */
function compactIban(iban: string): string {
  return electronicFormatIBAN(iban) ?? iban;
}

/**
 * What cannot be right about bank details: an IBAN or BIC with a wrong check, a payment code that its standard does not
 * allow. A field is an IBAN or a BIC when its label says so.
 *
 * @param at the pointer of the terms in the request
 */
export function bankDetailProblems(terms: Pick<TransferTerms, 'fields' | 'paymentCode'>, at: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const [index, { label, value }] of terms.fields.entries()) {
    const pointer = `${at}/fields/${String(index)}/value`;
    if (value === toBeFilledIn) problems.push({ pointer, message: 'is still to be filled in' });
    else if (/\biban\b/i.test(label) && !isValidIBAN(compactIban(value))) {
      problems.push({ pointer, message: 'is not an IBAN: its check digits or its length are wrong' });
    } else if (/\b(bic|swift)\b/i.test(label) && !isValidBIC(value.replaceAll(' ', '').toUpperCase())) {
      problems.push({ pointer, message: 'is not a BIC of 8 or 11 characters' });
    }
  }
  const code = terms.paymentCode === null ? null : codeProblem(terms.paymentCode);
  if (code !== null) problems.push({ pointer: `${at}/payment_code/${code.member}`, message: code.message });
  return problems;
}

function codeProblem(code: PaymentCodeTerms): { member: string; message: string } | null {
  const open = Object.entries(code).find(([, value]) => value === toBeFilledIn);
  if (open !== undefined) return { member: open[0], message: 'is still to be filled in' };
  switch (code.kind) {
    case 'epc': {
      const iban = compactIban(code.iban);
      if (!isValidIBAN(iban))
        return { member: 'iban', message: 'is not an IBAN: its check digits or its length are wrong' };
      if (!isSEPACountry(iban.slice(0, 2))) return { member: 'iban', message: 'is of a country outside SEPA' };
      if (code.bic !== null && !isValidBIC(code.bic.toUpperCase()))
        return { member: 'bic', message: 'is not a BIC of 8 or 11 characters' };
      return null;
    }
    case 'swiss': {
      const iban = compactIban(code.iban);
      if (!isValidIBAN(iban) || !/^(CH|LI)/.test(iban))
        return { member: 'iban', message: 'must be an IBAN of CH or LI' };
      if (isQRIBAN(iban))
        return { member: 'iban', message: 'must be the ordinary IBAN of the account, not its QR-IBAN' };
      return null;
    }
    case 'upi':
      return /^[\w.-]{2,}@[A-Za-z][A-Za-z0-9]+$/.test(code.address)
        ? null
        : { member: 'address', message: 'must be a UPI address such as name@bank' };
    case 'pix':
      return /^[\x21-\x7e]+$/.test(code.key) ? null : { member: 'key', message: 'must be a Pix key without spaces' };
  }
}

/** Whether money would go elsewhere: another field, or another payment code. */
export function bankDetailsDiffer(before: TransferTerms | null, after: TransferTerms | null): boolean {
  return JSON.stringify(detailsOf(before)) !== JSON.stringify(detailsOf(after));
}

/** Bank details as the audit and a question before a change show them, one a line. */
export function bankDetailLines(terms: TransferTerms | null): string[] {
  const { fields, paymentCode } = detailsOf(terms);
  const code = Object.entries(paymentCode ?? {}).map(([name, value]) => `payment code ${name}: ${value ?? ''}`);
  return [...fields.map(({ label, value }) => `${label}: ${value}`), ...code];
}

function detailsOf(terms: TransferTerms | null): Pick<TransferTerms, 'fields' | 'paymentCode'> {
  const sorted =
    terms?.paymentCode == null
      ? null
      : Object.fromEntries(Object.entries(terms.paymentCode).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return {
    fields: (terms?.fields ?? []).map(({ label, value }) => ({ label, value })),
    paymentCode: sorted === null ? null : (sorted as PaymentCodeTerms),
  };
}
