import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/money/index.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { orderOf, totalOf } from './desk-order.ts';
import type { MethodChoice, PaymentOption } from './method-choices.ts';
import type { Purchase } from './payment-view.ts';

const option: PaymentOption = {
  id: 'pop_1',
  method: 'card',
  gateway: 'stripe',
  display_name: 'Card',
  instructions: null,
  kind: 'card',
  publishable_key: 'pk_test',
  limits: [],
  sort_order: 1,
};
const card: MethodChoice = { key: 'pop_1', option, saved: null };
const paypal: MethodChoice = { key: 'pop_2', option: { ...option, method: 'paypal', kind: 'paypal' }, saved: null };

function invoiceOf(change: Partial<InvoiceSummary> = {}): InvoiceSummary {
  return {
    id: 'inv_1',
    number: 'INV-2026-11-00001',
    status: 'pending',
    is_overdue: false,
    issued_on: '2026-11-01',
    due_on: '2026-11-15',
    paid_at: null,
    expires_at: null,
    subtotal: 29_00,
    tax: 0,
    total: 29_00,
    amount_paid: 0,
    amount_due: 29_00,
    currency: 'USD',
    description: 'Pro',
    open_payment_id: null,
    open_payment_status: null,
    last_payment_error: null,
    ...change,
  };
}

function openPayment(change: Partial<Purchase['payment']> = {}): Purchase {
  const invoice = invoiceOf({ open_payment_id: 'pay_1', open_payment_status: 'requires_payment_method' });
  return {
    invoice,
    invoices: [invoice],
    payment: {
      id: 'pay_1',
      status: 'requires_payment_method',
      method: 'card',
      gateway: 'stripe',
      amount: 29_00,
      currency: 'USD',
      method_details: null,
      last_payment_error: null,
      created_at: '2026-11-20T09:00:00Z',
      succeeded_at: null,
      amount_received: 0,
      amount_refunded: 0,
      saves_method: false,
      transfer: null,
      ...change,
    },
    next: { type: 'confirm_card', client_secret: 'secret', publishable_key: 'pk_test' },
    credits: 2_000,
    credits_available: 0,
  };
}

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  };
}

const given = { accountId: 'acc_1', open: null, subject: 'invoices', invoices: [invoiceOf()], offer: null } as const;

describe('what a click pays', () => {
  it('is the open payment, as long as it is paid as it was begun', () => {
    const open = openPayment();
    const orderBy = (choice: MethodChoice, save: boolean | null) =>
      orderOf(memoryStorage(), { ...given, subject: 'payment', open, choice, save });
    assert.deepEqual(orderBy(card, false), { kind: 'open', paymentId: 'pay_1' });
    assert.deepEqual(orderBy(card, null), { kind: 'open', paymentId: 'pay_1' });
    const kept = orderBy(card, true);
    assert.ok(kept.kind === 'invoices');
    assert.deepEqual(kept.body, { payment_method: 'card', save_method: true });
    const other = orderBy(paypal, null);
    assert.ok(other.kind === 'invoices');
    assert.deepEqual([other.invoiceIds, other.body], [['inv_1'], { payment_method: 'paypal' }]);
  });

  it('is the same intent when it is clicked again, and another one after a refusal or another payment', () => {
    const storage = memoryStorage();
    const keyOf = (open: Purchase | null, invoices: readonly InvoiceSummary[] = given.invoices) => {
      const order = orderOf(storage, { ...given, open, invoices, choice: paypal, save: null });
      assert.ok(order.kind === 'invoices');
      return order.idempotencyKey;
    };
    const first = keyOf(null);
    assert.equal(keyOf(null), first);
    const refusal = { code: 'card_declined', message: 'Declined', at: '2026-11-20T09:01:00Z' };
    const keys = [
      first,
      keyOf(null, [invoiceOf({ open_payment_id: 'pay_2' })]),
      keyOf(null, [invoiceOf({ last_payment_error: refusal })]),
      keyOf(openPayment()),
      keyOf(openPayment({ last_payment_error: refusal })),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('what is paid in all', () => {
  it('is what is due on the invoices, in one currency', () => {
    const rest = invoiceOf({ id: 'inv_2', amount_paid: 9_00, amount_due: 20_00 });
    assert.deepEqual(totalOf(null, [invoiceOf(), rest], null), money(49_00n, 'USD'));
    assert.equal(totalOf(null, [invoiceOf(), invoiceOf({ currency: 'EUR' })], null), null);
    assert.equal(totalOf(null, [], null), null);
  });

  it('is what the payment was begun over', () => {
    assert.deepEqual(totalOf(openPayment(), [invoiceOf({ amount_due: 0 })], null), money(29_00n, 'USD'));
  });
});
