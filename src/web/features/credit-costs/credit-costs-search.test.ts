import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountNamed, creditCostsSearch } from './credit-costs-search.ts';

const account = `acc_${'0'.repeat(26)}`;

describe('naming an account', () => {
  it('takes an id as it is, and anything else as the id in the product', () => {
    assert.equal(accountNamed(` ${account} `), account);
    assert.equal(accountNamed('customer-42'), 'ext:customer-42');
    assert.equal(accountNamed('ext:customer-42'), 'ext:customer-42');
    assert.equal(accountNamed('  '), null);
  });

  it('is kept in the address of its tab alone', () => {
    assert.deepEqual(creditCostsSearch({ tab: 'adjust', account }), { tab: 'adjust', account });
    assert.deepEqual(creditCostsSearch({ tab: 'adjust', account: 'nobody' }), { tab: 'adjust' });
    assert.deepEqual(creditCostsSearch({ account }), {});
  });
});
