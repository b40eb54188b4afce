/**
 * The reference a payer quotes with a transfer, `7K3M9-QX2PT`: nine characters of Crockford's base32 and a check
 * character (Luhn mod 32), so that one mistyped character is always noticed, and two swapped neighbours nearly always.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bodyLength = 9;

/** Makes the reference from at least six bytes, of which it uses 45 bits. @throws RangeError for fewer bytes */
export function transferReference(bytes: Uint8Array): string {
  if (bytes.length < 6) throw new RangeError('A transfer reference is made from at least six bytes.');
  let bits = 0n;
  for (const byte of bytes.subarray(0, 6)) bits = (bits << 8n) | BigInt(byte);
  // Six bytes are 48 bits: the last three are not needed.
  bits >>= 3n;
  let body = '';
  for (let index = 0; index < bodyLength; index += 1) {
    body = `${alphabet.charAt(Number(bits & 31n))}${body}`;
    bits >>= 5n;
  }
  return grouped(body + checkCharacterOf(body));
}

/**
 * Reads a reference as people and banks write it: in any case, with or without the hyphen, with O for 0 and I or L for 1,
 * or as creditor reference (RF18…). Null when it is none, or when its check character says it was mistyped.
 */
export function readTransferReference(text: string): string | null {
  const compact = text.toUpperCase().replaceAll(/[\s.-]/g, '');
  const digits = /^RF\d{2}/.test(compact) && compact.length === 4 + bodyLength + 1 ? compact.slice(4) : compact;
  const read = digits.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (read.length !== bodyLength + 1 || [...read].some((character) => !alphabet.includes(character))) return null;
  return checkCharacterOf(read.slice(0, bodyLength)) === read.slice(bodyLength) ? grouped(read) : null;
}

function grouped(characters: string): string {
  return `${characters.slice(0, 5)}-${characters.slice(5)}`;
}

/** Luhn's formula in base 32: every second character from the right counts twice, its carry added. */
function checkCharacterOf(body: string): string {
  const size = alphabet.length;
  let sum = 0;
  let factor = 2;
  for (const character of [...body].toReversed()) {
    const product = factor * alphabet.indexOf(character);
    sum += Math.floor(product / size) + (product % size);
    factor = factor === 2 ? 1 : 2;
  }
  return alphabet.charAt((size - (sum % size)) % size);
}
