import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import {
  cardBrandOf,
  type CardValues,
  formattedExpiry,
  groupedNumber,
  problemsOf,
} from '#sandbox/stripe/browser/card-rules.ts';

const today = new Date(2026, 5, 15);
const good: CardValues = { number: '4242424242424242', expiry: '06 / 26', cvc: '123', country: 'US', postal: '94103' };

describe('what the card form finds wrong', () => {
  test('nothing with a good card that expires this month', () => assert.deepEqual(problemsOf(good, today), []));

  const cases: [Partial<CardValues>, string][] = [
    [{ number: '' }, 'incomplete_number'],
    [{ number: '424242424242424' }, 'incomplete_number'],
    [{ number: '4242424242424241' }, 'invalid_number'],
    [{ number: '37828224631000', cvc: '1234' }, 'incomplete_number'],
    [{ expiry: '' }, 'incomplete_expiry'],
    [{ expiry: '06 / 2' }, 'incomplete_expiry'],
    [{ expiry: '13 / 30' }, 'invalid_expiry_month'],
    [{ expiry: '05 / 26' }, 'invalid_expiry_month_past'],
    [{ expiry: '12 / 25' }, 'invalid_expiry_year_past'],
    [{ expiry: '12 / 99' }, 'invalid_expiry_year'],
    [{ cvc: '12' }, 'incomplete_cvc'],
    [{ number: '378282246310005', cvc: '123' }, 'incomplete_cvc'],
    [{ postal: '941' }, 'incomplete_zip'],
    [{ country: 'GB', postal: '' }, 'incomplete_zip'],
  ];
  for (const [change, code] of cases) {
    test(`${code} for ${JSON.stringify(change)}`, () => {
      const problems = problemsOf({ ...good, ...change }, today);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [code],
      );
    });
  }

  test('no postal code where none is asked for', () => {
    assert.deepEqual(problemsOf({ ...good, country: 'DE', postal: '' }, today), []);
  });
});

test('numbers are grouped as on the card, and expiries as month and year', () => {
  assert.equal(groupedNumber('4242-4242 42424242999'), '4242 4242 4242 4242');
  assert.equal(groupedNumber('378282246310005'), '3782 822463 10005');
  assert.equal(groupedNumber('36227206271667'), '3622 720627 1667');
  assert.equal(groupedNumber('6200000000000005'), '6200 0000 0000 0005');
  assert.equal(formattedExpiry('1'), '1');
  assert.equal(formattedExpiry('5'), '05');
  assert.equal(formattedExpiry('1234'), '12 / 34');
  assert.equal(cardBrandOf('5555 5555'), 'Mastercard');
});
