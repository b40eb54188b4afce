/** The tags of ASN.1 that certificates are made of. */
const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value with its tag and its length, as the distinguished encoding rules have it (ITU-T X.690). */
function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

export function sequence(...parts: Buffer[]): Buffer {
  return tagged(tags.sequence, Buffer.concat(parts));
}

export function set(...parts: Buffer[]): Buffer {
  return tagged(tags.set, Buffer.concat(parts));
}

/** A whole number that is not negative, given as its bytes, most significant first. */
export function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const shortest = bytes.subarray(start);
  // A first bit that is set would make the number negative.
  const isHigh = (shortest[0] ?? 0) >= 0x80;
  return tagged(tags.integer, isHigh ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

export function boolean(value: boolean): Buffer {
  return tagged(tags.boolean, Buffer.from([value ? 0xff : 0x00]));
}

/** Bits, of which the last `unused` of the last byte do not count. */
export function bitString(bytes: Buffer, unused = 0): Buffer {
  return tagged(tags.bitString, Buffer.concat([Buffer.from([unused]), bytes]));
}

export function octetString(bytes: Buffer): Buffer {
  return tagged(tags.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return tagged(tags.utf8String, Buffer.from(text, 'utf8'));
}

/** An object identifier such as `2.5.4.3`. Throws when it is none. */
export function objectIdentifier(dotted: string): Buffer {
  const numbers = dotted.split('.').map(Number);
  const [first, second, ...rest] = numbers;
  if (first === undefined || second === undefined || numbers.some((number) => !Number.isSafeInteger(number))) {
    throw new Error(`${dotted} is no object identifier.`);
  }
  return tagged(tags.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): number[] {
  const bytes = [number % 0x80];
  for (let rest = Math.floor(number / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) {
    bytes.unshift(0x80 + (rest % 0x80));
  }
  return bytes;
}

/** An instant of a certificate: years to 2049 are written with two digits, later ones with four (RFC 5280, 4.1.2.5). */
export function time(instant: Date): Buffer {
  const text = instant.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const year = instant.getUTCFullYear();
  if (year >= 1950 && year < 2050) return tagged(tags.utcTime, Buffer.from(`${text.slice(2)}Z`, 'ascii'));
  return tagged(tags.generalizedTime, Buffer.from(`${text}Z`, 'ascii'));
}

/** A member that is told by its number; `content` is encoded already. */
export function explicit(number: number, content: Buffer): Buffer {
  return tagged(0xa0 + number, content);
}

/** Bytes in place of a member that is told by its number. */
export function implicit(number: number, bytes: Buffer): Buffer {
  return tagged(0x80 + number, bytes);
}
