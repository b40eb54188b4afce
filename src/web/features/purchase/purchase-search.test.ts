import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invoicesAtOnceMax } from '#web/lib/invoice-state.ts';
import { invoiceIdsOf, purchaseSearch } from './purchase-search.ts';

describe('the address of the purchase page', () => {
  it('names a package, a payment or invoices', () => {
    assert.deepEqual(
      purchaseSearch({ package: 'pro', payment: 'pay_1', invoices: 'inv_1,inv_2', payment_intent: 'x' }),
      {
        package: 'pro',
        payment: 'pay_1',
        invoices: 'inv_1,inv_2',
        redirect_status: undefined,
      },
    );
  });

  it('leaves out what it cannot mean', () => {
    for (const invoices of ['', ',', 'inv_1,', 'inv 1', '../x', ['inv_1'], 7]) {
      assert.equal(purchaseSearch({ invoices }).invoices, undefined);
    }
  });

  it('names every invoice once, and no more than can be paid at once', () => {
    assert.deepEqual(invoiceIdsOf('inv_1,inv_2,inv_1'), ['inv_1', 'inv_2']);
    assert.deepEqual(invoiceIdsOf(undefined), []);
    assert.equal(
      invoiceIdsOf(Array.from({ length: 40 }, (_, index) => `inv_${index}`).join()).length,
      invoicesAtOnceMax,
    );
  });
});
