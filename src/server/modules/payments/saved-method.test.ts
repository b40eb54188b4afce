import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CardDetails, Payment } from './payment.ts';
import { expiresOnOf, expiresSoon, isExpired, type SavedMethod, successorOf, warningDay } from './saved-method.ts';
import { goesOnBy, type WayToPay } from './way-to-pay.ts';

function card(expYear: number, expMonth: number): CardDetails {
  return { type: 'card', brand: 'visa', last4: '4242', expMonth, expYear };
}

describe('the expiry of a saved method', () => {
  test('is the last day of the month on the card; PayPal does not expire', () => {
    assert.equal(expiresOnOf(card(2026, 12)), '2026-12-31');
    assert.equal(expiresOnOf(card(2028, 2)), '2028-02-29');
    assert.equal(expiresOnOf(card(2027, 2)), '2027-02-28');
    assert.equal(expiresOnOf({ type: 'paypal', payerEmail: null }), null);
  });

  test('a card pays until the end of its last day', () => {
    const method = { expiresOn: '2026-12-31' };
    assert.equal(isExpired(method, '2026-12-31'), false);
    assert.equal(isExpired(method, '2027-01-01'), true);
    assert.equal(isExpired({ expiresOn: null }, '2999-01-01'), false);
  });

  test('“soon” is this month and the next', () => {
    const soon = (today: string) => expiresSoon({ expiresOn: '2027-01-31' }, today);
    assert.deepEqual(['2026-11-30', '2026-12-01', '2027-01-31', '2027-02-01'].map(soon), [false, true, true, false]);
    assert.equal(expiresSoon({ expiresOn: null }, '2026-12-01'), false);
  });

  test('is told of on the first of the month before, later if that is past, and never on a day that is past', () => {
    assert.equal(warningDay('2027-01-31', '2026-10-15'), '2026-12-01');
    assert.equal(warningDay('2027-01-31', '2026-12-01'), '2027-01-01');
    assert.equal(warningDay('2027-01-31', '2027-01-01'), null);
    assert.equal(warningDay(null, '2026-10-15'), null);
    const months = fc.record({ year: fc.integer({ min: 2000, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) });
    const days = fc.integer({ min: 0, max: 36_000 });
    fc.assert(
      fc.property(months, days, ({ year, month }, offset) => {
        const today = new Date(Date.UTC(2000, 0, 1 + offset)).toISOString().slice(0, 10);
        const expiresOn = expiresOnOf(card(year, month));
        const day = warningDay(expiresOn, today);
        if (day !== null) {
          assert.ok(day > today && day <= String(expiresOn));
          assert.equal(expiresSoon({ expiresOn }, day), true, 'the banner is there on that day');
        }
      }),
    );
  });

  test('the newest method that can still pay takes the place of the default one', () => {
    const method = (id: string, expiresOn: string | null) => ({ id, expiresOn }) as SavedMethod;
    const today = '2026-11-22';
    assert.equal(successorOf([], today), null);
    assert.equal(successorOf([method('a', null), method('b', '2030-01-31')], today)?.id, 'b');
    assert.equal(successorOf([method('a', '2030-01-31'), method('b', '2026-10-31')], today)?.id, 'a');
    assert.equal(successorOf([method('a', '2025-01-31'), method('b', '2026-10-31')], today)?.id, 'b');
  });
});

describe('going on with an open payment', () => {
  const open = (changes: Partial<Payment>) =>
    ({
      method: 'card',
      savedMethodId: null,
      keepsMethod: false,
      status: 'requires_payment_method',
      ...changes,
    }) as Payment;
  const way = (changes: Partial<WayToPay>): WayToPay => ({
    method: 'card',
    savedMethodId: null,
    keepsMethod: null,
    ...changes,
  });

  test('is for the same method, and the same wish to save it', () => {
    assert.equal(goesOnBy(open({}), way({})), true);
    assert.equal(goesOnBy(open({}), way({ method: 'paypal' })), false);
    assert.equal(goesOnBy(open({}), way({ keepsMethod: true })), false);
    assert.equal(goesOnBy(open({ keepsMethod: true }), way({ keepsMethod: true })), true);
    assert.equal(goesOnBy(open({ savedMethodId: 'a' }), way({})), true, 'a declined saved card is paid by another');
  });

  test('a saved method goes on with its own payment until it was declined', () => {
    const saved = way({ savedMethodId: 'a' });
    assert.equal(goesOnBy(open({ savedMethodId: 'a', status: 'requires_action' }), saved), true);
    assert.equal(goesOnBy(open({ savedMethodId: 'a', status: 'created' }), saved), true);
    assert.equal(goesOnBy(open({ savedMethodId: 'a' }), saved), false);
    assert.equal(goesOnBy(open({ savedMethodId: 'b', status: 'requires_action' }), saved), false);
    assert.equal(goesOnBy(open({}), saved), false);
  });
});
