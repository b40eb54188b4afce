import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { slugCandidates, slugOf } from './account-slug.ts';

/** What the database checks a slug against. */
const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('slugs', () => {
  test('a name becomes lower-case Latin letters and digits joined by hyphens', () => {
    const expected = {
      'Acme Inc.': 'acme-inc',
      '  Größe & Söhne GmbH ': 'grosse-sohne-gmbh',
      'Łódź Æther Øst': 'lodz-aether-ost',
      'İstanbul 2': 'istanbul-2',
      '---': 'account',
      北京: 'account',
      [`${'a'.repeat(39)} bcd`]: 'a'.repeat(39),
      ['a'.repeat(50)]: 'a'.repeat(40),
    };
    for (const [name, slug] of Object.entries(expected)) assert.equal(slugOf(name), slug, name);
  });

  test('every candidate for any name passes the check of the database, and all differ', () => {
    const id = '019a8b1c-5f00-7abc-8def-0123456789ab';
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        const candidates = slugCandidates(name, id);
        for (const slug of candidates) assert.match(slug, slugPattern);
        assert.equal(new Set(candidates).size, candidates.length);
        assert.ok(candidates.at(-1)?.endsWith('-0123456789ab'));
      }),
    );
  });
});
