import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointUrl } from '#web/lib/api.ts';

test('the address of an endpoint carries its params escaped and leaves out what is not asked for', () => {
  assert.equal(endpointUrl('getInvoicePdf', { id: 'inv_01' }), '/v1/billing/invoices/inv_01/pdf/');
  assert.equal(endpointUrl('getInvoice', { id: '../admin' }), '/v1/billing/invoices/..%2Fadmin/');
  assert.equal(
    endpointUrl('listInvoices', {}, { search: 'INV 1&2', status: undefined, limit: 5, cursor: '' }),
    '/v1/billing/invoices/?search=INV+1%262&limit=5',
  );
});
