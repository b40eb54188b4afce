import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditsFromWire, formatFor, moneyFromWire } from '#web/lib/format.ts';

const format = formatFor('en-US', 'America/New_York');

test('an amount is shown with the digits of its currency, not those Intl prefers', () => {
  assert.equal(format.money(moneyFromWire(2_900, 'USD')), '$29.00');
  assert.equal(format.money(moneyFromWire(500_000, 'PKR')), 'PKR\u00a05,000.00');
  assert.equal(format.money(moneyFromWire(1_250, 'JPY')), '¥1,250');
  assert.equal(format.money(moneyFromWire(-1_250, 'KWD')), '\u2212KWD\u00a01.250');
});

test('a currency nobody knows is refused instead of shown with guessed digits', () => {
  assert.throws(() => moneyFromWire(100, 'XXY'), RangeError);
});

test('credits have thousands separators', () => {
  assert.equal(format.credits(creditsFromWire(1_234_567)), '1,234,567');
});

test('the time since an instant is told in the largest unit that fits, and never rounded up', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const told = (at: string) => format.relative(new Date(at), now);
  assert.equal(told('2026-11-22T11:59:30Z'), 'now');
  assert.equal(told('2026-11-22T11:58:10Z'), '1 minute ago');
  assert.equal(told('2026-11-22T09:01:00Z'), '2 hours ago');
  assert.equal(told('2026-11-21T11:00:00Z'), 'yesterday');
  assert.equal(told('2026-11-29T12:00:00Z'), 'in 7 days');
});

test('an instant is shown in the time zone of the account', () => {
  assert.match(format.instant(new Date('2026-11-22T03:30:00Z')), /Nov 21, 2026.*10:30/);
});

test('thousandths of a credit, percentages and days are told with no more than they need', () => {
  assert.equal(format.milliCredits(250), '0.25');
  assert.equal(format.milliCredits(1_234_567, 1), '1,234.6');
  assert.equal(format.milliCredits(3_000), '3');
  assert.equal(format.percent(3_334), '33.34%');
  assert.equal(format.percent(10_000), '100%');
  assert.equal(format.share(6_030), '60.30%');
  assert.equal(format.shortDate('2026-03-01'), 'Mar 1');
});
