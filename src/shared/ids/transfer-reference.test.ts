import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readTransferReference, transferReference } from './index.ts';

const references = fc.uint8Array({ minLength: 6, maxLength: 32 }).map(transferReference);
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('transfer references', () => {
  test('are ten characters in two groups, and read back as themselves', () => {
    fc.assert(
      fc.property(references, (reference) => {
        assert.match(reference, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
        assert.equal(readTransferReference(reference), reference);
      }),
    );
    assert.equal(transferReference(new Uint8Array(6)), '00000-00000');
    assert.throws(() => transferReference(new Uint8Array(5)), RangeError);
  });

  test('use every one of their 45 bits', () => {
    const zero = transferReference(new Uint8Array(6));
    for (let bit = 0; bit < 45; bit += 1) {
      const bytes = new Uint8Array(6);
      bytes[Math.floor(bit / 8)] = 128 >> (bit % 8);
      assert.notEqual(transferReference(bytes), zero, `bit ${String(bit)}`);
    }
  });

  test('are read in any case, spaced, with the letters people mistake, and as a creditor reference', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const bare = reference.replace('-', '');
        assert.equal(readTransferReference(bare.toLowerCase()), reference);
        assert.equal(readTransferReference(` ${bare.slice(0, 4)} ${bare.slice(4, 8)} ${bare.slice(8)} `), reference);
        assert.equal(readTransferReference(bare.replaceAll('0', 'o').replaceAll('1', 'l')), reference);
        assert.equal(readTransferReference(`RF42${bare}`), reference);
      }),
    );
  });

  test('one wrong character is always noticed', () => {
    fc.assert(
      fc.property(references, fc.nat(9), fc.nat(31), (reference, position, other) => {
        const bare = reference.replace('-', '');
        const wrong = alphabet.charAt(other);
        fc.pre(bare.charAt(position) !== wrong);
        assert.equal(readTransferReference(bare.slice(0, position) + wrong + bare.slice(position + 1)), null);
      }),
    );
  });

  test('two swapped neighbours are noticed, but for 0 and Z', () => {
    fc.assert(
      fc.property(references, fc.nat(8), (reference, position) => {
        const bare = reference.replace('-', '');
        const pair = bare.slice(position, position + 2);
        fc.pre(pair.charAt(0) !== pair.charAt(1) && pair !== '0Z' && pair !== 'Z0');
        const swapped = `${pair.charAt(1)}${pair.charAt(0)}`;
        assert.equal(readTransferReference(bare.slice(0, position) + swapped + bare.slice(position + 2)), null);
      }),
    );
  });

  test('whatever else is there is no reference', () => {
    for (const text of ['', '-', '00000-0000', '00000-000000', 'U0000-00000', 'RF0000000-00000x']) {
      assert.equal(readTransferReference(text), null, text);
    }
  });
});
