import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { optionGroups, type OptionPreset, type OptionSettings } from './options.ts';
import { paymentOptionsTexts } from '#shared/texts/payment-options.ts';
import { startGroups, startValues } from './start-choices.ts';

function option(country: string | null, method: string, order = 10): OptionSettings {
  return {
    id: `pop_${country ?? ''}_${method}`,
    country,
    method,
    kind: method === 'card' ? 'card' : 'transfer',
    display_name: method === 'card' ? 'Credit card' : 'Bank transfer',
    instructions: null,
    limits: [],
    sort_order: order,
    is_enabled: true,
    transfer: null,
    gateway: method === 'card' ? 'stripe' : 'manual',
    is_available: true,
    updated_at: '2026-11-20T10:00:00.000Z',
  };
}

const names: Readonly<Record<string, string>> = { DE: 'Germany', PK: 'Pakistan', AT: 'Austria' };
const nameOf = (country: string | null) => (country === null ? 'Every other country' : (names[country] ?? country));

const options = [
  option('PK', 'bank_transfer', 20),
  option('PK', 'card', 1),
  option('DE', 'card'),
  option('AT', 'card'),
  option(null, 'card'),
];

const preset: OptionPreset = {
  code: 'pk_bank_transfer',
  country: 'PK',
  name: 'Bank transfer (IBFT)',
  option: { ...option('PK', 'bank_transfer'), display_name: 'Bank transfer (IBFT)' },
};

describe('payment options by country', () => {
  test('the default set comes first, then the countries by name, each in its order', () => {
    const groups = optionGroups(options, undefined, nameOf);
    assert.deepEqual(
      groups.map(({ country }) => country),
      [null, 'AT', 'DE', 'PK'],
    );
    assert.deepEqual(
      groups[3]?.options.map(({ method }) => method),
      ['card', 'bank_transfer'],
    );
  });

  test('a search finds countries by name and code, and methods by name and code', () => {
    const found = (search: string) =>
      optionGroups(options, search, nameOf).map(({ country, options: own }) => [country, own.length]);
    assert.deepEqual(found('pakis'), [['PK', 2]]);
    assert.deepEqual(found('de'), [['DE', 1]]);
    assert.deepEqual(found('Bank'), [['PK', 1]]);
    assert.deepEqual(found('bank_transfer'), [['PK', 1]]);
    assert.deepEqual(found('zzz'), []);
  });
});

describe('what can be added', () => {
  const offer = { presets: [preset], options, texts: paymentOptionsTexts, nameOf };

  test('a country’s own presets come first, and what it has already cannot be chosen again', () => {
    const [own, gateways] = startGroups({ ...offer, country: 'PK' });
    assert.deepEqual(own?.items, [{ value: 'preset:pk_bank_transfer', label: 'Bank transfer (IBFT)', disabled: true }]);
    assert.deepEqual(
      gateways?.items.map(({ value, disabled }) => [value, disabled]),
      [
        ['gateway:card', true],
        ['gateway:paypal', false],
      ],
    );
  });

  test('a preset suggests its country where none was chosen, and comes after what there is', () => {
    assert.equal(startValues('preset:pk_bank_transfer', { ...offer, country: '' })?.country, 'PK');
    const elsewhere = startValues('preset:pk_bank_transfer', { ...offer, country: 'DE' });
    assert.deepEqual([elsewhere?.country, elsewhere?.sort_order], ['DE', 20]);
    assert.equal(startValues('preset:none', { ...offer, country: 'DE' }), null);
  });
});
