import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { hashOfApiKey, hintOfApiKey, isApiKey, newApiKey } from './api-key-format.ts';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe('API keys', () => {
  test('a new key names its mode, is 50 characters long, passes its own check, and is never made twice', () => {
    for (const mode of ['test', 'live'] as const) {
      const keys = Array.from({ length: 200 }, () => newApiKey(mode));
      for (const key of keys) {
        assert.match(key, new RegExp(`^purser_${mode}_[0-9A-Za-z]{38}$`));
        assert.ok(isApiKey(key), key);
      }
      assert.equal(new Set(keys).size, keys.length);
    }
  });

  test('the checksum is the CRC-32 of what stands before it, in six digits of base62', () => {
    const key = newApiKey('test');
    let value = 0;
    for (const character of key.slice(-6)) value = value * 62 + base62.indexOf(character);
    assert.equal(value, crc32(key.slice(0, -6)));
  });

  test('one changed, missing or added character is refused without a query', () => {
    const key = newApiKey('live');
    fc.assert(
      fc.property(
        fc.nat(key.length - 1),
        fc.constantFrom(...base62.split(''), '_', '-', ' ', 'é'),
        (position, character) => {
          if (key.charAt(position) === character) return;
          assert.ok(!isApiKey(key.slice(0, position) + character + key.slice(position + 1)));
          assert.ok(!isApiKey(key.slice(0, position) + key.slice(position + 1)));
          assert.ok(!isApiKey(key.slice(0, position) + character + key.slice(position)));
        },
      ),
    );
    for (const text of ['', 'purser_test_', `${key}\n`, ` ${key}`, key.toUpperCase(), key.replace('live', 'prod')]) {
      assert.ok(!isApiKey(text), text);
    }
  });

  test('the hint shows twelve characters and the last four, and the hash is the SHA-256', () => {
    const key = newApiKey('test');
    assert.equal(hintOfApiKey(key), `purser_test_…${key.slice(-4)}`);
    assert.equal(
      hashOfApiKey('abc').toString('hex'),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
