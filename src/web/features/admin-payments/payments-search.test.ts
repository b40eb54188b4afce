import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changed, isFiltered, paymentsQuery, paymentsSearch, viewed } from './payments-search.ts';

const account = `acc_${'0'.repeat(26)}`;
const payment = `pay_${'0'.repeat(26)}`;

describe('the address of the staff’s page of payments', () => {
  test('without anything it is the queue, and who waits longest comes first', () => {
    assert.deepEqual(paymentsSearch({}), {});
    assert.deepEqual(paymentsQuery({}), { status: 'pending_approval', sort: 'waiting' });
  });

  test('what it cannot mean is left out', () => {
    const search = {
      view: 'secret',
      status: 'stolen',
      method: 'DROP TABLE',
      account: 'me',
      payment: '1',
      search: '  ',
    };
    assert.deepEqual(paymentsSearch(search), {});
    assert.deepEqual(paymentsSearch({ view: 'attention', status: 'failed', closed: true }), { view: 'attention' });
  });

  test('every filter comes to the query, and digits are searched for as text', () => {
    const search = paymentsSearch({
      view: 'all',
      status: 'failed',
      method: 'bank_transfer',
      account,
      search: 12_345,
      payment,
    });
    assert.deepEqual(search, {
      view: 'all',
      status: 'failed',
      method: 'bank_transfer',
      account,
      search: '12345',
      payment,
    });
    assert.deepEqual(paymentsQuery(search), {
      status: 'failed',
      sort: 'newest',
      method: 'bank_transfer',
      account_id: account,
      search: '12345',
    });
    assert.equal(isFiltered(search), true);
  });

  test('what needs attention is asked for as such', () => {
    assert.deepEqual(paymentsQuery({ view: 'attention' }), { attention: 'true', sort: 'newest' });
    assert.equal(isFiltered({ view: 'attention', payment }), false);
  });

  test('another view keeps what every list can be filtered by, and closes the payment', () => {
    const search = { view: 'all', status: 'failed', account, search: 'ada', payment } as const;
    assert.deepEqual(viewed(search, 'waiting'), { account, search: 'ada' });
    assert.deepEqual(viewed(search, 'attention'), { view: 'attention', account, search: 'ada' });
    assert.deepEqual(viewed(search, 'disputes'), { view: 'disputes' });
    assert.deepEqual(changed(search, { payment: null, status: null }), { view: 'all', account, search: 'ada' });
  });
});
