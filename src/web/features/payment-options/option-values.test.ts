import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bankLines } from './bank-lines.ts';
import { blankValues, bodyOf, fieldOfPointer, valuesOf } from './option-values.ts';
import type { OptionPreset, TransferTerms } from './options.ts';

const terms: TransferTerms = {
  fields: [
    { label: 'Account holder', value: 'Lanternworks Ltd' },
    { label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' },
  ],
  payment_code: { kind: 'epc', name: 'Lanternworks Ltd', iban: 'DE89370400440532013000', bic: null },
  demands: { payer_name: 'required', payer_account: 'hidden', transaction_id: 'optional', proof: 'optional' },
  transaction_id_pattern: '########',
  transaction_id_hint: null,
  expires_after_days: 10,
};

const option: OptionPreset['option'] = {
  country: 'DE',
  method: 'bank_transfer',
  kind: 'transfer',
  display_name: 'SEPA bank transfer',
  instructions: '1. Transfer the **exact amount**.',
  limits: [
    { currency: 'EUR', min: 5_00, max: null },
    { currency: 'JPY', min: null, max: 100_000 },
  ],
  sort_order: 10,
  is_enabled: false,
  transfer: terms,
};

describe('the form of a payment option', () => {
  test('an option that nobody touches is sent as it came, whatever its payment code', () => {
    assert.deepEqual(bodyOf(valuesOf(option)), option);
    const codes: TransferTerms['payment_code'][] = [
      null,
      { kind: 'epc', name: 'A', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      { kind: 'upi', address: 'a@bank', name: 'A' },
      { kind: 'pix', key: 'a@b.example', name: 'A', city: 'RECIFE' },
      { kind: 'swiss', name: 'A', iban: 'CH9300762011623852957', postal_code: '8000', city: 'Zürich', country: 'CH' },
    ];
    for (const code of codes) {
      const other = { ...option, country: null, transfer: { ...terms, payment_code: code } };
      assert.deepEqual(bodyOf(valuesOf(other)), other);
    }
  });

  test('limits are typed in the decimals of their currency', () => {
    const values = valuesOf(option);
    assert.deepEqual(values.limits, [
      { currency: 'EUR', min: '5.00', max: '' },
      { currency: 'JPY', min: '', max: '100000' },
    ]);
    const body = bodyOf({ ...values, limits: [{ currency: 'KWD', min: '1,5', max: '20' }] });
    assert.deepEqual(body.limits, [{ currency: 'KWD', min: 1_500, max: 20_000 }]);
  });

  test('what a preset leaves to the seller begins empty', () => {
    const open: TransferTerms = {
      ...terms,
      fields: [{ label: 'IBAN', value: '…' }],
      payment_code: { kind: 'epc', name: '…', iban: '…', bic: null },
    };
    const values = valuesOf({ ...option, transfer: open });
    assert.deepEqual(values.fields, [{ label: 'IBAN', value: '' }]);
    assert.deepEqual([values.code.kind, values.code.name, values.code.iban], ['epc', '', '']);
  });

  test('a gateway’s method has no bank details', () => {
    const body = bodyOf({ ...blankValues('card', { method: 'card', display_name: 'Card' }), country: 'default' });
    assert.deepEqual([body.country, body.transfer, body.instructions], [null, null, null]);
  });

  test('what the server says is shown at the member it is about', () => {
    assert.equal(fieldOfPointer('/body/display_name'), 'display_name');
    assert.equal(fieldOfPointer('/body/limits/1/max'), 'limits.1.max');
    assert.equal(fieldOfPointer('/body/transfer/fields/0/value'), 'fields.0.value');
    assert.equal(fieldOfPointer('/body/transfer/payment_code/iban'), 'code.iban');
  });
});

describe('bank details before and after a change', () => {
  test('every detail stands there, also what comes and what goes', () => {
    const after: TransferTerms = {
      ...terms,
      fields: [
        { label: 'Account holder', value: 'Lanternworks Ltd' },
        { label: 'BIC', value: 'COBADEFFXXX' },
      ],
      payment_code: null,
    };
    assert.deepEqual(
      bankLines(terms, after, (member) => `code ${member}`),
      [
        { label: 'Account holder', before: 'Lanternworks Ltd', after: 'Lanternworks Ltd' },
        { label: 'BIC', before: null, after: 'COBADEFFXXX' },
        { label: 'IBAN', before: 'DE89 3704 0044 0532 0130 00', after: null },
        { label: 'code name', before: 'Lanternworks Ltd', after: null },
        { label: 'code iban', before: 'DE89370400440532013000', after: null },
      ],
    );
  });
});
