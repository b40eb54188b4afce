import { randomInt } from 'node:crypto';

const lettersAndDigits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A text nobody can guess, of letters and digits or of another alphabet. */
export function randomText(length: number, alphabet = lettersAndDigits): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
