import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type IdPrefix, publicId, uuidOfPublicId } from './index.ts';

const prefixes = fc.constantFrom<IdPrefix[]>('acc', 'usr', 'inv', 'pay', 'key', 'evt');

describe('public ids', () => {
  test('read back as the UUID they were made of, under their own prefix alone', () => {
    fc.assert(
      fc.property(fc.uuid(), prefixes, prefixes, (uuid, prefix, other) => {
        const id = publicId(prefix, uuid);
        assert.match(id, /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
        assert.equal(uuidOfPublicId(prefix, id), uuid);
        assert.equal(uuidOfPublicId(other, id), other === prefix ? uuid : null);
      }),
    );
  });

  test('sort as their UUIDs do, which is by time', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        assert.equal(publicId('inv', one) < publicId('inv', other), one < other);
      }),
    );
  });

  test('whatever else is there is no id', () => {
    const good = publicId('inv', '019a8b1c-5f00-7abc-8def-0123456789ab');
    const wrong = [
      '',
      'inv_',
      'inv',
      good.slice(0, -1),
      `${good}0`,
      good.toUpperCase(),
      good.replace('_', '-'),
      ` ${good}`,
    ];
    for (const text of [
      ...wrong,
      `inv_8${'0'.repeat(25)}`,
      `inv_0${'i'.repeat(25)}`,
      `inv_0${'u'.repeat(25)}`,
      `${good}\n`,
    ]) {
      assert.equal(uuidOfPublicId('inv', text), null, JSON.stringify(text));
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const uuid = uuidOfPublicId('inv', text);
        if (uuid !== null) assert.equal(publicId('inv', uuid), text);
      }),
    );
    assert.throws(() => publicId('inv', 'no uuid'), RangeError);
  });
});
