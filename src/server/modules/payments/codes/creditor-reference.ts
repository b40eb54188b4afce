/**
 * A creditor reference (ISO 11649): RF, two check digits (ISO 7064, mod 97-10) and up to 21 letters and digits. Banks
 * carry it as it is, so that a payer's typing mistake is noticed before the money leaves.
 *
 * @throws RangeError for anything but 1 to 21 letters and digits
 */
export function creditorReference(reference: string): string {
  const body = reference.toUpperCase().replaceAll(/[\s-]/g, '');
  if (!/^[0-9A-Z]{1,21}$/.test(body)) throw new RangeError('A creditor reference has 1 to 21 letters and digits.');
  const check = 98n - remainderOf97(`${body}RF00`);
  return `RF${check.toString().padStart(2, '0')}${body}`;
}

/** The remainder by 97, with each letter as its number from 10 (A) to 35 (Z). */
function remainderOf97(text: string): bigint {
  const digits = text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n;
}
