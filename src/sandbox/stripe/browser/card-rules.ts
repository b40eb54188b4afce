export type FieldName = 'number' | 'expiry' | 'cvc' | 'postal';

export type CardValues = { number: string; expiry: string; cvc: string; country: string; postal: string };

/** What is wrong with a field, with Stripe's code for it. */
export type FieldProblem = { field: FieldName; code: string; message: string };

/** Countries whose cards are checked against a postal code, and what they call it. */
const postalLabels: Record<string, string> = { US: 'ZIP code', CA: 'Postal code', GB: 'Postal code' };

/** The label of the postal code, or undefined where none is asked for. */
export function postalLabelOf(country: string): string | undefined {
  return postalLabels[country];
}

/** The brand that a number begins like, for the badge in the field. */
export function cardBrandOf(number: string): string {
  const digits = digitsOf(number);
  if (digits.startsWith('4')) return 'Visa';
  if (/^3[47]/.test(digits)) return 'American Express';
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'Mastercard';
  if (/^(30|36|38|39)/.test(digits)) return 'Diners Club';
  if (digits.startsWith('35')) return 'JCB';
  if (/^6(011|4|5)/.test(digits)) return 'Discover';
  if (digits.startsWith('62')) return 'UnionPay';
  return '';
}

/** Only the digits of a text. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** A number as it stands on the card: groups of four, or 4-6-5 for American Express and Diners Club. */
export function groupedNumber(text: string): string {
  const digits = digitsOf(text).slice(0, lengthOf(text));
  const groups = /^3[04-9]/.test(digits) ? [4, 6, 5] : [4, 4, 4, 4, 3];
  const parts: string[] = [];
  let start = 0;
  for (const length of groups) {
    if (start < digits.length) parts.push(digits.slice(start, start + length));
    start += length;
  }
  return parts.join(' ');
}

/** An expiry as `MM / YY`; a first digit above 1 can only be a month of one digit. */
export function formattedExpiry(text: string): string {
  const digits = digitsOf(text);
  const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits;
  return padded.length < 3 ? padded : `${padded.slice(0, 2)} / ${padded.slice(2, 4)}`;
}

/** Everything wrong with the card, one problem per field at most. */
export function problemsOf(values: CardValues, today: Date): FieldProblem[] {
  return [
    numberProblem(values.number),
    expiryProblem(values.expiry, today),
    cvcProblem(values),
    postalProblem(values),
  ].filter((problem) => problem !== undefined);
}

function lengthOf(number: string): number {
  const digits = digitsOf(number);
  if (/^3[47]/.test(digits)) return 15;
  if (/^(30|36|38|39)/.test(digits)) return digits.startsWith('30') ? 16 : 14;
  return digits.startsWith('62') ? 19 : 16;
}

function numberProblem(number: string): FieldProblem | undefined {
  const digits = digitsOf(number);
  const length = digits.startsWith('62') ? 16 : lengthOf(number);
  if (digits.length < length) {
    return { field: 'number', code: 'incomplete_number', message: 'Your card number is incomplete.' };
  }
  if (!isLuhn(digits)) return { field: 'number', code: 'invalid_number', message: 'Your card number is invalid.' };
  return undefined;
}

function isLuhn(digits: string): boolean {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** Month and four-digit year of an expiry as typed. */
export function expiryOf(text: string): { month: number; year: number } {
  const digits = digitsOf(text);
  return { month: Number(digits.slice(0, 2)), year: 2_000 + Number(digits.slice(2, 4)) };
}

function expiryProblem(text: string, today: Date): FieldProblem | undefined {
  if (digitsOf(text).length < 4) {
    return { field: 'expiry', code: 'incomplete_expiry', message: "Your card's expiration date is incomplete." };
  }
  const { month, year } = expiryOf(text);
  if (month < 1 || month > 12) {
    return { field: 'expiry', code: 'invalid_expiry_month', message: "Your card's expiration date is invalid." };
  }
  if (year < today.getFullYear()) {
    return {
      field: 'expiry',
      code: 'invalid_expiry_year_past',
      message: "Your card's expiration year is in the past.",
    };
  }
  if (year === today.getFullYear() && month < today.getMonth() + 1) {
    return {
      field: 'expiry',
      code: 'invalid_expiry_month_past',
      message: "Your card's expiration date is in the past.",
    };
  }
  if (year > today.getFullYear() + 50) {
    return { field: 'expiry', code: 'invalid_expiry_year', message: "Your card's expiration year is invalid." };
  }
  return undefined;
}

function cvcProblem(values: CardValues): FieldProblem | undefined {
  const length = cardBrandOf(values.number) === 'American Express' ? 4 : 3;
  if (digitsOf(values.cvc).length >= length) return undefined;
  return { field: 'cvc', code: 'incomplete_cvc', message: "Your card's security code is incomplete." };
}

function postalProblem(values: CardValues): FieldProblem | undefined {
  const label = postalLabelOf(values.country);
  if (label === undefined) return undefined;
  const isComplete =
    values.country === 'US' ? /^\d{5}(-?\d{4})?$/.test(values.postal.trim()) : values.postal.trim().length > 4;
  if (isComplete) return undefined;
  return { field: 'postal', code: 'incomplete_zip', message: `Your ${label} is incomplete.` };
}
