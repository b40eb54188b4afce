import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { bitString, integer, objectIdentifier, octetString, time } from './der.ts';

const hex = (bytes: Buffer): string => bytes.toString('hex');

describe('the distinguished encoding', () => {
  test('writes short lengths in one byte and longer ones with their count', () => {
    assert.equal(hex(octetString(Buffer.alloc(3))), '0403000000');
    assert.equal(hex(octetString(Buffer.alloc(0x7f))).slice(0, 4), '047f');
    assert.equal(hex(octetString(Buffer.alloc(0x80))).slice(0, 6), '048180');
    assert.equal(hex(octetString(Buffer.alloc(0x1234))).slice(0, 8), '04821234');
  });

  test('writes a number in as few bytes as keep it positive', () => {
    assert.equal(hex(integer(Buffer.from([0]))), '020100');
    assert.equal(hex(integer(Buffer.from([0, 0, 0x7f]))), '02017f');
    assert.equal(hex(integer(Buffer.from([0x80]))), '02020080');
  });

  test('writes identifiers in steps of seven bits', () => {
    assert.equal(hex(objectIdentifier('2.5.29.19')), '0603551d13');
    assert.equal(hex(objectIdentifier('1.2.840.10045.4.3.2')), '06082a8648ce3d040302');
    assert.throws(() => objectIdentifier('one.two'), /no object identifier/);
  });

  test('counts the bits that do not count', () => {
    assert.equal(hex(bitString(Buffer.from([0x06]), 1)), '03020106');
  });

  test('writes years to 2049 with two digits and later ones with four', () => {
    assert.equal(time(new Date('2049-12-31T23:59:59Z')).subarray(2).toString(), '491231235959Z');
    assert.equal(time(new Date('2050-01-01T00:00:00Z')).subarray(2).toString(), '20500101000000Z');
  });
});
