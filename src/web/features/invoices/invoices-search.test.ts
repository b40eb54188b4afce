import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invoicesQuery, invoicesSearch, isFiltered } from './invoices-search.ts';

describe('the address of an invoice list', () => {
  it('keeps what it can mean', () => {
    const search = {
      status: 'overdue',
      search: 'INV-2026',
      from: '2026-02-28',
      to: '2026-11-22',
      sort: 'issued_on',
      invoice: 'inv_01k9',
    };
    assert.deepEqual(invoicesSearch(search), search);
  });

  it('leaves out what it cannot mean', () => {
    const search = {
      status: 'lost',
      search: '  ',
      from: '2026-02-30',
      to: 'yesterday',
      sort: 'total',
      invoice: '../x',
      page: 3,
    };
    assert.deepEqual(invoicesSearch(search), {});
  });

  it('reads a search of digits, which the router hands over as a number', () => {
    assert.deepEqual(invoicesSearch({ search: 202611 }), { search: '202611' });
  });

  it('asks the API for the newest first', () => {
    assert.deepEqual(invoicesQuery({}), { sort: '-issued_on' });
    assert.deepEqual(invoicesQuery({ sort: 'issued_on', from: '2026-01-01', invoice: 'inv_1' }), {
      sort: 'issued_on',
      issued_from: '2026-01-01',
    });
  });

  it('is not narrowed by order or dialog', () => {
    assert.equal(isFiltered({ sort: 'issued_on', invoice: 'inv_1' }), false);
    assert.equal(isFiltered({ status: 'paid' }), true);
  });
});
