import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead } from '#server/platform/db/index.ts';
import type { Contract } from '#shared/contract/contract.ts';
import type { CallResult } from '#shared/contract/endpoint.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newStaff, type Person } from '#test/support/test-people.ts';
import { uuidOf } from '#test/support/test-client.ts';
import { buyByTransfer, inPakistan } from '#test/support/transfers.ts';

type Listed = CallResult<Contract['listPaymentOptions']>;

describe('payment options', () => {
  let app: TestApp;
  let staff: Person;

  before(async () => {
    app = await createTestApp();
    staff = await newStaff(app, 'finance');
  });
  after(async () => {
    await app.close();
  });

  async function methodsIn(country: string, query: Record<string, string | number> = {}): Promise<string[]> {
    const customer = await app.provision({ country });
    const { data } = await app.ok('listPaymentMethods', { as: customer, query });
    return data.map((option) => option.method);
  }

  async function listed(): Promise<Listed> {
    return await app.ok('listPaymentOptions', { as: staff });
  }

  /** A transfer option for a country nobody else uses in these tests. */
  function transferOption(country: string, changes: Record<string, unknown> = {}) {
    return {
      country,
      method: 'bank_transfer',
      kind: 'transfer',
      display_name: 'Bank transfer',
      instructions: 'Send it **today**.',
      limits: [],
      sort_order: 10,
      is_enabled: true,
      transfer: {
        fields: [{ label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' }],
        payment_code: null,
        demands: { payer_name: 'required', payer_account: 'hidden', transaction_id: 'optional', proof: 'optional' },
        transaction_id_pattern: null,
        transaction_id_hint: null,
        expires_after_days: 7,
      },
      ...changes,
    };
  }

  test('a country has its own, every other one the default set, in their order', async () => {
    assert.deepEqual(await methodsIn('PK'), ['card', 'bank_transfer', 'jazzcash', 'easypaisa']);
    const others = await methodsIn('NZ');
    assert.ok(others.includes('card') && !others.includes('bank_transfer'));
  });

  test('limits leave out what does not take the currency or the amount, on the list and when paying', async () => {
    const limits = [{ currency: 'USD', min: 1_000, max: 50_000 }];
    const made = await app.ok('createPaymentOption', { as: staff, body: transferOption('AE', { limits }) });
    assert.deepEqual(made.limits, limits);
    const query = { country: 'AE' };
    const customer = await app.provision({ country: 'US' });
    const offered = async (more: Record<string, string | number>) => {
      const { data } = await app.ok('listPaymentMethods', { as: customer, query: { ...query, ...more } });
      return data.map((option) => option.method);
    };
    assert.deepEqual(await offered({ currency: 'USD' }), ['bank_transfer']);
    assert.deepEqual(await offered({ currency: 'USD', amount: 1_000 }), ['bank_transfer']);
    assert.deepEqual(await offered({ currency: 'USD', amount: 999 }), []);
    assert.deepEqual(await offered({ currency: 'USD', amount: 50_001 }), []);
    assert.deepEqual(await offered({ currency: 'EUR' }), []);
    const buyer = await app.provision({ country: 'AE', currency: 'USD' });
    const { data } = await app.ok('listCreditPackages', { as: buyer });
    const starter = data.find((item) => item.slug === 'starter');
    const body = { package_id: starter?.id, payment_method: 'bank_transfer' };
    await app.refused('purchaseCredits', 'payment_method_unavailable', { as: buyer, body });
  });

  test('switched off it is offered no more, and the country keeps its own set', async () => {
    const { id } = await app.ok('createPaymentOption', { as: staff, body: transferOption('OM') });
    const off = await app.ok('updatePaymentOption', { as: staff, params: { id }, body: { is_enabled: false } });
    assert.equal(off.is_enabled, false);
    assert.deepEqual(await methodsIn('OM'), []);
    await app.ok('deletePaymentOption', { as: staff, params: { id } });
    assert.ok((await methodsIn('OM')).includes('card'), 'without rows it has the default set again');
    await app.refused('deletePaymentOption', 'not_found', { as: staff, params: { id } });
  });

  test('where the money goes changes only when it is confirmed, and both are written down', async () => {
    const { id } = await app.ok('createPaymentOption', { as: staff, body: transferOption('QA') });
    const { transfer } = transferOption('QA');
    const fields = [{ label: 'IBAN', value: 'DE02 1203 0000 0000 2020 51' }];
    const body = { transfer: { ...transfer, fields } };
    const refused = await app.refused('updatePaymentOption', 'bank_details_unconfirmed', {
      as: staff,
      params: { id },
      body,
    });
    assert.deepEqual(
      [refused['before'], refused['after']],
      [['IBAN: DE89 3704 0044 0532 0130 00'], ['IBAN: DE02 1203 0000 0000 2020 51']],
    );
    const unchanged = (await listed()).data.find((option) => option.id === id);
    assert.deepEqual(unchanged?.transfer?.fields, transfer.fields, 'nothing has changed');
    // The same details with other words around them are no change of where the money goes.
    const later = { transfer: { ...transfer, expires_after_days: 10 } };
    await app.ok('updatePaymentOption', { as: staff, params: { id }, body: later });
    const confirmed = { ...body, confirm_bank_details: true };
    const changed = await app.ok('updatePaymentOption', { as: staff, params: { id }, body: confirmed });
    assert.deepEqual(changed.transfer?.fields, fields);
    const entries = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('audit_entries')
        .select(['action', 'actor_id', 'details'])
        .where('subject_id', '=', uuidOf(id))
        .orderBy('id')
        .execute(),
    );
    assert.deepEqual(
      entries.map((entry) => entry.action),
      ['payment_option.created', 'payment_option.updated', 'payment_option.bank_details_changed'],
    );
    const details = entries.at(-1)?.details;
    assert.deepEqual(
      [
        entries.at(-1)?.actor_id,
        JSON.stringify(details).includes('DE89 3704'),
        JSON.stringify(details).includes('DE02'),
      ],
      [staff.userId, true, true],
    );
  });

  test('a payment keeps the terms it was started with', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const option = (await listed()).data.find((one) => one.country === 'PK' && one.method === 'easypaisa');
    assert.ok(option?.transfer != null);
    const fields = [{ label: 'Easypaisa number', value: '0345 9999999' }];
    const body = { transfer: { ...option.transfer, fields }, confirm_bank_details: true };
    await app.ok('updatePaymentOption', { as: staff, params: { id: option.id }, body });
    const { payment } = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual(payment.transfer?.fields, purchase.payment.transfer?.fields);
    const next = await buyByTransfer(app, await app.provision(inPakistan));
    assert.deepEqual(next.payment.transfer?.fields, fields);
  });

  test('what cannot be right is refused by its field', async () => {
    const { transfer } = transferOption('SA');
    const wrong: [pointer: string, changes: Record<string, unknown>][] = [
      ['/body/transfer/fields/0/value', { transfer: { ...transfer, fields: [{ label: 'IBAN', value: 'DE00 1234' }] } }],
      ['/body/transfer/fields/0/value', { transfer: { ...transfer, fields: [{ label: 'BIC', value: 'XX' }] } }],
      ['/body/transfer/fields/0/value', { transfer: { ...transfer, fields: [{ label: 'Account', value: '…' }] } }],
      [
        '/body/transfer/payment_code/iban',
        { transfer: { ...transfer, payment_code: epc('PK36SCBL0000001123456702') } },
      ],
      ['/body/transfer/payment_code/iban', { transfer: { ...transfer, payment_code: swiss('CH4431999123000889012') } }],
      ['/body/transfer', { transfer: null }],
      ['/body/transfer', { kind: 'card', method: 'card' }],
      ['/body/method', { method: 'card' }],
      ['/body/limits/1/currency', { limits: [limit('SAR', 1, 2), limit('SAR', 1, 2)] }],
      ['/body/limits/0/max', { limits: [limit('SAR', 5, 4)] }],
      ['/body/limits/0/min', { limits: [limit('SAR', 0, 4)] }],
    ];
    for (const [pointer, changes] of wrong) {
      const body = transferOption('SA', changes);
      const problem = await app.refused('createPaymentOption', 'validation_failed', { as: staff, body });
      assert.deepEqual(
        problem.errors?.map((error) => error.pointer),
        [pointer],
        JSON.stringify(changes),
      );
    }
    assert.ok(!(await listed()).data.some((option) => option.country === 'SA'));
  });

  test('a country has a method once, and so has the default set', async () => {
    await app.ok('createPaymentOption', { as: staff, body: transferOption('KW') });
    await app.refused('createPaymentOption', 'payment_option_taken', { as: staff, body: transferOption('KW') });
    const body = { ...transferOption('KW'), country: null, method: 'card', kind: 'card', transfer: null };
    await app.refused('createPaymentOption', 'payment_option_taken', { as: staff, body });
  });

  test('every preset is an option as soon as its details are filled in, and none before', async () => {
    const { presets } = await listed();
    assert.ok(presets.length >= 20);
    assert.equal(new Set(presets.map((preset) => preset.code)).size, presets.length);
    for (const code of [
      'pk_jazzcash',
      'ke_mpesa',
      'bd_bkash',
      'in_upi',
      'br_pix',
      'de_bank_transfer',
      'ch_bank_transfer',
    ])
      assert.ok(
        presets.some((preset) => preset.code === code),
        code,
      );
    for (const { code, option } of presets) {
      assert.ok(option.transfer !== null, code);
      await app.refused('createPaymentOption', 'validation_failed', { as: staff, body: option });
      const fields = option.transfer.fields.map(({ label }) => ({ label, value: valueFor(label) }));
      const transfer = { ...option.transfer, fields, payment_code: null };
      // Under a code of its own, since the sample data may offer it already.
      const body = { ...option, method: `${option.method}_2`, transfer };
      const { id } = await app.ok('createPaymentOption', { as: staff, body });
      await app.ok('deletePaymentOption', { as: staff, params: { id } });
    }
  });

  test('support looks at the options and changes none', async () => {
    const support = await newStaff(app, 'support');
    assert.ok((await app.ok('listPaymentOptions', { as: support })).data.length > 0);
    await app.refused('createPaymentOption', 'forbidden', { as: support, body: transferOption('JO') });
    await app.refused('listPaymentOptions', 'forbidden', { as: await app.signUp() });
  });
});

function limit(currency: string, min: number, max: number) {
  return { currency, min, max };
}

function epc(iban: string) {
  return { kind: 'epc', name: 'Lanternworks', iban, bic: null };
}

function swiss(iban: string) {
  return { kind: 'swiss', name: 'Lanternworks', iban, postal_code: '8000', city: 'Zürich', country: 'CH' };
}

function valueFor(label: string): string {
  if (/iban/i.test(label)) return 'DE89370400440532013000';
  return /bic/i.test(label) ? 'COBADEFFXXX' : '12345';
}
