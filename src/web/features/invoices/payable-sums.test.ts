import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/money/index.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { payableSums } from './payable-sums.ts';

function invoiceOf(change: Partial<InvoiceSummary> & Pick<InvoiceSummary, 'id'>): InvoiceSummary {
  return {
    number: change.id,
    status: 'pending',
    is_overdue: false,
    issued_on: '2026-11-01',
    due_on: '2026-11-15',
    paid_at: null,
    expires_at: null,
    subtotal: 10_00,
    tax: 0,
    total: 10_00,
    amount_paid: 0,
    amount_due: 10_00,
    currency: 'USD',
    description: 'Support',
    open_payment_id: null,
    open_payment_status: null,
    last_payment_error: null,
    ...change,
  };
}

describe('the sums of chosen invoices', () => {
  it('are what is due, for each currency apart', () => {
    const sums = payableSums([
      invoiceOf({ id: 'inv_1', amount_due: 4_00, amount_paid: 6_00 }),
      invoiceOf({ id: 'inv_2' }),
      invoiceOf({ id: 'inv_3', currency: 'JPY', amount_due: 1_500 }),
    ]);
    assert.deepEqual(sums, [
      { total: money(1_500n, 'JPY'), invoiceIds: ['inv_3'] },
      { total: money(14_00n, 'USD'), invoiceIds: ['inv_1', 'inv_2'] },
    ]);
  });

  it('leave out what is paid, void, or has money on its way', () => {
    const sums = payableSums([
      invoiceOf({ id: 'inv_1', status: 'paid', amount_due: 0 }),
      invoiceOf({ id: 'inv_2', status: 'void' }),
      invoiceOf({ id: 'inv_3', open_payment_id: 'pay_1', open_payment_status: 'pending_approval' }),
      invoiceOf({ id: 'inv_4', open_payment_id: 'pay_2', open_payment_status: 'awaiting_transfer' }),
    ]);
    assert.deepEqual(sums, [{ total: money(10_00n, 'USD'), invoiceIds: ['inv_4'] }]);
  });
});
