import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 32;
const checksumLength = 6;
const keyPattern = /^purser_(test|live)_[0-9A-Za-z]{38}$/;

/**
 * Makes a new API key: `purser_test_` or `purser_live_`, 32 random characters of base62 (190 bits), and the CRC-32 of
 * all that in 6 more. The checksum lets a mistyped key be refused without a query, and scanners for leaked keys be sure.
 */
export function newApiKey(mode: 'test' | 'live'): string {
  let text = `purser_${mode}_`;
  for (let position = 0; position < randomLength; position += 1) text += digits.charAt(randomInt(digits.length));
  return text + checksumOf(text);
}

/** Whether a text can be an API key at all: its form and its checksum are right. */
export function isApiKey(text: string): boolean {
  if (!keyPattern.test(text)) return false;
  return text.slice(-checksumLength) === checksumOf(text.slice(0, -checksumLength));
}

/** What is kept of a key. A random key of this length needs no slow hash. */
export function hashOfApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** What a person recognises a key by: its first twelve characters and its last four. */
export function hintOfApiKey(key: string): string {
  return `${key.slice(0, 12)}…${key.slice(-4)}`;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let checksum = '';
  for (let position = 0; position < checksumLength; position += 1) {
    checksum = digits.charAt(rest % digits.length) + checksum;
    rest = Math.floor(rest / digits.length);
  }
  return checksum;
}
