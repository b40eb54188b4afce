import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textsFor } from '#shared/texts/index.ts';
import { creditsFromWire, formatFor } from '#web/lib/format.ts';
import { entryDetail, entryTitle, signed, type StatementEntry } from './entry-words.ts';

const texts = textsFor('en-US').credits;
const format = formatFor('en-US', 'UTC');

const use: StatementEntry = {
  id: 'led_1',
  number: 7,
  kind: 'consumption',
  change: -12,
  held_change: 0,
  balance: 488,
  held: 0,
  operation: { code: 'content.generate', name: 'Generate text', unit: 'word' },
  variant: 'large',
  quantity: 1_200,
  lot_kind: null,
  reason: null,
  hold_id: null,
  site_id: null,
  user_id: null,
  reference: 'article 42',
  occurred_at: '2026-11-22T12:00:00.000Z',
};

describe('the words of an entry', () => {
  it('name the operation with its variant, and what of it', () => {
    assert.equal(entryTitle(use, texts), 'Generate text · large');
    assert.equal(entryDetail(use, format), '1,200 × word · article 42');
    assert.equal(entryTitle({ ...use, kind: 'hold', variant: null }, texts), 'Held for Generate text');
  });

  it('name the kind of credits that came or expired, and the reason of staff', () => {
    const bare: StatementEntry = { ...use, operation: null, variant: null, quantity: null, reference: null };
    assert.equal(entryTitle({ ...bare, kind: 'grant', lot_kind: 'bonus' }, texts), 'Bonus credits');
    assert.equal(entryTitle({ ...bare, kind: 'expiry', lot_kind: 'purchased' }, texts), 'Purchased credits expired');
    assert.equal(
      entryDetail({ ...bare, kind: 'adjustment', reason: 'Sorry for the outage' }, format),
      'Sorry for the outage',
    );
    assert.equal(entryDetail({ ...bare, kind: 'grant' }, format), null);
  });

  it('give a change its sign, with a true minus', () => {
    assert.deepEqual(
      [500, -1_200, 0].map((units) => signed(creditsFromWire(units), format)),
      ['+500', '\u22121,200', '0'],
    );
  });
});
