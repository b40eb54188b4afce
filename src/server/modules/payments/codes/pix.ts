import { decimalText, type Money } from '#shared/money/index.ts';

/** What a Pix is filled in with. */
export type PixTransfer = {
  readonly key: string;
  readonly name: string;
  readonly city: string;
  /** Null lets the payer enter it. */
  readonly amount: Money | null;
  /** Letters and digits, at most 25; *** when there is none. */
  readonly transactionId: string;
};

/**
 * A static BR Code of the central bank of Brazil (EMV merchant-presented mode): tag, length, value, and a checksum at the
 * end. It is the text of the QR code and what is copied as “Pix Copia e Cola”. Null for another currency than the real.
 */
export function pixCode({ key, name, city, amount, transactionId }: PixTransfer): string | null {
  if (amount !== null && amount.currency !== 'BRL') return null;
  const fields = [
    field('00', '01'),
    field('26', field('00', 'br.gov.bcb.pix') + field('01', key)),
    field('52', '0000'),
    field('53', '986'),
    ...(amount === null ? [] : [field('54', decimalText(amount))]),
    field('58', 'BR'),
    field('59', plain(name, 25)),
    field('60', plain(city, 15)),
    field('62', field('05', transactionId)),
    // The checksum is made over everything up to and with its own tag and length.
    '6304',
  ].join('');
  return fields + crc16(fields);
}

function field(tag: string, value: string): string {
  return `${tag}${String(value.length).padStart(2, '0')}${value}`;
}

/** Letters without their accents, because a length counts characters and readers count bytes. */
function plain(text: string, longest: number): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, longest);
}

/** CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, four hexadecimal digits. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
