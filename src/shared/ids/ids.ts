/**
 * Public ids are a prefix and the 128 bits of a UUIDv7 in 26 characters of Crockford's base32 (lower case), so that
 * they sort by time and say what they are: `inv_01k9…`. The prefix exists only at the HTTP edge; the database, the
 * flows and the logs hold the plain UUID.
 */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** The kinds of thing that have a public id, by prefix. */
export const idPrefixes = {
  account: 'acc',
  user: 'usr',
  apiKey: 'key',
  creditPackage: 'cpk',
  creditLot: 'lot',
  ledgerEntry: 'led',
  hold: 'hld',
  operation: 'opr',
  operationCost: 'cst',
  site: 'sit',
  invoice: 'inv',
  invoiceLine: 'inl',
  payment: 'pay',
  paymentOption: 'pop',
  savedMethod: 'spm',
  methodSetup: 'set',
  transferProof: 'prf',
  refund: 'ref',
  creditNote: 'crn',
  dispute: 'dsp',
  gatewayEvent: 'evt',
  emailMessage: 'eml',
} as const;

/** The prefix of a public id. */
export type IdPrefix = (typeof idPrefixes)[keyof typeof idPrefixes];

/** Writes a UUID as a public id. @throws RangeError when `uuid` is not a UUID. */
export function publicId(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError(`Not a UUID: ${uuid}`);
  let bits = BigInt(`0x${hex}`);
  let text = '';
  for (let position = 0; position < 26; position += 1) {
    text = `${alphabet.charAt(Number(bits & 31n))}${text}`;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** Reads a public id back into its UUID, or null when it is not a well-formed id with this prefix. */
export function uuidOfPublicId(prefix: IdPrefix, id: string): string | null {
  const text = id.startsWith(`${prefix}_`) ? id.slice(prefix.length + 1) : '';
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)) return null;
  let bits = 0n;
  for (const character of text) bits = (bits << 5n) | BigInt(alphabet.indexOf(character));
  const hex = bits.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
