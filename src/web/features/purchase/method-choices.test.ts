import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/money/index.ts';
import {
  isPayableHere,
  markedChoice,
  methodChoices,
  obstacleOf,
  type PaymentOption,
  type SavedMethod,
} from './method-choices.ts';

function optionOf(change: Partial<PaymentOption> & Pick<PaymentOption, 'method' | 'kind'>): PaymentOption {
  return {
    id: `pop_${change.method}`,
    gateway: 'manual',
    display_name: change.method,
    instructions: null,
    publishable_key: null,
    limits: [],
    sort_order: 0,
    ...change,
  };
}

const card = optionOf({ method: 'card', kind: 'card', gateway: 'stripe', publishable_key: 'pk_test' });
const paypal = optionOf({ method: 'paypal', kind: 'paypal', gateway: 'paypal', publishable_key: 'client' });
const bank = optionOf({
  method: 'bank_transfer',
  kind: 'transfer',
  limits: [{ currency: 'EUR', min: 50_00, max: 5_000_00 }],
});

function savedCard(id: string, change: Partial<SavedMethod> = {}): SavedMethod {
  return {
    id,
    method: 'card',
    gateway: 'stripe',
    details: { type: 'card', brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034 },
    is_default: false,
    expires_soon: false,
    is_expired: false,
    needed_by: [],
    created_at: '2026-11-01T00:00:00Z',
    ...change,
  };
}

const euros = (amountMinor: bigint) => money(amountMinor, 'EUR');
const keysOf = (choices: readonly { key: string }[]) => choices.map(({ key }) => key);

describe('the lines of the method picker', () => {
  it('begin with what is saved, the default first, and go on with every option', () => {
    const saved = [savedCard('spm_old'), savedCard('spm_usual', { is_default: true })];
    assert.deepEqual(keysOf(methodChoices([card, paypal, bank], saved)), [
      'spm_usual',
      'spm_old',
      'pop_card',
      'pop_paypal',
      'pop_bank_transfer',
    ]);
  });

  it('leave out what is saved at a gateway that is not offered', () => {
    assert.deepEqual(keysOf(methodChoices([paypal], [savedCard('spm_1')])), ['pop_paypal']);
  });

  it('need a form of this page', () => {
    assert.equal(isPayableHere(card), true);
    assert.equal(isPayableHere({ ...card, publishable_key: null }), false);
    assert.equal(isPayableHere({ ...card, gateway: 'other' }), false);
    assert.equal(isPayableHere({ ...paypal, publishable_key: null }), false);
    assert.equal(isPayableHere(bank), true);
  });
});

describe('what keeps a method from paying', () => {
  const [choice] = methodChoices([bank], []);
  assert.ok(choice !== undefined);

  it('is a currency it does not take', () => {
    assert.deepEqual(obstacleOf(choice, money(100_00n, 'USD')), { kind: 'currency', currencies: ['EUR'] });
  });

  it('is an amount outside its limits, which themselves belong to it', () => {
    assert.deepEqual(obstacleOf(choice, euros(49_99n)), { kind: 'below', limit: euros(50_00n) });
    assert.equal(obstacleOf(choice, euros(50_00n)), null);
    assert.equal(obstacleOf(choice, euros(5_000_00n)), null);
    assert.deepEqual(obstacleOf(choice, euros(5_000_01n)), { kind: 'above', limit: euros(5_000_00n) });
  });

  it('is a card that has expired', () => {
    const [expired] = methodChoices([card], [savedCard('spm_1', { is_expired: true })]);
    assert.ok(expired !== undefined);
    assert.deepEqual(obstacleOf(expired, euros(1n)), { kind: 'expired' });
  });
});

describe('the marked method', () => {
  const choices = methodChoices([card, paypal, bank], [savedCard('spm_1', { is_default: true })]);
  const marked = (given: Partial<Parameters<typeof markedChoice>[1]>) =>
    markedChoice(choices, { picked: null, openMethod: null, total: euros(60_00n), ...given })?.key;

  it('is the first that can pay, until another is picked', () => {
    assert.equal(marked({}), 'spm_1');
    assert.equal(marked({ picked: 'pop_paypal' }), 'pop_paypal');
  });

  it('is that of the open payment', () => {
    assert.equal(marked({ openMethod: 'paypal' }), 'pop_paypal');
    assert.equal(marked({ openMethod: 'card' }), 'pop_card');
    assert.equal(marked({ openMethod: 'paypal', picked: 'pop_card' }), 'pop_card');
  });

  it('moves on when it cannot pay any more', () => {
    assert.equal(marked({ picked: 'pop_bank_transfer', total: euros(1_00n) }), 'spm_1');
    assert.equal(markedChoice([], { picked: null, openMethod: null, total: euros(1n) }), null);
  });
});
